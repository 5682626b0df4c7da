/** People who want no messages: nothing is said to them unasked until they write again. */
import type { Turn } from '../turn.js';
import type { Input } from '../types.js';
import { park } from '../runs.js';

/** The person asked for it: an unfinished request is kept, and one line says how to come back. */
export function restNow(turn: Turn): void {
  park(turn);
  turn.session.stack.length = 0;
  begin(turn, 'person');
  turn.sayKey('engine.rest.begun');
}

/** Somebody who only seems to want it is asked, not twice in a row: who goes on in words of the kind means something else. False: not asked. */
export function askRest(turn: Turn): boolean {
  // A set of before has no words for it.
  if (turn.restAsked || turn.prepared.set.texts['engine.rest.ask'] === undefined) return false;
  turn.session.pending = { about: 'rest' };
  turn.sayKey('engine.rest.ask', undefined, [
    { id: '!/pending/stop', label: turn.text('engine.rest.yes') },
    { id: '!/pending/keep', label: turn.text('engine.rest.no') },
  ]);
  return true;
}

/** The channel refused for good. What came before the person's last message says nothing about now. */
export function unreachable(turn: Turn, { at }: Extract<Input, { event: 'unreachable' }>): void {
  const { rest, since } = turn.session;
  if (rest || (since !== undefined && since > at)) return;
  begin(turn, 'channel');
}

/** Whoever writes is back; they hear it once, before anything else. */
export function comeBack(turn: Turn): boolean {
  if (!turn.session.rest) return false;
  delete turn.session.rest;
  return true;
}

/** Said after the turn is read: not to somebody who ends it again in the same breath. */
export function welcomeBack(turn: Turn): void {
  if (turn.session.rest) return;
  turn.sayKey('engine.rest.over');
  const line = turn.effects.pop();
  if (line) turn.effects.unshift(line);
}

/** What a timer would say is kept to ourselves meanwhile. */
export function keepQuiet(turn: Turn): void {
  if (!turn.session.rest) return;
  const heard = turn.effects.filter(({ kind }) => kind !== 'say');
  turn.effects.splice(0, turn.effects.length, ...heard);
}

function begin(turn: Turn, by: 'person' | 'channel'): void {
  turn.session.rest = { since: turn.context.now, by };
  turn.effects.push({ kind: 'opted_out', by });
}
