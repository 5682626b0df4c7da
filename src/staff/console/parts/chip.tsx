// Small coloured words: where a case stands, who speaks in a conversation.
import type { ReactNode } from 'react';
import type { CaseStatus, ConversationCard } from '../api/types.js';
import { useNameOf } from '../state/people.js';
import { useSession } from '../state/session.js';
import { useSay } from '../words/language.js';
import css from './chip.module.css';

export type Tone = 'blue' | 'orange' | 'violet' | 'green' | 'red' | 'gray' | 'cyan';

export function Chip({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={css['chip']} data-tone={tone}>
      {children}
    </span>
  );
}

const tones: Readonly<Record<CaseStatus, Tone>> = {
  submitted: 'blue',
  incomplete: 'orange',
  under_research: 'violet',
  committee: 'violet',
  approved: 'green',
  partly_approved: 'green',
  declined: 'red',
  deferred: 'orange',
  in_service: 'cyan',
  closed: 'gray',
  withdrawn: 'gray',
};

export function StatusChip({ status }: { status: CaseStatus }) {
  const say = useSay();
  return <Chip tone={tones[status]}>{say(`status.${status}.name`)}</Chip>;
}

/** Nothing for a conversation that the bot leads alone: that is the usual state. */
export function HoldChip({ card }: { card: Pick<ConversationCard, 'hold' | 'heldBy'> }) {
  const say = useSay();
  const nameOf = useNameOf();
  const { me } = useSession();
  if (card.hold === 'waiting') return <Chip tone="orange">{say('console.hold.waiting')}</Chip>;
  if (card.hold === 'none' || card.heldBy === null) return null;
  if (card.heldBy === me.id) return <Chip tone="green">{say('console.hold.mine')}</Chip>;
  return <Chip tone="gray">{say('console.hold.other', { name: nameOf(card.heldBy) })}</Chip>;
}
