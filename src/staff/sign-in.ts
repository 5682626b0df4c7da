// Signing in and out, and one's own password.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { Language, Text } from '../engine/types.js';
import type { StaffRow, StaffStore } from '../store/contract.js';
import { answer, Refused } from './answers.js';
import type { Audit } from './audit.js';
import { deviceCookie, deviceOf } from './devices.js';
import { endpoint, openEndpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { maySignIn, mayTryPassword, SIGN_IN_LIMITS } from './limits.js';
import type { LimitDeps } from './limits.js';
import { hashPassword, passwordFits, PASSWORD_LENGTH } from './passwords.js';
import { permissionsOf, type Permission } from './permissions.js';
import { endSession, findSession, openSession } from './sessions.js';
import { login, newPassword } from './shapes.js';

export interface SignInDeps extends GuardDeps, LimitDeps {
  store: GuardDeps['store'] &
    LimitDeps['store'] & { staff: Pick<StaffStore, 'byLogin' | 'setPassword' | 'endSessionsOf'> };
  charity: { name: Text; zone: string; languages: readonly Language[] };
  audit: Audit;
  /** There are queues to look at: the console shows operators the way. */
  queues: boolean;
  /** There are sessions to open by hand. */
  sessions: boolean;
}

export function signInRoutes(deps: SignInDeps): Route[] {
  return [session(deps), signIn(deps), signOut(deps), changePassword(deps)];
}

/** What the console asks first: whose charity this is, and who is signed in (`me` is null when nobody). */
function session(deps: SignInDeps): Route {
  return openEndpoint(deps, { method: 'GET', path: '/session' }, async (request) => {
    const found = await findSession(deps, request);
    return answer({ charity: deps.charity, me: found === null ? null : shown(deps, found.staff, found.session.csrf) });
  });
}

/** Unknown login, wrong password and disabled account are one answer after the same work. */
function signIn(deps: SignInDeps): Route {
  const body = { login: z.string().max(64), password: z.string().max(PASSWORD_LENGTH.most) };
  return openEndpoint(deps, { method: 'POST', path: '/sign-in', body }, async (request, given) => {
    const name = login.safeParse(given.login).data ?? '';
    const device = deviceOf(deps, request, name);
    if (!(await maySignIn(deps, request.ip, name, device))) throw tooManyTries('network');
    const row = await deps.store.staff.byLogin(name);
    const fits = await passwordFits(given.password, row?.password ?? null);
    if (!fits || row === null || row.disabledAt !== null) {
      // Written down for every login, so that it takes as long; what was typed is not, it may be a password.
      await deps.audit({ id: 'system' }, 'sign_in_failed', row?.id ?? 'unknown');
      throw new Refused('wrong_credentials');
    }
    await endSession(deps, request);
    const opened = await openSession(deps, row.id);
    await deps.audit(row, 'signed_in', row.id);
    const response = answer(
      { charity: deps.charity, me: shown(deps, row, opened.csrf) },
      { 'set-cookie': opened.cookie },
    );
    return { ...response, cookies: [deviceCookie(deps, row.login)] };
  });
}

function signOut(deps: SignInDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/sign-out',
    needs: 'signed_in',
    handle: async ({ request, me }) => {
      await deps.audit(me.staff, 'signed_out', me.staff.id);
      return answer({}, { 'set-cookie': await endSession(deps, request) });
    },
  });
}

/** Ends every session of the account and opens a new one here. */
function changePassword(deps: SignInDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/password',
    needs: 'signed_in',
    body: { current: z.string().max(PASSWORD_LENGTH.most), next: newPassword },
    handle: async ({ me, body }) => {
      if (!(await mayTryPassword(deps, me.staff.login))) throw tooManyTries('account');
      if (!(await passwordFits(body.current, me.staff.password))) throw new Refused('wrong_credentials');
      await deps.store.staff.setPassword(me.staff.id, await hashPassword(body.next));
      await deps.store.staff.endSessionsOf(me.staff.id);
      const opened = await openSession(deps, me.staff.id);
      await deps.audit(me.staff, 'password_changed', me.staff.id);
      return answer({ me: shown(deps, me.staff, opened.csrf) }, { 'set-cookie': opened.cookie });
    },
  });
}

function shown({ queues, sessions }: SignInDeps, staff: StaffRow, csrf: string): object {
  const { id, login: name, role } = staff;
  const there: Partial<Record<Permission, boolean>> = { operate: queues, connect: sessions };
  const permissions = permissionsOf(role).filter((one) => there[one] ?? true);
  return { id, login: name, name: staff.name, role, permissions, token: csrf };
}

function tooManyTries(what: keyof typeof SIGN_IN_LIMITS): Refused {
  return new Refused('too_many_tries', { 'retry-after': String(SIGN_IN_LIMITS[what].windowMs / 1000) });
}
