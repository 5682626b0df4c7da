/** Every `.chat` is a conversation that must read exactly like this; `UPDATE_CHATS=1` writes them anew, and the diff is the review. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pack } from '../support/pack.js';
import { play, readChat } from '../support/chat.js';

const folder = import.meta.dirname;
const chats = readdirSync(folder).filter((name) => name.endsWith('.chat'));
const update = process.env.UPDATE_CHATS === '1';

describe('conversations', () => {
  it.each(chats)('%s', (name) => {
    const written = readChat(join(folder, name));
    const { text } = play(written);
    if (update) writeFileSync(join(folder, name), text);
    else expect(text).toBe(written);
  });

  it('has one for every flow, charity and language', () => {
    const missing: string[] = [];
    for (const charity of ['safe-treatment', 'qutoof']) {
      for (const language of ['ar', 'en']) {
        const visited = new Set(
          chats
            .map((name) => readChat(join(folder, name)))
            .filter((chat) => chat.includes(`# charity: ${charity}`) && chat.includes(`# language: ${language}`))
            .flatMap((chat) => [...play(chat).visited].map((place) => place.split('/')[0] ?? '')),
        );
        const asking = Object.values(pack(charity).set.flows).filter((flow) =>
          flow.steps.some((step) => 'ask' in step),
        );
        for (const flow of asking) if (!visited.has(flow.id)) missing.push(`${charity} ${language} ${flow.id}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
