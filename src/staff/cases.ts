// Cases for staff: list and search, one case, and what moves it.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { CaseDetail, CaseQuery, DeskContract, Staff, StatusChange } from '../conversation/desk-types.js';
import type { StaffRow, StaffStore } from '../store/contract.js';
import { answer, Refused } from './answers.js';
import type { Audit } from './audit.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { maskCase, openCase } from './masking.js';
import { may } from './permissions.js';
import { isDecision, STATUSES } from './statuses.js';
import { before, caseNumber, clientId, id, limit, words } from './shapes.js';

export interface CaseDeps extends GuardDeps {
  store: GuardDeps['store'] & { staff: Pick<StaffStore, 'byId'> };
  desk: DeskContract;
  audit: Audit;
}

export function caseRoutes(deps: CaseDeps): Route[] {
  return [list(deps), open(deps), reveal(deps), status(deps), note(deps), assign(deps), message(deps)];
}

function list(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/cases/search',
    needs: 'read_cases',
    body: {
      status: z.enum(STATUSES).optional(),
      search: z.string().trim().min(1).max(200).optional(),
      limit,
      before,
    },
    handle: async ({ me, body }) => {
      const query: CaseQuery = {
        limit: body.limit,
        ...(body.status === undefined ? {} : { status: body.status }),
        ...(body.search === undefined ? {} : { search: body.search }),
        ...(body.before === undefined ? {} : { before: body.before }),
      };
      return answer({ cases: await deps.desk.cases(query, me.staff) });
    },
  });
}

function open(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/cases/:number',
    needs: 'read_cases',
    params: { number: caseNumber },
    handle: async ({ me, params }) => shown(me.staff, await deps.desk.case(params.number, me.staff)),
  });
}

/** Sensitive answers whole; written down before they are given. */
function reveal(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/cases/:number/reveal',
    needs: 'reveal',
    params: { number: caseNumber },
    handle: async ({ me, params }) => {
      const detail = await deps.desk.case(params.number, me.staff);
      await deps.audit(me.staff, 'answers_revealed', detail.number);
      return answer({ case: openCase(within(me.staff.role, detail)) });
    },
  });
}

function status(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/cases/:number/status',
    needs: 'follow_cases',
    params: { number: caseNumber },
    body: { to: z.enum(STATUSES), note: words.optional(), reason: words.optional(), tell: z.boolean() },
    handle: async ({ me, params, body }) => {
      if (isDecision(body.to) && !may(me.staff.role, 'decide')) throw new Refused('not_found');
      const change: StatusChange = {
        to: body.to,
        tell: body.tell,
        ...(body.note === undefined ? {} : { note: body.note }),
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      };
      return shown(me.staff, await deps.desk.changeStatus(params.number, me.staff, change));
    },
  });
}

function note(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/cases/:number/note',
    needs: 'follow_cases',
    params: { number: caseNumber },
    body: { text: words },
    handle: async ({ me, params, body }) =>
      shown(me.staff, await deps.desk.addNote(params.number, me.staff, body.text)),
  });
}

/** To somebody who works here now, or to nobody. */
function assign(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/cases/:number/assign',
    needs: 'follow_cases',
    params: { number: caseNumber },
    body: { assignee: id.nullable() },
    handle: async ({ me, params, body }) => {
      const row = body.assignee === null ? null : await deps.store.staff.byId(body.assignee);
      if (body.assignee !== null && (row === null || row.disabledAt !== null)) throw new Refused('invalid');
      return shown(me.staff, await deps.desk.assign(params.number, me.staff, body.assignee));
    },
  });
}

function message(deps: CaseDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/cases/:number/message',
    needs: 'follow_cases',
    params: { number: caseNumber },
    body: { text: words, clientId },
    handle: async ({ me, params, body }) =>
      shown(me.staff, await deps.desk.messagePerson(params.number, me.staff, body.text, body.clientId)),
  });
}

function shown(staff: Staff, detail: CaseDetail) {
  return answer({ case: maskCase(within(staff.role, detail)) });
}

/** Only the next statuses that this role may set. */
function within(role: StaffRow['role'], detail: CaseDetail): CaseDetail {
  if (may(role, 'decide')) return detail;
  return { ...detail, next: detail.next.filter((next) => !isDecision(next)) };
}
