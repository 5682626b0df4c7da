// In-process hints that something may have changed: they carry ids only and may be lost, readers look in the store.
export type HintKind = 'conversation' | 'case' | 'notice' | 'entry' | 'questions' | 'arrived';

export interface Hint {
  kind: HintKind;
  /** Id of the conversation, case, notice or register entry, `all` for questions; for `arrived` the address key of a person's first message. */
  id: string;
}

export class Hints {
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly watchers = new Set<(hint: Hint) => void>();

  give(kind: HintKind, id: string): void {
    for (const listener of this.listeners.get(`${kind} ${id}`) ?? []) listener();
    for (const watcher of this.watchers) watcher({ kind, id });
  }

  /** Listens for one thing; returns the unsubscribe function. */
  on(kind: HintKind, id: string, listener: () => void): () => void {
    const key = `${kind} ${id}`;
    const set = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.listeners.get(key) === set) this.listeners.delete(key);
    };
  }

  /** Listens for everything; returns the unsubscribe function. */
  watch(watcher: (hint: Hint) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}
