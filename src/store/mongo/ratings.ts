/** Ratings, counted without anybody's name. */
import type { Ratings } from '../contract.js';
import type { Access } from './access.js';

type Counted = Awaited<ReturnType<Ratings['summary']>>[number];

export function ratings({ alone }: Access): Ratings {
  return {
    summary: () =>
      alone((tables) =>
        tables.ratings.aggregate<Counted>([
          {
            $group: {
              _id: { service: '$service', channel: '$channel', month: '$month' },
              count: { $sum: 1 },
              sum: { $sum: '$score' },
            },
          },
          { $sort: { '_id.month': 1, '_id.service': 1, '_id.channel': 1 } },
          {
            $project: {
              ...{ _id: 0, service: '$_id.service', channel: '$_id.channel', month: '$_id.month' },
              ...{ count: 1, sum: 1 },
            },
          },
        ]),
      ),
  };
}
