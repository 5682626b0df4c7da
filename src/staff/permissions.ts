// Who may do what: one small table.
import type { StaffRow } from '../store/contract.js';

export type Role = StaffRow['role'];
export const ROLES = ['reception', 'researcher', 'administrator'] as const satisfies readonly Role[];

/** `decide`: statuses that settle a request. `reveal`: sensitive answers unmasked. `desk`: registers, and flows filled for whoever is there. `teach`: what questions mean. `promote`: which model answers. `operate`: the queues of several processes. `connect`: sessions of channels that somebody opens by hand. */
export type Permission =
  | 'converse'
  | 'read_cases'
  | 'follow_cases'
  | 'decide'
  | 'reveal'
  | 'read_ratings'
  | 'manage_staff'
  | 'read_audit'
  | 'erase'
  | 'desk'
  | 'teach'
  | 'promote'
  | 'operate'
  | 'connect';

const everyone: readonly Role[] = ROLES;
const deciders: readonly Role[] = ['researcher', 'administrator'];
const administrators: readonly Role[] = ['administrator'];

/** Reception may reveal: the policy has it match the data and check that they are valid. Every reveal is audited. */
const table: Readonly<Record<Permission, readonly Role[]>> = {
  converse: everyone,
  read_cases: everyone,
  follow_cases: everyone,
  reveal: everyone,
  decide: deciders,
  read_ratings: deciders,
  manage_staff: administrators,
  read_audit: administrators,
  erase: administrators,
  desk: everyone,
  teach: ['reception', 'administrator'],
  promote: administrators,
  operate: administrators,
  connect: administrators,
};

/** Whether a role holds a permission. */
export function may(role: Role, permission: Permission): boolean {
  return table[permission].includes(role);
}

/** All that a role may do, for the console: it shows nothing that would be refused. */
export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(table) as Permission[]).filter((permission) => may(role, permission));
}
