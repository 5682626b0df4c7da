/** Words of danger: the safety text and a person are added, whatever else the message does. */
import { padded } from '../prepare.js';
import type { Turn } from '../turn.js';

/** Says the safety text of every kind of danger that the text names, and calls staff. */
export function heedDanger(turn: Turn, text: string): void {
  if (turn.prepared.danger.length === 0) return;
  const plain = padded(text);
  const heeded = new Set<string>();
  for (const { rule, phrases, unless } of turn.prepared.danger) {
    if (
      heeded.has(rule.kind) ||
      !phrases.some((phrase) => plain.includes(phrase)) ||
      unless.some((phrase) => plain.includes(phrase))
    )
      continue;
    turn.say(`${turn.render(rule.say)}\n\n${turn.text('engine.danger.more')}`);
    heeded.add(rule.kind);
    turn.endangered = true;
    turn.effects.push({ kind: 'danger', danger: rule.kind });
  }
}
