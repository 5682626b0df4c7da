// The way out of each account: a place to send in, its pace and its circuit, so that one account's trouble stays its own.
import type { ChannelRate } from '../../channels/channel.js';
import { Circuit } from './circuit.js';
import { Pace, type Beat } from './pace.js';

/** `go`: a place is taken, `leave` gives it back. A number: come again in so many milliseconds. `called`: you will be called. */
export type Entry = 'go' | 'called' | number;

export interface Ended {
  outcome: 'fine' | 'down';
  /** The provider's own wish for the whole account, in milliseconds. */
  pause: number;
}

interface Outlet {
  inFlight: number;
  /** Conversations that found no place, first come first. */
  readonly waiting: Set<string>;
}

export class Outlets {
  private readonly circuit = new Circuit();
  private readonly pace = new Pace();
  private readonly outlets = new Map<string, Outlet>();

  /** `call` lets a conversation come again after so many milliseconds. */
  constructor(private readonly call: (conversation: string, delay: number) => void) {}

  enter(account: string, conversation: string, rate: ChannelRate | undefined, now: number): Entry {
    const wait = Math.max(
      this.circuit.wait(account, now),
      rate ? this.pace.wait(`person ${conversation}`, rate.person, now) : 0,
    );
    if (wait > 0) return wait;
    const outlet = this.outlet(account);
    const beat = this.beatWait(account, rate, now);
    // With nobody under way there is nobody who would call.
    if (beat > 0 && outlet.inFlight === 0) return beat;
    if (beat > 0 || outlet.inFlight >= this.circuit.most(account)) {
      outlet.waiting.add(conversation);
      return 'called';
    }
    outlet.waiting.delete(conversation);
    outlet.inFlight += 1;
    return 'go';
  }

  /** Counts a message that is being sent now. */
  sending(account: string, conversation: string, rate: ChannelRate | undefined, now: number): void {
    if (!rate) return;
    this.pace.take(`person ${conversation}`, rate.person, now);
    this.pace.take(`account ${account}`, beatOf(rate), now);
  }

  /** Another process is sending to this person: all of them share one pace. */
  sendingElsewhere(conversation: string, rate: ChannelRate, now: number): void {
    this.pace.take(`person ${conversation}`, rate.person, now);
  }

  /** Gives the place back; `ended` is missing when there was nothing to send. True when the account goes to rest just now. */
  leave(account: string, rate: ChannelRate | undefined, now: number, ended?: Ended): boolean {
    const outlet = this.outlet(account);
    outlet.inFlight -= 1;
    const rests = ended !== undefined && this.circuit.ended(account, ended.outcome, now, ended.pause);
    const rest = this.circuit.wait(account, now);
    // After a rest all come by themselves; otherwise only as many as there are places.
    const calls = rest > 0 ? outlet.waiting.size : this.circuit.most(account) - outlet.inFlight;
    const delay = Math.max(rest, this.beatWait(account, rate, now));
    for (const conversation of [...outlet.waiting].slice(0, Math.max(0, calls))) {
      outlet.waiting.delete(conversation);
      this.call(conversation, delay);
    }
    return rests;
  }

  /** Accounts that failed so often that they are tried with one send at a time. */
  resting(): string[] {
    return [...this.outlets.keys()].filter((account) => this.circuit.rests(account));
  }

  private beatWait(account: string, rate: ChannelRate | undefined, now: number): number {
    return rate ? this.pace.wait(`account ${account}`, beatOf(rate), now) : 0;
  }

  private outlet(account: string): Outlet {
    const known = this.outlets.get(account) ?? { inFlight: 0, waiting: new Set() };
    this.outlets.set(account, known);
    return known;
  }
}

/** A quarter of a second's messages at once: so a burst and what follows stay below the second's number. */
export function beatOf({ perSecond }: ChannelRate): Beat {
  return { burst: Math.max(1, Math.floor(perSecond / 4)), every: 1_000 / perSecond };
}
