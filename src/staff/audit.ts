// The trail of what staff did with accounts and with what is shown unmasked; the desk writes its own reads and writes.
import type { Route } from '../../channels/channel.js';
import type { StaffRow, StaffStore } from '../store/contract.js';
import { answer } from './answers.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { limit, subject } from './shapes.js';

export type AuditAct =
  | 'signed_in'
  | 'sign_in_failed'
  | 'signed_out'
  | 'password_changed'
  | 'password_reset'
  | 'staff_added'
  | 'staff_disabled'
  | 'staff_enabled'
  | 'answers_revealed'
  | 'audit_read'
  | 'queues_opened'
  | 'session_code_shown'
  | 'link_code_made'
  | 'link_removed';

/** Durable when it resolves: an act that cannot be written down does not happen. */
export type Audit = (staff: Pick<StaffRow, 'id'>, act: AuditAct, subject: string) => Promise<void>;

export function createAudit(store: Pick<StaffStore, 'audit'>, now: () => number): Audit {
  return (staff, act, subject) => store.audit({ at: now(), staff: staff.id, act, subject });
}

/** Newest first; `whole` is false when a link of the chain is broken. */
export function auditRoute(
  deps: GuardDeps & { store: { staff: Pick<StaffStore, 'auditTrail' | 'verifyAudit'> }; audit: Audit },
): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/audit',
    needs: 'read_audit',
    query: { limit, subject: subject.optional() },
    handle: async ({ me, query }) => {
      const wanted = query.subject;
      await deps.audit(me.staff, 'audit_read', wanted ?? 'all');
      const entries = await deps.store.staff.auditTrail({
        limit: query.limit,
        ...(wanted === undefined ? {} : { subject: wanted }),
      });
      const lines = entries.map(({ at, staff, act, subject: about }) => ({ at, staff, act, subject: about }));
      return answer({ entries: lines, whole: (await deps.store.staff.verifyAudit()) === -1 });
    },
  });
}
