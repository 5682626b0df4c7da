/** Staff accounts, their sessions, and who of them is who on a channel. */
import type { StaffStore } from '../contract.js';
import type { Access } from './access.js';
import { trail } from './audit.js';
import { is } from './table.js';

type Accounts = Pick<StaffStore, 'add' | 'byLogin' | 'byId' | 'all' | 'setPassword' | 'setDisabled'>;
type Sessions = Pick<StaffStore, 'addSession' | 'session' | 'endSession' | 'endSessionsOf'>;
type Links = Pick<StaffStore, 'link' | 'linked' | 'linksOf' | 'unlink'>;

export function staff(access: Access): StaffStore {
  return { ...accounts(access), ...sessions(access), ...trail(access), ...links(access) };
}

function accounts({ alone }: Access): Accounts {
  const set = (id: string, values: { password: string } | { disabledAt: number | null }) =>
    alone(async (tables) => {
      await tables.staff.change({ id }, { $set: values });
    });
  return {
    add: (row) => alone((tables) => tables.staff.addNew(row)),
    byLogin: (login) => alone((tables) => tables.staff.one({ login })),
    byId: (id) => alone((tables) => tables.staff.get(id)),
    all: () => alone((tables) => tables.staff.all({}, { createdAt: 1, id: 1 })),
    setPassword: (id, password) => set(id, { password }),
    setDisabled: (id, at) => set(id, { disabledAt: at }),
  };
}

function sessions({ alone }: Access): Sessions {
  return {
    addSession: (session) => alone((tables) => tables.staff_sessions.put(session)),
    session: (tokenHash, now) =>
      alone((tables) => tables.staff_sessions.one({ tokenHash, expiresAt: is({ $gt: now }) })),
    endSession: (tokenHash) =>
      alone(async (tables) => {
        await tables.staff_sessions.remove({ tokenHash });
      }),
    endSessionsOf: (id) =>
      alone(async (tables) => {
        await tables.staff_sessions.remove({ staff: id });
      }),
  };
}

function links({ alone }: Access): Links {
  return {
    link: (link) => alone((tables) => tables.staff_links.put(link)),
    linked: (key) => alone((tables) => tables.staff_links.get(key)),
    linksOf: (id) => alone((tables) => tables.staff_links.all({ staff: id }, { at: 1, key: 1 })),
    unlink: (id, channel) =>
      alone(async (tables) => {
        await tables.staff_links.remove({ staff: id, channel });
      }),
  };
}
