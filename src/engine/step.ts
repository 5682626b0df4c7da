/** The engine: a pure function from a session and an input to the next session and what is to be done. */
import type { Prepared } from './prepare.js';
import { readCase, readStaff, readSystem } from './read/staff.js';
import { countPace } from './read/pace.js';
import { isSilent, readPerson, readSilent } from './read/person.js';
import { readTimer } from './read/timer.js';
import { comeBack, keepQuiet, welcomeBack } from './read/rest.js';
import { dueOf } from './due.js';
import { readCarried } from './carried.js';
import { Turn } from './turn.js';
import type { Input, Session, StepContext, StepResult } from './types.js';

/**
 * One turn. `session` is null for an unknown person; it is never changed, a new one is returned. When the result has a `need`, nothing
 * else in it counts: look it up, put the answer under its key into `context.given`, and call again with the same session.
 * Throws only for a broken flow set (a loop without a question, a missing step): the caller's failure, not the person's.
 */
export function step(prepared: Prepared, session: Session | null, input: Input, context: StepContext): StepResult {
  const before = session ?? newSession(prepared);
  const turn = new Turn(prepared, before, context);
  if (turn.session.stack.length === 0) turn.session.set = prepared.set.hash;
  const silent = input.kind === 'message' && isSilent(input);
  const back = input.kind === 'message' && !silent && comeBack(turn);
  if (silent) readSilent(turn, input);
  else if (turn.session.carried) readCarried(turn, input, read);
  else read(turn, input);
  if (turn.need) return { session: before, effects: [], due: null, need: turn.need, read: turn.read };
  if (input.kind === 'message' && !silent) {
    countPace(turn);
    turn.session.met = true;
    turn.session.since = context.now;
  }
  if (back) welcomeBack(turn);
  if (input.kind === 'timer') keepQuiet(turn);
  return { session: turn.session, effects: turn.effects, due: dueOf(turn), read: turn.read };
}

/** The session of somebody who has not written yet. */
export function newSession(prepared: Prepared, language?: string): Session {
  return { v: 1, set: prepared.set.hash, language: language ?? prepared.set.languages[0] ?? 'ar', stack: [] };
}

function read(turn: Turn, input: Input): void {
  switch (input.kind) {
    case 'message':
      return readPerson(turn, input);
    case 'staff':
      return readStaff(turn, input);
    case 'timer':
      return readTimer(turn, input.due);
    case 'case':
      return readCase(turn, input);
    case 'system':
      return readSystem(turn, input);
  }
}
