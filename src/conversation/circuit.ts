// Holds back sends to an account whose provider is down or wants peace, so that one account's trouble stays its own.

interface State {
  failures: number;
  openUntil: number;
  inFlight: number;
}

/** Failures in a row after which an account rests, how long, and how many sends an account has under way at most. */
export const CIRCUIT = { failures: 5, restMs: 30_000, inFlight: 32 } as const;

export class Circuit {
  private readonly accounts = new Map<string, State>();

  /** Milliseconds until a send may be tried; 0: now. */
  wait(account: string, now: number): number {
    const state = this.state(account);
    if (state.openUntil > now) return state.openUntil - now;
    return state.inFlight >= CIRCUIT.inFlight ? BUSY_WAIT : 0;
  }

  began(account: string): void {
    this.state(account).inFlight += 1;
  }

  /** `pauseMs`: the provider's own wish for the whole account. */
  ended(account: string, outcome: 'fine' | 'down', now: number, pauseMs = 0): void {
    const state = this.state(account);
    state.inFlight -= 1;
    state.failures = outcome === 'fine' ? 0 : state.failures + 1;
    const rest = state.failures >= CIRCUIT.failures ? CIRCUIT.restMs : 0;
    state.openUntil = Math.max(state.openUntil, now + Math.max(rest, pauseMs));
  }

  private state(account: string): State {
    const known = this.accounts.get(account) ?? { failures: 0, openUntil: 0, inFlight: 0 };
    this.accounts.set(account, known);
    return known;
  }
}

const BUSY_WAIT = 50;
