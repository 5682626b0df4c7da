/** Adding a row that may be there already, outside a transaction. */
import { isDuplicate } from './errors.js';

/** True when it was added, false when it clashed with one that is there. Within a transaction a clash would end all of it. */
export async function addedAlone(add: () => Promise<void>): Promise<boolean> {
  try {
    await add();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
