/** Free questions: answered from the articles in the middle of anything, and back to the waiting question. */
import { ask } from '../ask.js';
import type { Turn } from '../turn.js';
import type { Option } from '../types.js';
import { toMenu } from './words.js';

/** How a free question went: `answered` covers "did you mean"; `pending` waits for the look-up. */
export type QuestionResult = 'answered' | 'no' | 'pending';

/** Looks the text up; `sure` allows a direct answer only. */
export function tryQuestion(turn: Turn, text: string, sure: boolean): QuestionResult {
  if (!turn.prepared.set.inquiries || !worthLookingUp(text)) return 'no';
  const found = turn.lookUp('articles', { question: text });
  if (!found) return 'pending';
  if (found.outcome === 'answered') {
    say(turn, found.values?.answer ?? '');
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

function say(turn: Turn, answer: string): void {
  turn.say(answer);
  const step = turn.waiting;
  if (step) ask(turn, step, turn.text('engine.question.back'));
  else turn.sayKey('engine.menu.hint');
}

/** The three nearest articles, the way out, and a person. */
function offer(turn: Turn, choices: readonly { id: string; label: string }[]): void {
  const options: Option[] = choices.slice(0, 3).map(({ id, label }) => ({ id: `!/article/${id}`, label }));
  options.push({ id: '!/question/other', label: turn.text('engine.question.other') });
  options.push({ id: '!/word/person', label: turn.text('engine.question.person') });
  turn.sayKey('engine.question.unsure', undefined, options);
}

/** None of the offered articles: said honestly, a ticket for staff to answer, and back. */
export function noneOfThese(turn: Turn): void {
  turn.say(turn.text('engine.question.none'));
  const step = turn.waiting;
  if (step) ask(turn, step, turn.text('engine.question.back'));
  else toMenu(turn);
}

/** One word of a few letters is an answer gone wrong rather than a question. */
function worthLookingUp(text: string): boolean {
  return text.length >= 4 && (/[?؟]/.test(text) || text.includes(' ') || text.length >= 8);
}
