/** Words of danger: the safety text and a person are added, whatever else the message does. */
import type { Prepared } from '../prepare.js';
import type { Turn } from '../turn.js';
import type { DangerRule } from '../types.js';

/** Says the safety text of every kind of danger that the text names, and calls staff. */
export function heedDanger(turn: Turn, text: string): void {
  for (const rule of dangersIn(turn.prepared, text, turn.context.given?.['danger']?.outcome)) {
    turn.say(`${turn.render(rule.say)}\n\n${turn.text('engine.danger.more')}`);
    turn.endangered = true;
    turn.effects.push({ kind: 'danger', danger: rule.kind });
  }
}

/**
 * The dangers that a text names, each kind once. `heard` is the kind that it sounds like to whoever learned that; it counts too, unless
 * the text names that kind and excuses it.
 */
export function dangersIn(
  { danger: { rules, phrases } }: Pick<Prepared, 'danger'>,
  text: string,
  heard?: string,
): DangerRule[] {
  if (rules.length === 0) return [];
  const marks = phrases.in(text);
  const named = rules.filter((one) => marks.has(one.named));
  const excused = named.some((one) => one.rule.kind === heard && marks.has(one.excused));
  const sounding = rules.filter(({ rule }) => rule.kind === heard && !excused);
  const counting = [...named.filter((one) => !marks.has(one.excused)), ...sounding].map(({ rule }) => rule);
  return counting.filter(({ kind }, at) => counting.findIndex((other) => other.kind === kind) === at);
}
