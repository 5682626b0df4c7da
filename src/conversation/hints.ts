// Hints that something may have changed: they carry ids only and may be lost, readers look in the store.
export type HintKind =
  | 'conversation'
  | 'case'
  | 'notice'
  | 'entry'
  | 'questions'
  /** The name of a channel whose session stands otherwise. */
  | 'channel'
  /** The address key of a person's first message. */
  | 'arrived'
  /** Conversation and channel over which another process is sending: it counts for the person's pace. */
  | 'sending'
  /** The subject whose key was destroyed. */
  | 'erased'
  /** Hints were lost: anything may have changed. */
  | 'again';

export interface Hint {
  kind: HintKind;
  /** Id of the conversation, case, notice or register entry; `all` where there is none. */
  id: string;
}

export class Hints {
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly watchers = new Set<(hint: Hint) => void>();
  private outside: (hint: Hint) => void = () => undefined;

  /** Who takes hints of this process to others. */
  carry(outside: (hint: Hint) => void): void {
    this.outside = outside;
  }

  /** Tells everybody, here and in other processes. */
  give(kind: HintKind, id: string): void {
    this.heard({ kind, id });
    this.outside({ kind, id });
  }

  /** Tells other processes what is known here. */
  tell(kind: HintKind, id: string): void {
    this.outside({ kind, id });
  }

  /** Tells everybody here what another process told. */
  heard(hint: Hint): void {
    for (const listener of this.listeners.get(`${hint.kind} ${hint.id}`) ?? []) listener();
    for (const watcher of this.watchers) watcher(hint);
  }

  /** Hints of other processes were lost: everybody here looks for themselves. */
  lost(): void {
    for (const listeners of [...this.listeners.values()]) for (const listener of listeners) listener();
    for (const watcher of this.watchers) watcher({ kind: 'again', id: 'all' });
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
