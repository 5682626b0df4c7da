/** So many within so much time: counts in windows that begin with the first one. */
import type { Lane } from './contract.js';

export class Rate {
  readonly #rate: NonNullable<Lane['rate']>;
  readonly #open: () => void;
  #taken = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `open` is called when there is room again after a refusal. */
  constructor(rate: NonNullable<Lane['rate']>, open: () => void) {
    this.#rate = rate;
    this.#open = open;
  }

  /** False: no more in this window. */
  take(): boolean {
    if (this.#taken >= this.#rate.most) return false;
    this.#taken += 1;
    this.#timer ??= setTimeout(() => this.#renew(), this.#rate.per).unref();
    return true;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #renew(): void {
    const full = this.#taken >= this.#rate.most;
    this.#taken = 0;
    this.#timer = undefined;
    if (full) this.#open();
  }
}
