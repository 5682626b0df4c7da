/** Free questions: answered from the articles in the middle of anything, and back to the waiting question. */
import { ask, askShort } from '../ask.js';
import type { Turn } from '../turn.js';
import { files, hasAnswers, startFlow } from '../runs.js';
import type { Flow, Found } from '../types.js';
import { askHelpful } from './unhelpful.js';
import { UNANSWERED, wrong } from './wrong.js';

/** How a free question went: `answered` covers "did you mean"; `pending` waits for the look-up. */
export type QuestionResult = 'answered' | 'no' | 'pending';

/** Looks the text up; `sure` allows a direct answer only. */
export function tryQuestion(turn: Turn, text: string, sure: boolean): QuestionResult {
  if (!turn.prepared.set.inquiries) return 'no';
  if (!worthLookingUp(text)) return tryWord(turn, text);
  const found = turn.lookUp('articles', { question: text });
  if (!found) return 'pending';
  if (found.outcome === 'answered') {
    tell(turn, found);
    return 'answered';
  }
  if (found.outcome === 'none' && /[?؟]/.test(text)) turn.effects.push({ kind: 'unanswered', question: text });
  // Whoever is in danger is not asked to guess with us.
  if (found.outcome !== 'unsure' || sure || turn.endangered || !found.choices?.length) return 'no';
  offer(turn, found.choices);
  return 'answered';
}

/** "وينكم" at the menu, where nothing is asked that it could answer: said only when it is sure, and nothing begins by a single word. */
function tryWord(turn: Turn, text: string): QuestionResult {
  if (turn.frame?.flow !== turn.prepared.set.start || !LONE_WORD.test(text)) return 'no';
  const found = turn.lookUp('articles', { question: text });
  if (!found) return 'pending';
  const { deed: _begun, ...values } = found.values ?? {};
  if (found.outcome !== 'answered' || values.courtesy !== undefined) return 'no';
  tell(turn, { ...found, values });
  return 'answered';
}

const LONE_WORD = /^[\p{L}\p{M}]{4,}[!.،,…]*$/u;

/** "I need help with the rent" names help, but where rent is not helped with no request for it is begun. */
export function tryPlea(turn: Turn, text: string): QuestionResult {
  if (!turn.prepared.set.inquiries || !worthLookingUp(text)) return 'no';
  const found = turn.lookUp('articles', { question: text });
  if (!found) return 'pending';
  if (found.values?.withheld === undefined) return 'no';
  tell(turn, found);
  return 'answered';
}

/** Answers with the article that was picked from "did you mean". */
export function answerArticle(turn: Turn, article: string): void {
  const found = turn.lookUp('articles', { article });
  if (found) say(turn, found.values?.answer ?? turn.text('engine.stale'));
}

/**
 * The answer, with the flow that does what was asked for, so that nobody has to look for it: a deed begins at once where nothing is left
 * for it; elsewhere, and where it is only near, it is offered.
 */
function tell(turn: Turn, { values }: Found): void {
  const atMenu = turn.frame?.flow === turn.prepared.set.start;
  if (atMenu && values?.courtesy === undefined) delete turn.frame.tries;
  const flow = atMenu || values?.deed !== undefined ? flowOf(turn, values) : undefined;
  if (values?.courtesy !== undefined) return sayBack(turn, values.answer ?? '');
  if (values?.withheld !== undefined && !flow) return decline(turn, values.answer ?? '');
  if (!flow) return say(turn, values?.answer ?? '');
  turn.session.answered = 'beside';
  if (values?.deed !== undefined && mayBegin(turn)) return begin(turn, flow, values);
  turn.say(values?.answer ?? '');
  offerFlow(turn, flow, atMenu);
}

/** What a flow that asks for questions was told to do: begun, or offered at the menu where work stands. False: it is no deed. */
export function fulfil(turn: Turn, { values }: Found): boolean {
  const flow = values?.deed === undefined ? undefined : flowOf(turn, values);
  if (!flow) return false;
  if (mayBegin(turn)) begin(turn, flow, values);
  else {
    turn.say(values?.answer ?? '');
    startFlow(turn, turn.prepared.set.start);
    // The offer stands in the place of the menu's question.
    if (turn.effects.at(-1)?.kind === 'say') turn.effects.pop();
    offerFlow(turn, flow, true);
  }
  return true;
}

/** A flow that speaks first or shows what is asked for needs no article to tell how it is reached: the person is in it. */
function begin(turn: Turn, flow: Flow, values: Found['values']): void {
  const [first] = flow.steps;
  if (first?.kind !== 'say' && first?.kind !== 'look_up') turn.say(values?.answer ?? '');
  startFlow(turn, flow.id);
  turn.session.answered = 'begun';
}

/** The flow that does it, unless the person is in it. */
function flowOf(turn: Turn, values: Found['values']): Flow | undefined {
  const flow = turn.prepared.flows.get(values?.flow ?? '')?.flow;
  return turn.session.stack.some((frame) => frame.flow === flow?.id) ? undefined : flow;
}

/** Nothing is left for it, and nobody is met with a form who cries for help: to them it is offered. */
function mayBegin(turn: Turn): boolean {
  return !turn.endangered && !leavesWork(turn);
}

/** A draft stands, or what was answered here would be left for it. */
function leavesWork({ session, prepared }: Turn): boolean {
  if (session.parked !== undefined && session.parked.length > 0) return true;
  const flow = prepared.flows.get(session.stack[0]?.flow ?? '')?.flow;
  return flow !== undefined && files(flow) && session.stack.some(hasAnswers);
}

function offerFlow(turn: Turn, flow: Flow, atMenu: boolean): void {
  const offered = [
    { id: `${FLOW}${flow.id}`, label: turn.render(flow.title) },
    { id: 'menu', label: turn.text(atMenu ? 'engine.question.menu' : 'engine.question.stay') },
  ];
  put(turn, atMenu ? 'engine.question.begin' : 'engine.question.leave', offered);
}

/** Before the id of a flow among what is offered. */
export const FLOW = 'flow/';

function put(turn: Turn, key: string, offered: { id: string; label: string }[]): void {
  turn.session.pending = { about: 'articles', offered };
  const options = offered.map(({ id, label }) => ({ id: `!/pending/${id}`, label }));
  turn.sayKey(key, undefined, options);
}

/** At the menu the person is asked whether it helped; what is under way elsewhere is not disturbed. */
function say(turn: Turn, answer: string): void {
  turn.session.answered = 'beside';
  const idle = turn.frame?.flow === turn.prepared.set.start && !turn.endangered && turn.context.attended !== true;
  if (!idle) return sayBack(turn, answer);
  turn.say(answer);
  askHelpful(turn);
}

/** Whoever is told that something is not given is not asked whether that helped. */
function decline(turn: Turn, answer: string): void {
  turn.session.answered = 'beside';
  sayBack(turn, answer);
}

function sayBack(turn: Turn, answer: string): void {
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

/** None of the offered articles: said honestly, and back. At the menu it counts, so that doubt after doubt ends with staff. */
export function noneOfThese(turn: Turn): void {
  const { waiting } = turn;
  if (waiting && turn.frame?.flow === turn.prepared.set.start) return wrong(turn, waiting, { wrong: UNANSWERED });
  turn.sayKey('engine.question.none');
  comeBack(turn);
}

/** One word of a few letters is an answer gone wrong rather than a question. */
function worthLookingUp(text: string): boolean {
  return text.length >= 4 && (/[?؟]/.test(text) || text.includes(' ') || text.length >= 8);
}
