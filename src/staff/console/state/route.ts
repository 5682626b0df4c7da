// Where the console stands: its address in the browser, so that back, reload and a link work.
import { useMemo, useSyncExternalStore } from 'react';
import type { RegisterName } from '../api/types.js';

export type Place =
  | { at: 'inbox'; id: string | null }
  | { at: 'cases' }
  | { at: 'case'; number: string }
  | { at: 'desk'; register: RegisterName }
  | { at: 'entry' | 'receipt'; id: string }
  /** `new`: one that is yet to be written. */
  | { at: 'article'; id: string }
  | { at: 'questions' | 'articles' | 'ratings' | 'people' | 'channels' | 'audit' | 'lanes' | 'me' | 'more' };

const BASE = '/staff';
const registers: readonly RegisterName[] = ['visits', 'calls', 'incoming', 'outgoing'];
const PLAIN = ['questions', 'articles', 'ratings', 'people', 'channels', 'audit', 'lanes', 'me', 'more'] as const;
const listeners = new Set<() => void>();

export function usePlace(): Place {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return useMemo(() => placeOf(path), [path]);
}

export function go(place: Place): void {
  const path = pathOf(place);
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  listeners.forEach((listener) => listener());
}

export function pathOf(place: Place): string {
  if (place.at === 'inbox') return place.id === null ? `${BASE}/` : `${BASE}/conversations/${place.id}`;
  if (place.at === 'case') return `${BASE}/cases/${place.number}`;
  if (place.at === 'desk') return `${BASE}/desk/${place.register}`;
  if (place.at === 'entry') return `${BASE}/entries/${place.id}`;
  if (place.at === 'receipt') return `${BASE}/entries/${place.id}/receipt`;
  if (place.at === 'article') return `${BASE}/articles/${place.id}`;
  return `${BASE}/${place.at}`;
}

function placeOf(path: string): Place {
  const [, , first = '', second = '', third = ''] = path.split('/');
  if (first === 'conversations' && second !== '') return { at: 'inbox', id: second };
  if (first === 'cases') return second === '' ? { at: 'cases' } : { at: 'case', number: second };
  if (first === 'desk') return { at: 'desk', register: registers.find((one) => one === second) ?? 'visits' };
  if (first === 'entries' && second !== '') return { at: third === 'receipt' ? third : 'entry', id: second };
  if (first === 'articles' && second !== '') return { at: 'article', id: second };
  const plain = PLAIN.find((one) => one === first);
  if (plain) return { at: plain };
  return { at: 'inbox', id: null };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}
