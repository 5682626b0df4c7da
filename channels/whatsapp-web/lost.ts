// What the end of a session means: whether the phone must be paired again, whether staff must hear of it, and how soon to try again.
import { caps } from './limits.js';
import type { LostWord } from './wire.js';

/** Beside the library's words: `lease`: another process has it; `stopped`: we end; `idle`: nobody scanned the code, and no new one came. */
export type Ending = LostWord | 'lease' | 'stopped' | 'idle';

const unpaired: ReadonlySet<Ending> = new Set<Ending>(['LOGOUT', 'UNPAIRED', 'UNPAIRED_IDLE', 'AUTH_FAILURE']);
const banned: ReadonlySet<Ending> = new Set<Ending>(['TOS_BLOCK', 'SMB_TOS_BLOCK']);

/** Openings of a browser that failed in a row before staff are told: a single one that dies is opened again unseen. */
const UNSEEN = 3;

/** What was kept of the session is worth nothing any more. */
export function isUnpaired(why: Ending): boolean {
  return unpaired.has(why);
}

/** `failures`: openings in a row that ended like this one and did not stay, this one included; 0: it stayed. */
export function tellsStaff(why: Ending, failures: number): boolean {
  if (why === 'BROKEN' || why === 'UNLAUNCHED') return failures === UNSEEN;
  return why !== 'idle' && why !== 'lease' && why !== 'stopped';
}

/** Milliseconds until it is opened again. */
export function waitOf(why: Ending, failures: number): number {
  if (banned.has(why)) return caps.bannedWait;
  if (why === 'idle') return failures > caps.idleRounds ? caps.longestWait : caps.firstWait;
  return Math.min(caps.longestWait, caps.firstWait * 2 ** Math.max(0, failures - 1));
}
