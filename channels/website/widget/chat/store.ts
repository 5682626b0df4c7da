// The one state of the page, and the hook that reads it.
import { useEffect, useState } from 'preact/hooks';
import type { Message, Pending } from './model.js';
import { storage } from './storage.js';

export type Notice = 'ended' | 'forgotten';

export interface State {
  language: string;
  messages: Message[];
  pending: Pending[];
  /** `loading`: an earlier conversation is being fetched. */
  line: 'idle' | 'loading' | 'online' | 'offline';
  typing: boolean;
  /** A key under `widget.notice.` shown above the field until something is sent. */
  notice: Notice | null;
  /** The page can be seen (the frame is open). */
  shown: boolean;
  /** Highest `seq` that the person has had before the eyes. */
  seen: number;
}

let state: State = {
  language: 'ar',
  messages: [],
  pending: [],
  line: 'idle',
  typing: false,
  notice: storage.ended() ? 'ended' : null,
  shown: true,
  seen: 0,
};
const listeners = new Set<(state: State) => void>();

export const getState = (): State => state;

export function setState(change: Partial<State>): void {
  state = { ...state, ...change };
  listeners.forEach((listener) => listener(state));
}

/** What is on its way survives a reload. */
export function setPending(pending: Pending[]): void {
  setState({ pending });
  storage.keepOutbox(pending.map(({ progress: _progress, ...one }) => one));
}

/** That a conversation ended is told until something is sent, also after a reload. */
export function setNotice(notice: Notice | null): void {
  setState({ notice });
  storage.keepEnded(notice === 'ended');
}

export function onState(listener: (state: State) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useStore(): State {
  const [current, setCurrent] = useState(state);
  useEffect(() => onState(setCurrent), []);
  return current;
}
