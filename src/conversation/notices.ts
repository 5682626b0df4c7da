// What staff should hear about a turn.
import type { NewNotice } from '../store/contract.js';
import type { Plan } from './commit.js';

/** The notices of a turn; their ids come from the item, so that a turn that is tried again tells nothing twice. */
export function noticesOf({ row, item, played }: Plan): NewNotice[] {
  const { effects, session } = played.result;
  const kinds = new Set<NewNotice['kind']>();
  for (const effect of effects) {
    if (effect.kind === 'danger') kinds.add('danger');
    else if (effect.kind === 'fraud') kinds.add('fraud');
    else if (effect.kind === 'unanswered') kinds.add('unanswered');
    else if (effect.kind === 'opted_out') kinds.add('opted_out');
    else if (effect.kind === 'handoff') kinds.add(effect.reason === 'repeating' ? 'repeating' : 'handoff');
  }
  if (session.hold?.late && !played.before?.session.hold?.late) kinds.add('handoff_late');
  const at = played.record.now;
  return [...kinds].map((kind) => ({ id: `${kind}.${item.id}`, kind, conversation: row.id, caseNumber: null, at }));
}
