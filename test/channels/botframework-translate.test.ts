// Whatever a channel of Azure Bot Service may post: the translation of the Bot Framework channel never throws, and breaks no promise to the house.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateIn, type Translated } from '../../channels/botframework/translate-in.js';
import { translateOut } from '../../channels/botframework/translate-out.js';
import { channelIds, rowOf } from '../../channels/botframework/azure-channels.js';
import { readable } from '../../channels/common/readable.js';
import { checkIncoming } from '../../src/conversation/accept.js';
import type { Json } from '../../src/engine/types.js';
import { activity, type Wire } from '../providers/botframework-activities.js';
import { buttonsIn } from '../providers/botframework-checks.js';
import { APP_ID } from '../providers/openid.js';

const words = { begin: () => 'بدء' };
const translated = (value: unknown): Translated =>
  readable(() => translateIn(value as Json, 'digest', APP_ID, words), { kind: 'broken', why: 'shape' });

const types = [
  'message',
  'messageUpdate',
  'messageDelete',
  'conversationUpdate',
  'invoke',
  'event',
  'toString',
  'constructor',
];
const whole = activity('msteams', 'https://smba.trafficmanager.net/emea/', '29:1fatima', {
  type: 'message',
  text: 'سلام',
});
/** A good activity of which some parts are replaced by anything. */
const anything = fc
  .tuple(
    fc.constantFrom(...types),
    fc.dictionary(
      fc.constantFrom(...Object.keys(whole), 'value', 'attachments', 'entities', 'membersAdded'),
      fc.oneof(fc.jsonValue(), fc.constant({ length: { toString: 7 } })),
    ),
  )
  .map(([type, parts]): Wire => ({ ...whole, type, ...parts }));

describe('an activity', () => {
  it('of any shape is a message that the house takes, or is put into one of the other kinds', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anything, (value) => {
        const found = translated(value);
        seen.add(found.kind);
        if (found.kind === 'message') checkIncoming(found.incoming);
        if (found.kind === 'message' || found.kind === 'group')
          expect(JSON.stringify(found)).not.toContain('undefined');
      }),
      { numRuns: 3_000, seed: 7 },
    );
    expect([...seen].sort()).toEqual(['broken', 'invoke', 'message', 'silent']);
  });

  it.each(['toString', 'constructor', '__proto__', 'seatTaken'])('of the kind %s moves nothing', (type) => {
    expect(translated({ ...whole, type })).toEqual({ kind: 'silent', why: type });
  });
});

describe('what we say', () => {
  it('comes whole on every channel: every word, every option, in order', () => {
    const option = fc.record({ id: fc.uuid(), label: fc.string({ minLength: 1, maxLength: 80 }) });
    const said = fc.record({
      channel: fc.constantFrom(...channelIds, 'nobody-knows'),
      text: fc.string({ maxLength: 9_000 }),
      options: fc.uniqueArray(option, { maxLength: 30, selector: ({ id }) => id }),
    });
    const bare = (text: string) => text.replace(/\s+/g, '');
    fc.assert(
      fc.property(said, ({ channel, text, options }) => {
        const row = rowOf(channel);
        const parts = translateOut({ text, options }, row).flatMap((part) =>
          part.as === 'words' ? [part.activity] : [],
        );
        const shown = bare(parts.map((part) => part.text ?? '').join(''));
        expect(parts.every((part) => (part.text ?? '').length <= row.text)).toBe(true);
        expect(shown.startsWith(bare(text))).toBe(true);
        const buttons = parts.flatMap((part) => buttonsIn(part as Wire)).map(({ label }) => label);
        const listed = options.map(({ label }, n) => bare(`${n + 1}. ${label}`)).join('');
        expect(buttons.length > 0 ? buttons : shown.slice(bare(text).length)).toEqual(
          buttons.length > 0 ? options.map(({ label }) => label) : listed,
        );
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
