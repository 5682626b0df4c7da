// Numbers on badges and in the browser's title.
import { createContext, use, useCallback, useEffect } from 'react';
import type { ReactNode } from 'react';
import { get } from '../api/client.js';
import type { DeskCounts } from '../api/types.js';
import { useSay } from '../words/language.js';
import { useData } from './use-data.js';

const Context = createContext<DeskCounts | null>(null);

export function CountsProvider({ children }: { children: ReactNode }) {
  const say = useSay();
  const read = useCallback(() => get<{ counts: DeskCounts }>('/counts').then((answer) => answer.counts), []);
  const { data } = useData(read, always);
  const urgent = data === null ? 0 : Math.max(data.waiting, data.unseenNotices);
  useEffect(() => {
    const title = say('console.title');
    document.title = urgent > 0 ? `(${urgent}) ${title}` : title;
  }, [urgent, say]);
  return <Context value={data}>{children}</Context>;
}

export function useCounts(): DeskCounts | null {
  return use(Context);
}

function always(): boolean {
  return true;
}
