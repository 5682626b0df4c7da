// Names of staff for ids.
import { createContext, use, useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { get } from '../api/client.js';
import type { Person } from '../api/types.js';
import { useSay } from '../words/language.js';
import { useData } from './use-data.js';

interface People {
  all: readonly Person[];
  reload: () => void;
}

const Context = createContext<People>({ all: [], reload: () => undefined });

export function PeopleProvider({ children }: { children: ReactNode }) {
  const read = useCallback(() => get<{ people: Person[] }>('/people').then((answer) => answer.people), []);
  const { data, reload } = useData(read, none);
  const people = useMemo(() => ({ all: data ?? [], reload }), [data, reload]);
  return <Context value={people}>{children}</Context>;
}

export function usePeople(): People {
  return use(Context);
}

/** Gives the name of a staff id; the program itself is named too. */
export function useNameOf(): (id: string) => string {
  const { all } = usePeople();
  const say = useSay();
  return useCallback(
    (id: string) => {
      if (id === 'system') return say('console.people.system');
      const found = all.find((one) => one.id === id)?.name;
      // Words about a case carry the name itself.
      return found ?? (UUID.test(id) ? say('console.people.unknown') : id);
    },
    [all, say],
  );
}

const UUID = /^[\da-f]{8}-[\da-f-]{27}$/;

function none(): boolean {
  return false;
}
