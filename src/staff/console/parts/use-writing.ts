// Words that are sent once: kept until they went through, under one id for as long as they stay the same.
import { useRef, useState } from 'react';
import { newClientId } from '../api/client.js';
import { useAct } from './use-act.js';

/** As the desk takes them, in UTF-16 units. */
export const MOST_WORDS = 4000;

export interface Writing {
  text: string;
  write: (text: string) => void;
  busy: boolean;
  empty: boolean;
  /** Gives true when the words went through; the box is empty then. */
  send: () => Promise<boolean>;
}

/**
 * A try whose answer was lost may have arrived: the same words keep their id, so that trying again is never a double. Other words are another
 * message. `keep` is told of every change; `along` says that something goes with the words, which may be missing then.
 */
export function useWriting(
  post: (text: string, clientId: string) => Promise<unknown>,
  first = '',
  keep?: (text: string) => void,
  along = false,
): Writing {
  const [text, setText] = useState(first);
  const { busy, act } = useAct();
  const clientId = useRef(newClientId());
  const write = (next: string) => {
    clientId.current = newClientId();
    keep?.(next);
    setText(next);
  };
  const empty = text.trim() === '' && !along;
  const send = async () => {
    if (empty || busy) return false;
    const done = await act(() => post(text, clientId.current));
    if (done) write('');
    return done;
  };
  return { text, write, busy, empty, send };
}
