// The live line to the house: hints of what changed, and whether the line stands.
import { createContext, use, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { get } from '../api/client.js';
import type { DeskHint } from '../api/types.js';

/** `again`: the line was down; anything may have changed. */
export type Hint = DeskHint | { about: 'again' };

interface Live {
  /** False while the line is down: what the screen shows may be old. */
  connected: boolean;
  listen: (listener: (hint: Hint) => void) => () => void;
}

const Context = createContext<Live | null>(null);
/** A browser gives up after a refusal; then we look ourselves, at this pace. */
const RETRY_MS = 5_000;

export function LiveProvider({ children }: { children: ReactNode }) {
  const [connected, setConnected] = useState(true);
  const listeners = useMemo(() => new Set<(hint: Hint) => void>(), []);
  useEffect(() => openLine((hint) => listeners.forEach((listener) => listener(hint)), setConnected), [listeners]);
  const live = useMemo<Live>(
    () => ({
      connected,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [connected, listeners],
  );
  return <Context value={live}>{children}</Context>;
}

export function useLive(): Live {
  const live = use(Context);
  if (live === null) throw new Error('useLive outside LiveProvider');
  return live;
}

/** Calls back for hints until the component goes. */
export function useHints(listener: (hint: Hint) => void): void {
  const { listen } = useLive();
  useEffect(() => listen(listener), [listen, listener]);
}

function openLine(give: (hint: Hint) => void, setConnected: (up: boolean) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasDown = false;
  const open = () => {
    source = new EventSource('/api/staff/changes');
    source.onopen = () => {
      setConnected(true);
      if (wasDown) give({ about: 'again' });
      wasDown = false;
    };
    source.onmessage = (event: MessageEvent<string>) => give(JSON.parse(event.data) as DeskHint);
    source.onerror = () => {
      wasDown = true;
      setConnected(false);
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(reopen, RETRY_MS);
    };
  };
  // The counts tell whether the session still stands: a signed-out answer leads to the sign-in screen by itself.
  const reopen = () => void get('/counts').then(open, () => (timer = setTimeout(reopen, RETRY_MS)));
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
