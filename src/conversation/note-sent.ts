// Writes down that a provider has a message, however long the store is away: whoever claimed it anew would send it once more.
import { setTimeout } from 'node:timers/promises';
import { StoreError } from '../store/contract.js';
import type { House } from './house.js';
import { codeOf } from './log.js';

/** Milliseconds between tries. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2_000;

/** Rejects with what is no failure of the store, and with the store's when `stopping` says that this process ends. */
export async function noteSent(
  { log }: Pick<House, 'log'>,
  message: string,
  write: () => Promise<unknown>,
  stopping: () => boolean,
): Promise<void> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    try {
      await write();
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || stopping()) throw error;
      log('send.not_noted', { message, reason: codeOf(error) });
      await setTimeout(pause);
    }
  }
}
