// What this device remembers: the tokens, the language, what was not sent yet, that a conversation ended. Never the conversation itself.
import type { Pending } from './model.js';

export interface Session {
  conversation: string;
  token: string;
  /** UTC milliseconds of this device's clock. */
  expires: number;
  resume: string;
}

const memory = new Map<string, string>();

/** localStorage, or memory where a browser forbids it inside frames. */
function get(key: string): string | null {
  try {
    return localStorage.getItem(`sila.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

function set(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`sila.${key}`);
    else localStorage.setItem(`sila.${key}`, value);
  } catch {
    if (value === null) memory.delete(key);
    else memory.set(key, value);
  }
}

/** What this page itself wrote; null when there is nothing, or nothing readable. */
function read(key: string): unknown {
  try {
    return JSON.parse(get(key) ?? 'null');
  } catch {
    return null;
  }
}

export const storage = {
  session: (): Session | null => read('session') as Session | null,
  keepSession: (session: Session | null): void => set('session', session === null ? null : JSON.stringify(session)),
  language: (): string | null => get('language'),
  keepLanguage: (language: string): void => set('language', language),
  /** The conversation ended and the person was told; true until they send something. */
  ended: (): boolean => get('ended') !== null,
  keepEnded: (ended: boolean): void => set('ended', ended ? '1' : null),
  outbox: (): Pending[] => (read('outbox') as Pending[] | null) ?? [],
  keepOutbox: (pending: Pending[]): void => set('outbox', pending.length === 0 ? null : JSON.stringify(pending)),
};

/** The bytes of files that wait to be sent, by pending id and place; localStorage is too small for them. */
export const blobs = {
  put: (id: string, files: Blob[]): Promise<void> => change((store) => void store.put(files, id)),
  remove: (id: string): Promise<void> => change((store) => store.delete(id)),
  clear: (): Promise<void> => change((store) => store.clear()),
  async get(id: string): Promise<Blob[] | null> {
    const kept = held.get(id);
    if (kept !== undefined) return kept;
    const db = await open();
    if (db === null) return null;
    return new Promise((resolve) => {
      const request = db.transaction('files').objectStore('files').get(id);
      request.onsuccess = () => resolve((request.result as Blob[] | undefined) ?? null);
      request.onerror = () => resolve(null);
    });
  },
  /** Kept in memory too, so that a browser without IndexedDB can send at least until the reload. */
  hold: (id: string, files: Blob[]): void => void held.set(id, files),
  release: (id: string): void => void held.delete(id),
};

const held = new Map<string, Blob[]>();
let opened: Promise<IDBDatabase | null> | undefined;

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open('sila', 1);
      request.onupgradeneeded = () => void request.result.createObjectStore('files');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

async function change(act: (store: IDBObjectStore) => void): Promise<void> {
  const db = await open();
  if (db === null) return;
  await new Promise<void>((resolve) => {
    const transaction = db.transaction('files', 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => resolve();
    transaction.onabort = () => resolve();
    act(transaction.objectStore('files'));
  });
}
