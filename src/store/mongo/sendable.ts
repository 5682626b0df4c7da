/** Which conversations have something to send now. */
import type { PipelineStage } from 'mongoose';
import type { Tables } from './access.js';

/** See `Messages.sendable`: longest waiting first. */
export async function sendable(tables: Tables, now: number, staleBefore: number, limit: number): Promise<string[]> {
  const stages: PipelineStage[] = [
    { $match: { state: { $in: ['queued', 'sending'] }, $nor: [waiting(now)] } },
    {
      $project: {
        ...{ conversation: 1, seq: 1, n: 1, state: 1, nextAttemptAt: 1, expiresAt: 1, claimedAt: 1 },
        busy: { $cond: [{ $and: [{ $eq: ['$state', 'sending'] }, { $gte: ['$claimedAt', staleBefore] }] }, 1, 0] },
      },
    },
    { $sort: { conversation: 1, seq: 1 } },
    { $group: { _id: '$conversation', first: { $first: '$$ROOT' }, busy: { $max: '$busy' } } },
    { $match: { busy: 0, $or: timely(now, staleBefore) } },
    { $sort: { 'first.n': 1 } },
    { $limit: limit },
    { $project: { _id: 1 } },
  ];
  return (await tables.messages.aggregate<{ _id: string }>(stages)).map(({ _id }) => _id);
}

/** It waits for the person, and its own time is not over. */
function waiting(now: number): Record<string, unknown> {
  const held = { state: 'queued', error: 'window_closed', nextAttemptAt: { $gt: now } };
  return { ...held, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
}

function timely(now: number, staleBefore: number): Record<string, unknown>[] {
  const queued = { 'first.state': 'queued' };
  return [
    { ...queued, 'first.nextAttemptAt': null },
    { ...queued, 'first.nextAttemptAt': { $lte: now } },
    { ...queued, 'first.expiresAt': { $lte: now } },
    { 'first.state': 'sending', 'first.claimedAt': { $lt: staleBefore } },
  ];
}
