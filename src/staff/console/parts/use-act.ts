// One write at a time: busy while it runs, a sentence when it fails.
import { useCallback, useState } from 'react';
import { useTell } from './tell.js';

/** `act` gives true when the write went through. */
export function useAct(): { busy: boolean; act: (write: () => Promise<unknown>) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const tell = useTell();
  const act = useCallback(
    async (write: () => Promise<unknown>) => {
      setBusy(true);
      try {
        await write();
        return true;
      } catch (error) {
        tell.failed(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [tell],
  );
  return { busy, act };
}
