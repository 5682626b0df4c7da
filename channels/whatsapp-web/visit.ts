// One browser from its opening to its end: the code to scan, what people write, what became of what we sent.
import type { SessionState, StatusReport } from '../channel.js';
import { sendErrors } from '../common/send-errors.js';
import { Intake } from './intake.js';
import { caps, limits } from './limits.js';
import type { Line } from './line.js';
import type { Ending } from './lost.js';
import { Pulse } from './pulse.js';
import type { Way } from './sending.js';
import type { SessionNeeds } from './session.js';
import type { LineEvent } from './wire.js';

export class Visit {
  way: Way = 'away';
  private intake: Intake | null = null;
  private pulse: Pulse | null = null;
  private onSince: number | null = null;
  private idle: NodeJS.Timeout | undefined;
  private readonly over = new AbortController();
  private finish: (why: Ending) => void = () => undefined;

  constructor(
    private readonly needs: SessionNeeds,
    private readonly show: (state: Omit<SessionState, 'since' | 'why'>) => void,
  ) {}

  /** Resolves when the browser is gone. `stayed`: it was on for a while. */
  async stay(signal: AbortSignal): Promise<{ why: Ending; stayed: boolean }> {
    const ended = new Promise<Ending>((resolve) => (this.finish = resolve));
    const stop = () => this.end('stopped');
    signal.addEventListener('abort', stop, { once: true });
    // A page that never comes up says nothing either.
    this.idle = setTimeout(() => this.end('BROKEN'), caps.opens);
    const line = this.needs.openLine(this.needs.opening, (event) => this.heard(line, event));
    const why = await ended;
    signal.removeEventListener('abort', stop);
    clearTimeout(this.idle);
    this.over.abort();
    this.way = 'away';
    await line.close();
    const stayed = this.onSince !== null && this.needs.host.now() - this.onSince >= caps.stays;
    return { why, stayed };
  }

  end(why: Ending): void {
    this.finish(why);
  }

  private heard(line: Line, event: LineEvent): void | Promise<void> {
    switch (event.event) {
      case 'qr':
        return this.pair(event.code);
      case 'ready':
        return this.begin(line, event.number);
      case 'ack':
        return this.settle(event);
      case 'lost':
        return this.end(event.why);
      default:
        // Before we are ready nothing is lost: it is found among the recent chats.
        return this.intake?.hear(event);
    }
  }

  private pair(text: string): void {
    this.way = 'ended';
    this.show({ state: 'pairing', code: { text, until: this.needs.host.now() + caps.codeShown } });
    clearTimeout(this.idle);
    // WhatsApp stops making codes when nobody scans them.
    this.idle = setTimeout(() => this.end('idle'), caps.codeShown);
  }

  private begin(line: Line, number: string): void {
    const { host, memory } = this.needs;
    clearTimeout(this.idle);
    const digits = number.split('@', 1)[0] ?? '';
    const account = `${limits.channel}:${digits}`;
    const ours = memory.answersSince(account, host.now());
    this.onSince = host.now();
    this.way = { line, account };
    this.showOn(digits);
    this.pulse ??= this.watch(line, digits);
    this.intake = new Intake(this.needs, line, account, ours, this.over.signal);
    void this.intake.look();
  }

  private showOn(number: string): void {
    this.show({ state: 'on', number });
    this.needs.host.log('whatsapp_web.on');
  }

  private watch(line: Line, number: string): Pulse {
    const { host } = this.needs;
    const cutOff = () => {
      host.log('whatsapp_web.cut_off');
      this.show({ state: 'lost', number });
      host.trouble().catch(() => host.log('notice.lost'));
    };
    const felt = { gone: () => this.end('BROKEN'), cutOff, back: () => this.showOn(number) };
    return new Pulse(line, felt, this.over.signal);
  }

  private settle({ id, ack }: Extract<LineEvent, { event: 'ack' }>): void {
    const { host } = this.needs;
    const state = states.get(ack);
    if (typeof this.way === 'string' || !state || !id.startsWith('true_')) return;
    const report: StatusReport = {
      account: this.way.account,
      providerId: id,
      state,
      at: host.now(),
      ...(state === 'failed' && { error: { ...sendErrors.refused, retry: false } }),
    };
    // Nothing depends on it: the message itself is noted as sent.
    host.status(report).catch(() => host.log('whatsapp_web.status_lost'));
  }
}

/** The library's numbers: https://docs.wwebjs.dev/global.html#MessageAck */
const states: ReadonlyMap<number, StatusReport['state']> = new Map([
  [-1, 'failed'],
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'read'],
  [4, 'read'],
]);
