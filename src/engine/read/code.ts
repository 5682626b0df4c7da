/** A one-time code that was typed where nobody asked for it: at the menu, between runs, or after one that was wrong. */
import { answerTypes } from '../answers/index.js';
import type { Prepared } from '../prepare.js';
import { startFlow } from '../runs.js';
import type { Turn } from '../turn.js';
import type { AnswerInput } from '../types.js';
import { readText } from './person.js';

/** Digits in any grouping, and at most a word that says what they are. */
const ALONE = /^(?:[\p{L}]+[:\s]+){0,2}[\p{Nd}\s.\-\u200e\u200f\u2066-\u2069]+$/u;

/** Whether such a code is taken in this flow, or where there is none. */
export function isCodeUnasked({ set, flows }: Prepared, here: string | undefined, text: string): boolean {
  const flow = set.doors.code;
  if (flow === undefined || !flows.has(flow) || !ALONE.test(text)) return false;
  if (here !== undefined && here !== set.start && here !== flow) return false;
  const reading = answerTypes.get('code')?.read({ text, plain: '', files: [] }, {}, 0);
  return reading !== undefined && 'value' in reading;
}

/** True when the message was such a code, and its flow has it now. */
export function tryCode(turn: Turn, text: string, plain: string): boolean {
  const flow = turn.prepared.set.doors.code;
  if (flow === undefined || !isCodeUnasked(turn.prepared, turn.frame?.flow, text)) return false;
  const answer: AnswerInput = { text, plain, files: [] };
  const said = turn.effects.length;
  startFlow(turn, flow);
  // Its question is answered already.
  turn.effects.length = said;
  const step = turn.waiting;
  if (step) readText(turn, step, answer);
  return true;
}
