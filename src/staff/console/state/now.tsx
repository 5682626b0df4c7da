// One clock for all relative times on the screen; it ticks twice a minute.
import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

const Context = createContext(0);
const TICK_MS = 30_000;

export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <Context value={now}>{children}</Context>;
}

export function useNow(): number {
  return use(Context);
}
