// Buttons, else a list, else numbered lines: whatever a channel carries, every option reaches the person whole.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bubbles, wayOf } from '../../channels/common/choices.js';
import { limits as telegram } from '../../channels/telegram/limits.js';
import { limits as whatsapp } from '../../channels/whatsapp/limits.js';
import type { ChannelLimits } from '../../channels/channel.js';

const option = (id: number, label: string, hint?: string) => ({
  id: `o${id}`,
  label,
  ...(hint !== undefined && { hint }),
});
const many = (count: number) => Array.from({ length: count }, (_, n) => option(n, `خيار ${n}`));
const plain: ChannelLimits = { ...telegram, buttons: null };

describe('the way of options', () => {
  it.each<[string, ReturnType<typeof many>, ChannelLimits, string]>([
    ['three on WhatsApp', many(3), whatsapp, 'buttons'],
    ['four on WhatsApp', many(4), whatsapp, 'list'],
    ['ten on WhatsApp', many(10), whatsapp, 'list'],
    ['eleven on WhatsApp', many(11), whatsapp, 'text'],
    ['three with a label of 21', [...many(2), option(3, 'ل'.repeat(21))], whatsapp, 'list'],
    ['three with a label of 25', [...many(2), option(3, 'ل'.repeat(25))], whatsapp, 'text'],
    ['five with a hint of 73', [...many(4), option(5, 'ل', 'ت'.repeat(73))], whatsapp, 'text'],
    ['two with one label', [option(1, 'نعم'), option(2, 'نعم ')], whatsapp, 'text'],
    ['an empty label', [option(1, ' ')], whatsapp, 'text'],
    ['eleven on Telegram', many(11), telegram, 'buttons'],
    ['a hundred and one on Telegram', many(101), telegram, 'text'],
    ['one where there are no buttons', many(1), plain, 'text'],
  ])('%s', (_name, options, limits, way) => {
    expect(wayOf(options, limits)).toBe(way);
  });
});

describe('numbered lines', () => {
  it('leave out what is no choice of the question: a number there may be an answer', () => {
    const given = [option(1, 'نعم'), option(2, 'لا'), { id: 'run/step/skipped', label: 'تخطي' }];
    const said = (options: typeof given) => bubbles('كم؟', options, plain).map(({ text }) => text);
    expect(said(given)).toEqual(['كم؟\n\n1. نعم\n2. لا\n• تخطي']);
    expect(said([{ id: '!/word/upload', label: 'رابط رفع آمن' }])).toEqual(['كم؟\n\n• رابط رفع آمن']);
  });
});

describe('bubbles', () => {
  const label = fc.string({ minLength: 1, maxLength: 30 }).filter((one) => one.trim() !== '');
  const options = fc.array(fc.record({ label, hint: fc.option(fc.string({ maxLength: 80 }), { nil: undefined }) }), {
    maxLength: 14,
  });
  const bare = (text: string) => text.replace(/\s+/g, '');

  it.each([whatsapp, telegram, plain])('say everything, within the limits of $channel, options last', (limits) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 9_000 }), options, (text, given) => {
        const offered = given.map((one, n) => option(n, one.label, one.hint));
        const said = bubbles(text, offered, limits);
        const { textWithOptions = limits.text } = limits as ChannelLimits;
        const all = said.flatMap((one) => [
          one.text,
          ...('options' in one ? one.options.flatMap((o) => [o.label, o.hint ?? '']) : []),
        ]);
        for (const part of [text, ...given.flatMap((one) => [one.label, one.hint ?? ''])])
          expect(bare(all.join(' '))).toContain(bare(part));
        for (const one of said)
          expect(one.text.length).toBeLessThanOrEqual(one.as === 'text' ? limits.text : textWithOptions);
        expect(said.slice(0, -1).every(({ as }) => as === 'text')).toBe(true);
      }),
    );
  });

  it('number options as the engine reads them, with their hints', () => {
    expect(bubbles('؟', [option(1, 'أ', 'ب'), option(2, 'ج')], plain)).toEqual([
      { as: 'text', text: '؟\n\n1. أ: ب\n2. ج' },
    ]);
  });

  it('put hints that have no place of their own into the words', () => {
    const offered = [option(1, 'أ', 'ب'), option(2, 'ج')];
    expect(bubbles('؟', offered, telegram)).toEqual([{ as: 'buttons', text: '؟\n\n• أ: ب', options: offered }]);
  });
});
