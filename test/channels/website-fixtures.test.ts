// The translation tables of channels/website/, both ways.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readActivity, translateIn, translateOut } from '../../channels/website/activity.js';
import type { Incoming, ShownMessage } from '../../channels/channel.js';

const folder = join(resolve(import.meta.dirname, '../..'), 'channels/website/fixtures');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const incoming = read('in.json') as { name: string; raw: unknown; incoming: Incoming[] }[];
const outgoing = read('out.json') as { name: string; message: ShownMessage; activity: object }[];

describe('translation', () => {
  it.each(incoming)('in: $name', ({ raw, incoming: wanted }) => {
    const translated = translateIn(readActivity(raw)!, 'conversation-1', 'fallback');
    expect(translated.kind === 'message' ? [translated.incoming] : []).toEqual(wanted);
  });

  it.each(outgoing)('out: $name', ({ message, activity }) => {
    expect(translateOut(message, 'conversation-1', (id) => `/files/${id}`)).toEqual(activity);
  });
});
