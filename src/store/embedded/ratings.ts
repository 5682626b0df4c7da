/** Ratings, counted without anybody's name. */
import type { Ratings } from '../contract.js';
import type { Access } from './access.js';

export function ratings({ read }: Access): Ratings {
  return {
    summary: () =>
      read((database) =>
        database
          .all(
            `SELECT service, channel, month, COUNT(*) AS count, SUM(score) AS sum FROM ratings
             GROUP BY service, channel, month ORDER BY month, service, channel`,
          )
          .map((row) => ({
            service: String(row['service']),
            channel: String(row['channel']),
            month: String(row['month']),
            count: Number(row['count']),
            sum: Number(row['sum']),
          })),
      ),
  };
}
