/** What exact rules know a message to be, before it counts as a question or as a wrong answer. The shell says which rule it is. */
import type { Turn } from '../turn.js';
import type { Found } from '../types.js';
import { startFlow } from '../runs.js';
import { take } from './answer.js';
import { comeBack } from './question.js';
import { readText } from './person.js';
import { askRest } from './rest.js';
import { obey } from './words.js';

/** True when a rule dealt with the message. */
export function heedRule(turn: Turn): boolean {
  const rule = ruleOf(turn);
  switch (rule?.outcome) {
    case 'person':
      obey(turn, 'person');
      return true;
    case 'opt-out':
      obey(turn, 'rest');
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

/** Nothing was said that an article could answer. */
export function isNoise(turn: Turn): boolean {
  return ruleOf(turn)?.outcome === 'noise';
}

/** In danger nothing else is heeded, and what staff type for a person is an answer. */
function ruleOf(turn: Turn): Found | undefined {
  return turn.endangered || turn.context.attended ? undefined : turn.context.given?.['rule'];
}

function answer(turn: Turn, key: string): boolean {
  turn.sayKey(key);
  comeBack(turn);
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
