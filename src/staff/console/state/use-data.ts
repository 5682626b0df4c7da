// Reads something and reads it again when a hint says so; what was read stays on the screen meanwhile.
import { useCallback, useEffect, useRef, useState } from 'react';
import { faultOf } from '../api/client.js';
import type { Fault } from '../api/client.js';
import { useHints } from './live.js';
import type { Hint } from './live.js';

export interface Data<T> {
  data: T | null;
  fault: Fault | null;
  /** True until the first answer, good or bad. */
  loading: boolean;
  reload: () => void;
  /** Puts in what a write answered, without asking again. */
  put: (data: T) => void;
}

/** Hints that come together cause one reading. */
const GATHER_MS = 200;

/**
 * `read` must be stable for a given thing (useCallback); a new one clears the screen and starts over. `wants` says which hints matter;
 * a line that was down always does.
 */
export function useData<T>(read: () => Promise<T>, wants: (hint: Hint) => boolean): Data<T> {
  const { state, reload, put } = useReading(read);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onHint = useCallback(
    (hint: Hint) => {
      if (hint.about !== 'again' && !wants(hint)) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(reload, GATHER_MS);
    },
    [reload, wants],
  );
  useEffect(() => () => clearTimeout(timer.current), [reload]);
  useHints(onHint);
  const current = state.of === read;
  return {
    data: current ? state.data : null,
    fault: current ? state.fault : null,
    loading: !current,
    reload,
    put,
  };
}

/** The newest answer of the newest `read`; older ones that come late are dropped. */
function useReading<T>(read: () => Promise<T>) {
  const [state, setState] = useState<{ of: unknown; data: T | null; fault: Fault | null }>(nothing);
  const turn = useRef(0);
  const reload = useCallback(() => {
    const mine = ++turn.current;
    read().then(
      (data) => {
        if (mine === turn.current) setState({ of: read, data, fault: null });
      },
      (error: unknown) => {
        const fault = faultOf(error);
        if (mine === turn.current) setState((old) => ({ of: read, data: old.of === read ? old.data : null, fault }));
      },
    );
  }, [read]);
  const put = useCallback(
    (data: T) => {
      turn.current += 1;
      setState({ of: read, data, fault: null });
    },
    [read],
  );
  useEffect(() => {
    reload();
    return () => void (turn.current += 1);
  }, [reload]);
  return { state, reload, put };
}

const nothing = { of: null, data: null, fault: null };
