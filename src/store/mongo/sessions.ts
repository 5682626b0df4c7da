/** The sessions in which a process's transactions run: as many as may run at once, known by their ids from the start. */
import type { ClientSession, Connection } from 'mongoose';
import { Gate } from './gate.js';

export class Sessions {
  readonly #gate: Gate;
  readonly #all: readonly ClientSession[];
  readonly #free: ClientSession[];

  constructor(connection: Connection, most: number) {
    this.#gate = new Gate(most);
    this.#all = Array.from({ length: most }, () => connection.getClient().startSession());
    this.#free = [...this.#all];
  }

  get ids(): string[] {
    return this.#all.flatMap(({ id }) => (id ? [id.id.toUUID().toString()] : []));
  }

  /** Lends a session for as long as the work takes; who finds none waits for one. */
  use<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    return this.#gate.through(async () => {
      const session = this.#free.pop();
      if (!session) throw new Error('More are at work than there are sessions.');
      try {
        return await work(session);
      } finally {
        this.#free.push(session);
      }
    });
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map((session) => session.endSession()));
  }
}
