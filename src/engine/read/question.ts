/** Free questions: answered from the articles in the middle of anything, and back to the waiting question. */
import { ask, askShort } from '../ask.js';
import type { Turn } from '../turn.js';
import type { Found } from '../types.js';

/** How a free question went: `answered` covers "did you mean"; `pending` waits for the look-up. */
export type QuestionResult = 'answered' | 'no' | 'pending';

/** Looks the text up; `sure` allows a direct answer only. */
export function tryQuestion(turn: Turn, text: string, sure: boolean): QuestionResult {
  if (!turn.prepared.set.inquiries || !worthLookingUp(text)) return 'no';
  const found = turn.lookUp('articles', { question: text });
  if (!found) return 'pending';
  if (found.outcome === 'answered') {
    tell(turn, found);
    return 'answered';
  }
  if (found.outcome === 'none' && /[?؟]/.test(text)) turn.effects.push({ kind: 'unanswered', question: text });
  if (found.outcome !== 'unsure' || sure || !found.choices?.length) return 'no';
  offer(turn, found.choices);
  return 'answered';
}

/** Answers with the article that was picked from "did you mean". */
export function answerArticle(turn: Turn, article: string): void {
  const found = turn.lookUp('articles', { article });
  if (found) say(turn, found.values?.answer ?? turn.text('engine.stale'));
}

/** The answer; at the menu with the flow that does what was asked for, so that nobody has to look for it. */
function tell(turn: Turn, { values }: Found): void {
  const flow =
    turn.frame?.flow === turn.prepared.set.start ? turn.prepared.flows.get(values?.flow ?? '')?.flow : undefined;
  if (!flow) return say(turn, values?.answer ?? '');
  turn.say(values?.answer ?? '');
  const offered = [
    { id: `${FLOW}${flow.id}`, label: turn.render(flow.title) },
    { id: 'menu', label: turn.text('engine.question.menu') },
  ];
  put(turn, 'engine.question.begin', offered);
}

/** Before the id of a flow among what is offered. */
export const FLOW = 'flow/';

function put(turn: Turn, key: string, offered: { id: string; label: string }[]): void {
  turn.session.pending = { about: 'articles', offered };
  const options = offered.map(({ id, label }) => ({ id: `!/pending/${id}`, label }));
  turn.sayKey(key, undefined, options);
}

function say(turn: Turn, answer: string): void {
  turn.say(answer);
  comeBack(turn);
}

/** Back to the waiting question; at the menu it is simply shown. */
export function comeBack(turn: Turn): void {
  const step = turn.waiting;
  if (!step) return turn.sayKey('engine.menu.hint');
  if (turn.frame?.flow === turn.prepared.set.start) ask(turn, step);
  else askShort(turn, step, turn.text('engine.question.back'));
}

/** The three nearest articles, the way out, and a person. */
function offer(turn: Turn, choices: readonly { id: string; label: string }[]): void {
  const offered = [
    ...choices.slice(0, 3).map(({ id, label }) => ({ id, label })),
    { id: 'other', label: turn.text('engine.question.other') },
    { id: 'person', label: turn.text('engine.question.person') },
  ];
  put(turn, 'engine.question.unsure', offered);
}

/** None of the offered articles: said honestly, and back. */
export function noneOfThese(turn: Turn): void {
  turn.sayKey('engine.question.none');
  comeBack(turn);
}

/** One word of a few letters is an answer gone wrong rather than a question. */
function worthLookingUp(text: string): boolean {
  return text.length >= 4 && (/[?؟]/.test(text) || text.includes(' ') || text.length >= 8);
}
