/** How an effect of a turn stands in a transcript. */
import { groupCaseNumber } from '../../src/engine/text/damm.js';
import type { Effect } from '../../src/engine/types.js';

/** `< words`, further lines indented, `[choice] [choice]`; `! what else happened`. */
export function written(effect: Effect): string[] {
  if (effect.kind !== 'say') return [`! ${happened(effect)}`];
  const [first = '', ...rest] = effect.text.split('\n');
  const who = effect.author === 'staff' ? `< (${effect.by ?? 'موظف'}) ` : '< ';
  const buttons = effect.options?.length ? [`  ${effect.options.map(({ label }) => `[${label}]`).join(' ')}`] : [];
  return [who + first, ...rest.map((line) => (line === '' ? '  ·' : `  ${line}`)), ...buttons];
}

function happened(effect: Exclude<Effect, { kind: 'say' }>): string {
  switch (effect.kind) {
    case 'submission': {
      const answers = effect.shown.map((one) => `${one.name}=${one.value.replaceAll('\n', ' ')}`).join(' | ');
      const signed = effect.declaration ? ` | signed=${effect.declaration.name}` : '';
      return `submission ${effect.opens} ${groupCaseNumber(effect.number)} | ${answers}${signed}`;
    }
    case 'handoff':
      return `handoff ${effect.reason}`;
    case 'handback':
      return 'handback';
    case 'opted_out':
      return `opted_out ${effect.by}`;
    case 'danger':
      return `danger ${effect.danger}`;
    case 'fraud':
      return 'fraud';
    case 'rating':
      return `rating ${effect.service} ${effect.score}${effect.comment === undefined ? '' : ` «${effect.comment}»`}`;
    case 'consent':
      return `consent ${effect.version} ${effect.given ? 'given' : 'refused'}`;
    case 'gift':
      return `gift ${effect.draft?.[0]?.flow ?? 'none'}`;
    case 'unhelpful':
      return 'unhelpful';
    case 'unanswered':
      return `unanswered «${effect.question}»`;
  }
}
