// After a commit: rings what has work now and hints those who watch.
import type { TurnCommit } from '../store/contract.js';
import { ring, type House } from './house.js';

export async function announce(house: House, turn: TurnCommit): Promise<void> {
  house.hints.give('conversation', turn.conversation);
  for (const notice of turn.notices) house.hints.give('notice', notice.id);
  // A person who writes lets go what waited for them.
  const lets = turn.patch.lastPersonAt !== undefined || turn.messages.some(({ direction }) => direction === 'out');
  if (lets) await ring(house, 'delivery', turn.conversation);
  for (const { transfer } of turn.gifts ?? []) await ring(house, 'transfer', transfer);
  for (const { number } of turn.submissions) await ring(house, 'submission', number);
}
