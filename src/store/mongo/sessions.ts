/** The sessions in which a process's transactions run: as many as may run at once, each known by its id before it is used. */
import type { ClientSession, Connection } from 'mongoose';
import { Gate } from './gate.js';

export class Sessions {
  readonly #connection: Connection;
  readonly #gate: Gate;
  readonly #all: Set<ClientSession>;
  readonly #free: ClientSession[];

  constructor(connection: Connection, most: number) {
    this.#connection = connection;
    this.#gate = new Gate(most);
    this.#free = Array.from({ length: most }, () => connection.getClient().startSession());
    this.#all = new Set(this.#free);
  }

  get ids(): string[] {
    return [...this.#all].flatMap(({ id }) => (id ? [id.id.toUUID().toString()] : []));
  }

  /** Lends a session for as long as the work takes; who finds none waits for one. */
  use<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    return this.#gate.through(async () => {
      const free = this.#free.pop();
      if (!free) throw new Error('More are at work than there are sessions.');
      const session = free.hasEnded ? this.#inPlaceOf(free) : free;
      try {
        return await work(session);
      } finally {
        this.#free.push(session);
      }
    });
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all].map((session) => session.endSession()));
  }

  /** A connection that is opened anew (look-after.ts) ends the sessions that it had. */
  #inPlaceOf(ended: ClientSession): ClientSession {
    const session = this.#connection.getClient().startSession();
    this.#all.delete(ended);
    this.#all.add(session);
    return session;
  }
}
