/** Words of danger: the safety text and a person are added, whatever else the message does. */
import type { Prepared } from '../prepare.js';
import type { Turn } from '../turn.js';
import type { DangerRule } from '../types.js';

/** Says the safety text of every kind of danger that the text names, and calls staff. */
export function heedDanger(turn: Turn, text: string): void {
  for (const rule of dangersIn(turn.prepared, text)) {
    turn.say(`${turn.render(rule.say)}\n\n${turn.text('engine.danger.more')}`);
    turn.endangered = true;
    turn.effects.push({ kind: 'danger', danger: rule.kind });
  }
}

/** The dangers that a text names, each kind once. */
export function dangersIn({ danger: { rules, phrases } }: Pick<Prepared, 'danger'>, text: string): DangerRule[] {
  if (rules.length === 0) return [];
  const marks = phrases.in(text);
  const named = rules.filter((one) => marks.has(one.named) && !marks.has(one.excused)).map(({ rule }) => rule);
  return named.filter(({ kind }, at) => named.findIndex((other) => other.kind === kind) === at);
}
