/** Every `.chat` is a conversation that must read exactly like this; `UPDATE_CHATS=1` writes them anew, and the diff is the review. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mark } from '../../scripts/chats/marks.js';
import { charityOf } from '../../scripts/chats/room.js';
import { coverageOf, markKey, missingIn } from '../../scripts/flows/coverage.js';
import { generatedFolder, transcriptFolder, transcriptsIn } from '../../scripts/flows/transcripts.js';
import { chatDiff } from '../support/chat-diff.js';
import { play, type Played } from '../support/chat.js';
import { houseOf } from '../support/houses.js';

const root = resolve(import.meta.dirname, '../..');
const chats = [...transcriptsIn(root, transcriptFolder), ...transcriptsIn(root, generatedFolder)];
const update = process.env.UPDATE_CHATS === '1';
const played = new Map<string, Played>();
const charities = ['safe-treatment', 'qutoof'];

describe('conversations', () => {
  it.each(chats)('$path', (chat) => {
    const { path, text } = chat;
    const now = playOnce(chat);
    if (update) writeFileSync(join(root, path), now.text);
    else if (now.text !== text) expect.fail(`${path} reads otherwise now:\n\n${chatDiff(text, now.text)}`);
  });

  it('have one for every flow, charity and language', () => {
    const missing = charities.flatMap((charity) =>
      ['ar', 'en'].flatMap((language) => {
        const asking = Object.values(houseOf(charity).set.flows).filter((flow) =>
          flow.steps.some((step) => 'ask' in step),
        );
        const own = all().filter(({ text }) => charityOf(text) === charity);
        const met = new Set(
          own.flatMap(({ results }) =>
            results.flatMap(({ read, session }) => (session.language === language ? (read.flow ?? []) : [])),
          ),
        );
        return asking.filter((flow) => !met.has(flow.id)).map((flow) => `${charity} ${language} ${flow.id}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  it.each(charities)('walk every edge, reach every end and take every liberty of %s', (charity) => {
    const marks = all()
      .filter(({ text }) => charityOf(text) === charity)
      .flatMap((one): readonly Mark[] => one.marks);
    const missing = coverageOf(houseOf(charity).set, marks).flatMap((cover) => missingIn(cover).map(markKey));
    expect(missing, 'npm run flows -- --cover writes what is missing').toEqual([]);
  });
});

/** All of them, each played once. */
function all(): Played[] {
  return chats.map(playOnce);
}

function playOnce({ path, text }: (typeof chats)[number]): Played {
  const now = played.get(path) ?? play(text);
  played.set(path, now);
  return now;
}
