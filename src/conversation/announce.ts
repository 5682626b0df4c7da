// Commits a turn; then rings what has work now and hints those who watch.
import type { CommitResult, TurnCommit } from '../store/contract.js';
import { ring, type House } from './house.js';

/** Commits a turn and lets all who wait for it know. */
export async function commitTurn(house: House, turn: TurnCommit): Promise<CommitResult['result']> {
  const { store, meter } = house;
  const { result } = await meter.timed('sila_commit_seconds', {}, () => store.turns.commit(turn));
  meter.count('sila_commits_total', { result });
  if (result === 'committed') await announce(house, turn);
  return result;
}

async function announce(house: House, turn: TurnCommit): Promise<void> {
  house.hints.give('conversation', turn.conversation);
  for (const notice of turn.notices) house.hints.give('notice', notice.id);
  if (turn.questions && turn.questions.length > 0) house.hints.give('questions', 'all');
  // A person who writes lets go what waited for them.
  const lets = turn.patch.lastPersonAt !== undefined || turn.messages.some(({ direction }) => direction === 'out');
  if (lets) await ring(house, 'delivery', turn.conversation);
  for (const { transfer } of turn.gifts ?? []) await ring(house, 'transfer', transfer);
  for (const { number } of turn.submissions) await ring(house, 'submission', number);
}
