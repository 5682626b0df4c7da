/** How fast a person may write before the bot answers them together instead of one by one. */
import { handOff } from '../handoff.js';
import type { Turn } from '../turn.js';
import type { ReadAs, Session } from '../types.js';

const minute = 60_000;

/** True when this message is to be kept without an answer of its own. Valid answers are hardly bounded: a quick person is no flood. */
export function overPace(turn: Turn, said: string): boolean {
  const bound = turn.context.pace;
  if (!bound) return false;
  const pace = running(turn);
  turn.session.pace = pace;
  pace.all += 1;
  const print = said === '' ? '' : fingerprint(`${turn.frame?.step ?? ''}/${said}`);
  pace.same = pace.last === print && print !== '' ? (pace.same ?? 1) + 1 : 1;
  pace.last = print;
  if (pace.same > bound.same && !turn.session.hold) {
    turn.sayKey('engine.repeating');
    handOff(turn, 'repeating', true);
    return true;
  }
  if (pace.idle < bound.perMinute && pace.all <= 3 * bound.perMinute) return false;
  if (!pace.told) turn.sayKey('engine.pace');
  pace.told = true;
  return true;
}

/** Counts a message that was no answer, after it was read. */
export function countPace(turn: Turn): void {
  const { pace } = turn.session;
  if (pace && !productive.has(turn.read.as)) turn.session.pace = { ...pace, idle: pace.idle + 1 };
}

const productive: ReadonlySet<ReadAs> = new Set<ReadAs>(['button', 'choice', 'answer', 'correction']);

function running(turn: Turn): NonNullable<Session['pace']> {
  const { now } = turn.context;
  const before = turn.session.pace;
  return !before || now - before.from >= minute || now < before.from ? { from: now, all: 0, idle: 0 } : { ...before };
}

/** Enough to know an equal message again; not the message. */
function fingerprint(said: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < said.length; index++) hash = Math.imul(hash ^ said.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
