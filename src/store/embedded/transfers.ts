/** Drafts on their way between two conversations: each step is a row that is there or not, whatever crashed in between. */
import type { Contacts, Gift } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import * as rows from './rows.js';

const { select, as } = rows.transfers;

type Moves = Pick<Contacts, 'transfer' | 'underWay' | 'arrived' | 'movesOf'>;

export function transfers({ read, write }: Access): Moves {
  return {
    transfer: (id) =>
      read((database) => {
        const row = database.get(`${select} WHERE id = ?`, [id]);
        return row ? as(row) : null;
      }),
    underWay: (limit) =>
      read((database) =>
        database.all(`${select} WHERE state IN ('asked', 'given') ORDER BY n LIMIT ?`, [limit]).map(as),
      ),
    arrived: (id) =>
      write((database) => {
        database.run(`UPDATE transfers SET state = 'done', sealed = NULL WHERE id = ? AND state = 'given'`, [id]);
      }),
    movesOf: (run) => read((database) => database.all(`${select} WHERE run = ? ORDER BY n`, [run]).map(as)),
  };
}

/** Asks the conversation of one address for its draft, for the other's. */
export function askFor(database: Database, id: string, from: string, to: string, at: number): void {
  const home = (address: string) =>
    database.get('SELECT id FROM conversations WHERE address = ?', [address])?.['id'] ?? null;
  const row = { id, from: home(from), to: home(to), at, state: 'asked' };
  if (row.from !== null && row.to !== null) database.insert('transfers', ['id', 'from', 'to', 'at', 'state'], row);
}

/** What was asked between two addresses and not given yet stays where it is. */
export function callOff(database: Database, one: string, other: string): void {
  const home = (name: string) => `(SELECT id FROM conversations WHERE address = :${name})`;
  database.run(
    `UPDATE transfers SET state = 'ended' WHERE state = 'asked'
     AND (("from" IN ${home('one')} AND "to" IN ${home('other')}) OR ("from" IN ${home('other')} AND "to" IN ${home('one')}))`,
    { one, other },
  );
}

export function isAsked(database: Database, transfer: string): boolean {
  return database.get(`SELECT 1 FROM transfers WHERE id = ? AND state = 'asked'`, [transfer]) !== undefined;
}

/** Within the giver's turn. */
export function give(database: Database, { transfer, draft }: Gift): void {
  database.run('UPDATE transfers SET state = ?, run = ?, sealed = ? WHERE id = ?', [
    draft ? 'given' : 'empty',
    draft?.run ?? null,
    draft?.sealed ?? null,
    transfer,
  ]);
}
