// The first account: made once, when no administrator exists yet.
import type { StaffStore } from '../store/contract.js';
import { hashPassword } from './passwords.js';

export const ADMINISTRATOR_LOGIN = 'admin';

export interface FirstAdministrator {
  /** From the operator; made when absent. */
  password?: string | undefined;
  makePassword: () => string;
  /** Its name on screens until somebody changes it. */
  name: string;
  now: number;
  newId: () => string;
}

/**
 * Makes the account `admin` unless an enabled administrator stands. `password` comes back only when it was made here: to be shown to the
 * operator once.
 */
export async function ensureAdministrator(
  store: Pick<StaffStore, 'all' | 'add'>,
  first: FirstAdministrator,
): Promise<{ created: boolean; password?: string }> {
  const staff = await store.all();
  if (staff.some((row) => row.role === 'administrator' && row.disabledAt === null)) return { created: false };
  const password = first.password ?? first.makePassword();
  const created = await store.add({
    id: first.newId(),
    login: ADMINISTRATOR_LOGIN,
    name: first.name,
    role: 'administrator',
    password: await hashPassword(password),
    disabledAt: null,
    createdAt: first.now,
  });
  return created && first.password === undefined ? { created, password } : { created };
}
