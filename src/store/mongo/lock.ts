/** What must happen one after the other, whichever process does it. */
import type { Tables } from './access.js';

/**
 * Within a transaction: whoever takes the same lock at the same time is tried again after it. For what looks at several rows before it
 * writes one, which a snapshot alone does not keep apart. To be taken before anything is read.
 */
export async function lock(tables: Tables, name: string): Promise<void> {
  const key = `lock:${name}`;
  if (await tables.sequences.changed({ name: key }, { $inc: { last: 1 } })) return;
  await tables.sequences.add({ name: key });
}

/** For what may be done twice: after a commit without an answer it is simply done again. */
export const again = (): Promise<null> => Promise.resolve(null);
