// Holds the session: one process at a time, opened again whenever it ends, and staff are told when that needs them.
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { ChannelHost, SessionState } from '../channel.js';
import { caps } from './limits.js';
import type { OpenLine } from './line.js';
import { isUnpaired, tellsStaff, waitOf, type Ending } from './lost.js';
import type { Memory } from './memory.js';
import type { Receiving } from './receiving.js';
import type { Way } from './sending.js';
import { Visit } from './visit.js';
import type { Opening } from './wire.js';

export interface SessionNeeds {
  host: ChannelHost;
  opening: Opening;
  openLine: OpenLine;
  memory: Memory;
  receiving: Receiving;
  /** Resolves after so many milliseconds, or when the signal says so. */
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The name of its lease: an installation has one session. */
const LEASE = 'session';

const stateShape = z.object({
  state: z.enum(['starting', 'pairing', 'on', 'lost']),
  since: z.number(),
  code: z.object({ text: z.string(), until: z.number() }).optional(),
  number: z.string().optional(),
  why: z.string().optional(),
});

/** What the process that holds it shows to all; null: none does. */
export async function sharedState(host: Pick<ChannelHost, 'shared'>): Promise<SessionState | null> {
  const words = await host.shared();
  if (words === null) return null;
  const { state, since, code, number, why } = stateShape.parse(JSON.parse(words));
  return {
    state,
    since,
    ...(code && { code }),
    ...(number !== undefined && { number }),
    ...(why !== undefined && { why }),
  };
}

export class Session {
  private held = false;
  private visit: Visit | null = null;
  private shown: SessionState | null = null;
  private why: Ending | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly needs: SessionNeeds) {}

  /** `ended`: somebody must pair the phone. */
  way(): Way {
    return this.visit?.way ?? (this.why !== undefined && isUnpaired(this.why) ? 'ended' : 'away');
  }

  holds(): boolean {
    return this.held;
  }

  onHeld(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Until the signal; resolves when the browser is gone and the lease is given back. */
  async run(signal: AbortSignal): Promise<void> {
    const { host, pause } = this.needs;
    const beat = setInterval(() => void this.beat(), caps.lease / 3);
    await this.makeRoom();
    let [failures, last]: [number, Ending | null] = [0, null];
    while (!signal.aborted) {
      if (!(await this.hold())) {
        await pause(caps.lease / 4, signal);
        continue;
      }
      const { why, stayed } = await this.open(signal);
      const again = (why === 'idle') === (last === 'idle');
      failures = stayed ? 0 : again ? failures + 1 : 1;
      last = why;
      await this.lost(why, failures);
      if (why !== 'stopped' && why !== 'lease') await pause(waitOf(why, failures), signal);
    }
    clearInterval(beat);
    this.held = false;
    await host.releaseReceiver(LEASE).catch(() => host.log('whatsapp_web.lease_kept'));
  }

  /** Nobody else on this machine looks into it: what the browser keeps there is not sealed. */
  private async makeRoom(): Promise<void> {
    const { opening, host } = this.needs;
    const folder = dirname(opening.folder);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
    } catch {
      // The browser will say so by not staying.
      host.log('whatsapp_web.no_room');
    }
  }

  private async open(signal: AbortSignal): ReturnType<Visit['stay']> {
    this.show({ state: 'starting' });
    const visit = new Visit(this.needs, (more) => this.show(more));
    this.visit = visit;
    try {
      return await visit.stay(signal);
    } finally {
      this.visit = null;
    }
  }

  private async lost(why: Ending, failures: number): Promise<void> {
    const { host, opening } = this.needs;
    host.log('whatsapp_web.ended', { why, failures });
    if (why === 'stopped' || why === 'idle') return;
    this.why = why;
    if (why === 'lease') return;
    this.show({ state: 'lost' });
    if (isUnpaired(why))
      await rm(opening.folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
    if (tellsStaff(why, failures)) await host.trouble().catch(() => host.log('notice.lost'));
  }

  /** Keeps what is held and shown; what another process has is let go of. */
  private async beat(): Promise<void> {
    if (!this.held) return;
    if (!(await this.hold())) this.visit?.end('lease');
    else if (this.shown) this.share(this.shown);
  }

  /** A store that is away gives it to nobody else. */
  private async hold(): Promise<boolean> {
    const before = this.held;
    this.held = await this.needs.host.holdReceiver(LEASE, caps.lease).catch(() => before);
    if (this.held && !before) for (const listener of this.listeners) listener();
    return this.held;
  }

  private show(more: Omit<SessionState, 'since' | 'why'>): void {
    const since = this.shown?.state === more.state ? this.shown.since : this.needs.host.now();
    if (more.state === 'on') this.why = undefined;
    this.shown = { ...more, since, ...(this.why !== undefined && { why: this.why }) };
    this.share(this.shown);
  }

  private share(state: SessionState): void {
    const { host } = this.needs;
    host.share(JSON.stringify(state), caps.lease).catch(() => host.log('whatsapp_web.not_shown'));
  }
}
