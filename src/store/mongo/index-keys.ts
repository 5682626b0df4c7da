/** Keyed hashes by which cases and entries are found. */
import type { PipelineStage } from 'mongoose';

/** Stages over an index collection: those that carry every one of the keys, as `_id`. */
export function carrying(keys: readonly string[], of: 'number' | 'entry'): PipelineStage[] {
  return [
    { $match: { key: { $in: keys.map(String) } } },
    { $group: { _id: `$${of}`, carried: { $sum: 1 } } },
    { $match: { carried: keys.length } },
  ];
}
