// Accounts of staff: who works here (everyone may know), and adding, disabling and new passwords (administrators).
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { StaffRow, StaffStore } from '../store/contract.js';
import { answer, Refused } from './answers.js';
import type { Audit } from './audit.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { hashPassword } from './passwords.js';
import { ROLES } from './permissions.js';
import { id, login, name, newPassword } from './shapes.js';

export interface AccountDeps extends GuardDeps {
  store: GuardDeps['store'] & {
    staff: Pick<StaffStore, 'all' | 'add' | 'setPassword' | 'setDisabled' | 'endSessionsOf'>;
  };
  newId: () => string;
  audit: Audit;
}

export function accountRoutes(deps: AccountDeps): Route[] {
  return [people(deps), accounts(deps), addAccount(deps), disableAccount(deps), resetPassword(deps)];
}

/** Names for ids on every screen. */
function people(deps: AccountDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/people',
    needs: 'signed_in',
    handle: async () => {
      const rows = await deps.store.staff.all();
      const line = (row: StaffRow) => ({ id: row.id, name: row.name, role: row.role, active: row.disabledAt === null });
      return answer({ people: rows.map(line) });
    },
  });
}

function accounts(deps: AccountDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/accounts',
    needs: 'manage_staff',
    handle: async () => answer({ accounts: (await deps.store.staff.all()).map(shown) }),
  });
}

function addAccount(deps: AccountDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/accounts',
    needs: 'manage_staff',
    body: { login, name, role: z.enum(ROLES), password: newPassword },
    handle: async ({ me, body }) => {
      const password = await hashPassword(body.password);
      const row: StaffRow = { ...body, password, id: deps.newId(), disabledAt: null, createdAt: deps.now() };
      await deps.audit(me.staff, 'staff_added', row.id);
      if (!(await deps.store.staff.add(row))) throw new Refused('login_taken');
      return answer({ account: shown(row) });
    },
  });
}

/** Nobody disables the account at hand, so an administrator always remains. */
function disableAccount(deps: AccountDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/accounts/:id/disabled',
    needs: 'manage_staff',
    params: { id },
    body: { disabled: z.boolean() },
    handle: async ({ me, params, body }) => {
      if (params.id === me.staff.id) throw new Refused('invalid');
      const row = await find(deps, params.id);
      await deps.audit(me.staff, body.disabled ? 'staff_disabled' : 'staff_enabled', row.id);
      const disabledAt = body.disabled ? deps.now() : null;
      await deps.store.staff.setDisabled(row.id, disabledAt);
      if (body.disabled) await deps.store.staff.endSessionsOf(row.id);
      return answer({ account: shown({ ...row, disabledAt }) });
    },
  });
}

function resetPassword(deps: AccountDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/accounts/:id/password',
    needs: 'manage_staff',
    params: { id },
    body: { password: newPassword },
    handle: async ({ me, params, body }) => {
      if (params.id === me.staff.id) throw new Refused('invalid');
      const row = await find(deps, params.id);
      await deps.audit(me.staff, 'password_reset', row.id);
      await deps.store.staff.setPassword(row.id, await hashPassword(body.password));
      await deps.store.staff.endSessionsOf(row.id);
      return answer({ account: shown(row) });
    },
  });
}

async function find(deps: AccountDeps, staffId: string): Promise<StaffRow> {
  const row = (await deps.store.staff.all()).find((one) => one.id === staffId);
  if (row === undefined) throw new Refused('not_found');
  return row;
}

function shown(row: StaffRow): object {
  const { id: staffId, login: signIn, name: called, role, disabledAt, createdAt } = row;
  return { id: staffId, login: signIn, name: called, role, disabledAt, createdAt };
}
