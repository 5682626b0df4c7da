/** How fast a person may write before the bot answers them together instead of one by one. */
import { handOff } from '../handoff.js';
import type { Turn } from '../turn.js';

const minute = 60_000;

/** True when this message is to be kept without an answer of its own. */
export function overPace(turn: Turn, said: string): boolean {
  const bound = turn.context.pace;
  if (!bound) return false;
  const { now } = turn.context;
  const before = turn.session.pace;
  const pace = !before || now - before.from >= minute || now < before.from ? { from: now, n: 0 } : { ...before };
  pace.n += 1;
  const print = said === '' ? '' : fingerprint(`${turn.frame?.step ?? ''}/${said}`);
  pace.same = pace.last === print && print !== '' ? (pace.same ?? 1) + 1 : 1;
  pace.last = print;
  turn.session.pace = pace;
  if (pace.same > bound.same && !turn.session.hold) {
    turn.sayKey('engine.repeating');
    handOff(turn, 'repeating');
    return true;
  }
  if (pace.n <= bound.perMinute) return false;
  if (!pace.told) turn.sayKey('engine.pace');
  pace.told = true;
  return true;
}

/** Enough to know an equal message again; not the message. */
function fingerprint(said: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < said.length; index++) hash = Math.imul(hash ^ said.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
