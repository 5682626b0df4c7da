/** What the variables in texts stand for. */
import { asText } from './as-text.js';
import { showOpening } from './opening.js';
import { inLanguage } from './prepare.js';
import { show } from './show.js';
import { dammValid, groupCaseNumber } from './text/damm.js';
import type { Filter, Get } from './text/template.js';
import type { Turn } from './turn.js';

/** The value under a path: an answer, `charity.<fact>`, `<look-up>.<value>` or `number`; an answer that must be masked is masked by its own type. */
export function variable(turn: Turn, path: string, filters: readonly Filter[]): ReturnType<Get> {
  if (path === 'number') return numberShown(turn);
  const dot = path.indexOf('.');
  if (dot > 0) return dotted(turn, path.slice(0, dot), path.slice(dot + 1));
  const answer = turn.answer(path);
  if (answer === undefined) return undefined;
  const question = turn.question(path);
  if (!question) return asText(answer);
  const masked = filters.includes('mask');
  const shown = show(turn, question, answer, masked);
  return masked ? { shown } : shown;
}

function dotted(turn: Turn, head: string, tail: string): string | undefined {
  return head === 'charity' ? charityFact(turn, tail) : turn.found(head)?.values?.[tail];
}

function charityFact(turn: Turn, name: string): string | undefined {
  const { charity } = turn.prepared.set;
  if (name === 'opens')
    return showOpening(charity, turn.context.now, turn.language, (key, values) => turn.text(key, values));
  const text = name === 'name' ? charity.name : Object.hasOwn(charity.facts, name) ? charity.facts[name] : undefined;
  return text && inLanguage(turn.prepared.set, text, turn.language);
}

function numberShown({ number }: Turn): string | undefined {
  return number !== undefined && dammValid(number) ? groupCaseNumber(number) : number;
}
