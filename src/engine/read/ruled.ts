/** What exact rules know a message to be, before it counts as a question or as a wrong answer. The shell says which rule it is. */
import type { Turn } from '../turn.js';
import type { Found } from '../types.js';
import { startFlow } from '../runs.js';
import { take } from './answer.js';
import { comeBack } from './question.js';
import { readText } from './person.js';
import { askRest, restNow } from './rest.js';
import { obey } from './words.js';

/** True when a rule dealt with the message. */
export function heedRule(turn: Turn): boolean {
  if (turn.context.attended) return false;
  return turn.endangered ? heedBeside(turn, given(turn)) : heed(turn, given(turn));
}

function heed(turn: Turn, rule: Found | undefined): boolean {
  switch (rule?.outcome) {
    case 'person':
      obey(turn, 'person');
      return true;
    case 'opt-out':
      // Exact words about our messages: no request is meant, and what was begun is kept.
      restNow(turn);
      return true;
    case 'perhaps-opt-out':
      return askRest(turn);
    case 'case-number':
      return follow(turn, rule);
    case 'fraud':
      turn.effects.push({ kind: 'fraud' });
      return answer(turn, 'engine.rule.fraud');
    case 'medical-advice':
      return answer(turn, 'engine.rule.medical_advice');
    case 'insult':
      return answer(turn, 'engine.rule.insult');
    default:
      return false;
  }
}

/**
 * After the safety text a warning and an answer are given all the same where exact words ask for them: danger may have been heard wrongly,
 * and must not cost a word. Nobody in danger is let go of by an opt-out: staff who are called could not write back. So it is asked about.
 */
function heedBeside(turn: Turn, rule: Found | undefined): boolean {
  if (rule?.values?.['sure'] !== 'yes') return false;
  return rule.outcome === 'opt-out' ? askRest(turn) : BESIDE_DANGER.has(rule.outcome) && heed(turn, rule);
}

/** Whoever insults, or wants a human, has the human who is called. */
const BESIDE_DANGER: ReadonlySet<string> = new Set(['fraud', 'medical-advice']);

/** Nothing was said that an article could answer. */
export function isNoise(turn: Turn): boolean {
  return !turn.endangered && !turn.context.attended && given(turn)?.outcome === 'noise';
}

/** What staff type for a person is an answer: nobody looks here for it. */
function given(turn: Turn): Found | undefined {
  return turn.context.given?.['rule'];
}

/** In danger no menu and no question follows: the safety text is what is to be read. */
function answer(turn: Turn, key: string): boolean {
  turn.sayKey(key);
  if (!turn.endangered) comeBack(turn);
  return true;
}

/** Opens the flow for the number that was named, and gives it the number where it asks for one. */
function follow(turn: Turn, { values }: Found): boolean {
  const flow = values?.['flow'] ?? '';
  const number = values?.['number'] ?? '';
  if (!turn.prepared.flows.has(flow) || turn.session.stack.some((frame) => frame.flow === flow)) return false;
  startFlow(turn, flow);
  if (turn.need) return true;
  const choice = values?.['choice'] ?? '';
  const asked = turn.waiting;
  if (asked?.kind === 'ask' && asked.choices?.some(({ id }) => id === choice)) {
    unsay(turn);
    take(turn, asked, choice);
  }
  const step = turn.waiting;
  if (step?.kind === 'ask' && step.answer === 'case_number') {
    unsay(turn);
    readText(turn, step, { text: number, plain: number, files: [] });
  }
  return true;
}

/** Takes a question back whose answer is known already. */
function unsay(turn: Turn): void {
  if (turn.effects.at(-1)?.kind === 'say') turn.effects.pop();
}
