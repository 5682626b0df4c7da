/** Opens the store over MongoDB: any number of processes over one database, every acknowledged write on the disks of a majority. */
import type { Store } from '../contract.js';
import { access } from './access.js';
import type { Access } from './access.js';
import { addresses } from './addresses.js';
import { articles } from './articles.js';
import { cases } from './cases.js';
import { prepare } from './collections.js';
import { commit } from './commit.js';
import { connect } from './connect.js';
import type { Where } from './connect.js';
import { contacts } from './contacts.js';
import { conversations } from './conversations.js';
import { counters, leases } from './counters.js';
import { storeError } from './errors.js';
import { files } from './files.js';
import { flowSets } from './flow-sets.js';
import { keys } from './keys.js';
import { mailbox } from './mailbox.js';
import { refuseMarked } from './marks.js';
import { messages } from './messages.js';
import { notices } from './notices.js';
import { pulse } from './pulse.js';
import { questions } from './questions.js';
import { ratings } from './ratings.js';
import { registers } from './registers.js';
import { retentions } from './retentions.js';
import { Sessions } from './sessions.js';
import { staff } from './staff.js';
import { unclaimed } from './unclaimed.js';
import { healthy, stats, tidy } from './upkeep.js';
import { uploads } from './uploads.js';

/** Transactions of a process at once: each holds rows and a place at the server, and more would mostly meet each other. */
const MOST_AT_ONCE = 32;

export interface MongoPlace extends Where {
  /** Spreads out what is tried again: 0 ≤ x < 1. */
  random: () => number;
  /** Opens it though a restore into it did not end: for the restore itself. */
  unfinished?: true;
}

/**
 * Opens (or makes) the store in a database. Rejects with a `StoreError`: `newer_data` (nothing was written), `unfinished`, `moved`, or
 * `failed` (no server, or one that does not keep what it acknowledges).
 */
export async function openMongoStore({ random, unfinished, ...where }: MongoPlace): Promise<Store> {
  const connection = await connect(where);
  try {
    await prepare(connection);
    await refuseMarked(connection, unfinished ? ['moved'] : ['moved', 'unfinished']);
    const sessions = new Sessions(connection, MOST_AT_ONCE);
    const living = pulse(connection, () => sessions.ids);
    const rows = access(connection, sessions, random);
    return assemble(rows, async () => {
      await rows.end();
      await living.stop();
      await sessions.end();
      await connection.close();
    });
  } catch (error) {
    await connection.close();
    throw storeError(error);
  }
}

function assemble(rows: Access, close: () => Promise<void>): Store {
  let closing: Promise<void> | null = null;
  return {
    turns: { ...mailbox(rows), ...conversations(rows), commit: (turn) => commit(rows, turn) },
    messages: messages(rows),
    addresses: addresses(rows),
    cases: cases(rows),
    registers: registers(rows),
    contacts: contacts(rows),
    files: files(rows),
    retentions: retentions(rows),
    keys: keys(rows),
    staff: staff(rows),
    ratings: ratings(rows),
    notices: notices(rows),
    flowSets: flowSets(rows),
    counters: counters(rows),
    leases: leases(rows),
    uploads: uploads(rows),
    unclaimed: unclaimed(rows),
    questions: questions(rows),
    articles: articles(rows),
    tidy: (now) => tidy(rows, now),
    stats: () => stats(rows),
    healthy: () => healthy(rows),
    close: () => (closing ??= close()),
  };
}
