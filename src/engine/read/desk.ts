/** What staff do for a person who is before them: begin a flow, take an answer up again. */
import { askAgain } from './words.js';
import { canCorrect, correct } from './correction.js';
import { startFlow } from '../runs.js';
import type { Turn } from '../turn.js';
import type { Input } from '../types.js';

type StaffInput = Extract<Input, { kind: 'staff' }>;

/** Begins a run of the flow in the person's language; what was under way is put aside as everywhere. */
export function begin(turn: Turn, { flow, language }: Extract<StaffInput, { act: 'begin' }>): void {
  const { session, prepared, context } = turn;
  if (!prepared.flows.has(flow)) return;
  if (prepared.set.languages.includes(language)) session.language = language;
  session.met = true;
  session.since = context.now;
  delete session.hold;
  delete session.pending;
  startFlow(turn, flow);
}

/** Asks an answer again that was given on the way here; the waiting question when there is none of that name. */
export function takeUp(turn: Turn, { field }: Extract<StaffInput, { act: 'correct' }>): void {
  const { session, context } = turn;
  if (session.hold || !turn.waiting) return;
  session.since = context.now;
  delete session.pending;
  if (canCorrect(turn, field)) correct(turn, field);
  else askAgain(turn);
}
