// Who is signed in, and the charity whose console this is.
import { createContext, use } from 'react';
import type { Charity, Me, Permission } from '../api/types.js';

export interface Session {
  charity: Charity;
  me: Me;
  /** Words not yet sent, by conversation: kept while one looks elsewhere, gone with the session, never on disk. */
  drafts: Map<string, string>;
  /** After a sign-in or a new password. */
  enter: (me: Me) => void;
  leave: () => void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside a session');
  return session;
}

/** Whether the one who is signed in may do something: the screen offers nothing that would be refused. */
export function useMay(permission: Permission): boolean {
  return useSession().me.permissions.includes(permission);
}
