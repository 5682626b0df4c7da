// Keeps the log at its end while the person is there, and leaves it alone while they read further up.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getState, setState } from './store.js';
import type { State } from './store.js';

/** Pixels from the end that still count as being there. */
const near = 90;

export interface AtEnd {
  box: { current: HTMLDivElement | null };
  /** Something new came below while the person reads further up. */
  behind: boolean;
  toEnd: () => void;
}

export function useStayAtEnd({ messages, pending, typing, shown }: State): AtEnd {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const toEnd = (): void => {
    if (box.current === null) return;
    box.current.scrollTop = box.current.scrollHeight;
    atEnd.current = true;
    setBehind(false);
  };
  useEffect(() => {
    const follow = (): void => (atEnd.current ? toEnd() : undefined);
    return box.current === null
      ? undefined
      : watch(box.current, follow, (there) => {
          atEnd.current = there;
          if (there) setBehind(false);
        });
  }, []);
  const own = pending.at(-1)?.id;
  useLayoutEffect(() => {
    if (own !== undefined) toEnd();
  }, [own]);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else if (getState().messages.at(-1)?.from !== 'person') setBehind(true);
  }, [messages, typing]);
  useEffect(() => {
    if (shown && !document.hidden) setState({ seen: messages.at(-1)?.seq ?? 0 });
  }, [shown, messages]);
  return { box, behind, toEnd };
}

/** `follow` after the log or a picture in it changed its size, `place` when it was scrolled. */
function watch(log: HTMLElement, follow: () => void, place: (atEnd: boolean) => void): () => void {
  const sizes = new ResizeObserver(follow);
  log.addEventListener('scroll', () => place(log.scrollHeight - log.scrollTop - log.clientHeight < near), {
    passive: true,
  });
  log.addEventListener('load', follow, true);
  sizes.observe(log);
  return () => sizes.disconnect();
}
