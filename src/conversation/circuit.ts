// Rests an account whose provider is down or wants peace, and then tries it with one send before the others follow.

interface State {
  failures: number;
  openUntil: number;
}

/** Failures in a row after which an account rests, how long, and how many sends an account has under way at most. */
export const CIRCUIT = { failures: 5, restMs: 30_000, inFlight: 16 } as const;

export class Circuit {
  private readonly accounts = new Map<string, State>();

  /** Milliseconds until a send may be tried; 0: now. */
  wait(account: string, now: number): number {
    return Math.max(0, this.state(account).openUntil - now);
  }

  /** After failures in a row, until a send succeeds. */
  rests(account: string): boolean {
    return this.state(account).failures >= CIRCUIT.failures;
  }

  /** How many sends may be under way: one while nobody knows whether the provider is back. */
  most(account: string): number {
    return this.rests(account) ? 1 : CIRCUIT.inFlight;
  }

  /** `pauseMs`: the provider's own wish for the whole account. True when the account goes to rest just now. */
  ended(account: string, outcome: 'fine' | 'down', now: number, pauseMs = 0): boolean {
    const state = this.state(account);
    state.failures = outcome === 'fine' ? 0 : state.failures + 1;
    const rest = state.failures >= CIRCUIT.failures ? CIRCUIT.restMs : 0;
    state.openUntil = Math.max(state.openUntil, now + Math.max(rest, pauseMs));
    return outcome === 'down' && state.failures === CIRCUIT.failures;
  }

  private state(account: string): State {
    const known = this.accounts.get(account) ?? { failures: 0, openUntil: 0 };
    this.accounts.set(account, known);
    return known;
  }
}
