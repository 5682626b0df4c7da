// Short words at the edge of the screen after something was done, or could not be.
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { faultOf } from '../api/client.js';
import { useSay } from '../words/language.js';

export interface Tell {
  done: (key: string) => void;
  failed: (error: unknown) => void;
}

export function useTell(): Tell {
  const say = useSay();
  return useMemo(
    () => ({
      done: (key) => void notifications.show({ message: say(key), color: 'sila', autoClose: 3_000 }),
      failed: (error) =>
        void notifications.show({ message: say(`console.error.${faultOf(error)}`), color: 'red', autoClose: 7_000 }),
    }),
    [say],
  );
}
