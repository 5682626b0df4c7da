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
  return useMemo(() => {
    const show = (key: string, color: string, autoClose: number) =>
      void notifications.show({
        message: say(key),
        color,
        autoClose,
        closeButtonProps: { 'aria-label': say('console.close') },
      });
    return {
      done: (key) => show(key, 'sila', 3_000),
      failed: (error) => show(`console.error.${faultOf(error)}`, 'red', 7_000),
    };
  }, [say]);
}
