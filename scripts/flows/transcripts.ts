/** Finds the transcripts on disk and plays them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mark } from '../chats/marks.js';
import { playIn } from '../chats/play.js';
import { charityOf, type House } from '../chats/room.js';

/** Below the root. */
export const transcriptFolder = join('test', 'conversations');
/** Those that `--cover` writes. */
export const generatedFolder = join(transcriptFolder, 'generated');

/** The transcripts of a folder by path, in order; those below it are left out. */
export function transcriptsIn(root: string, folder: string): { path: string; text: string }[] {
  const full = join(root, folder);
  const names = existsSync(full) ? readdirSync(full).filter((name) => name.endsWith('.chat')) : [];
  return names.sort().map((name) => ({ path: join(folder, name), text: readFileSync(join(full, name), 'utf8') }));
}

/** What transcripts show of one charity. Throws for one that cannot be played to its end. */
export function shownBy(transcripts: readonly { path: string; text: string }[], house: House): Mark[] {
  return transcripts
    .filter(({ text }) => charityOf(text) === house.set.charity.id)
    .flatMap(({ path, text }) => {
      try {
        return [...playIn(house, text).marks];
      } catch (error) {
        throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    });
}
