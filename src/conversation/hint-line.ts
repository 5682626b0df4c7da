// Carries hints between processes. While those of others may be lost, everybody here looks for themselves, and once more afterwards.
import type { Queue } from '../queue/contract.js';
import type { HintKind, Hints } from './hints.js';

/** How often a process says something, to learn whether it is heard, and how often it looks for itself when it is not; milliseconds. */
const BEAT = 2_000;
const LOOK = 4_000;

const KINDS: ReadonlySet<string> = new Set<HintKind>([
  ...(['conversation', 'case', 'notice', 'entry', 'questions', 'channel', 'arrived', 'sending', 'erased'] as const),
]);

export interface HintLineNeeds {
  queue: Pick<Queue, 'tell' | 'hear'>;
  hints: Hints;
  /** This process among the others. */
  owner: string;
  log: (event: string) => void;
}

export class HintLine {
  private readonly timers: NodeJS.Timeout[] = [];
  private hears = true;
  private silence: () => void = () => undefined;

  constructor(private readonly needs: HintLineNeeds) {}

  /** Takes the hints of this process to the others, and gives what they tell to the readers here. */
  start(): void {
    const { queue, hints, owner } = this.needs;
    hints.carry(({ kind, id }) => queue.tell(`${owner} ${kind} ${id}`));
    this.silence = queue.hear(
      (told) => this.heard(told),
      (hears) => this.turn(hears),
    );
    this.every(BEAT, () => queue.tell(`${owner} beat`));
    this.every(LOOK, () => this.hears || hints.lost());
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.silence();
  }

  private heard(told: string): void {
    const [from = '', kind = '', ...rest] = told.split(' ');
    if (from === this.needs.owner || !KINDS.has(kind)) return;
    this.needs.hints.heard({ kind: kind as HintKind, id: rest.join(' ') });
  }

  private turn(hears: boolean): void {
    this.hears = hears;
    this.needs.log(hears ? 'hints.back' : 'hints.deaf');
    this.needs.hints.lost();
  }

  private every(ms: number, work: () => void): void {
    const timer = setInterval(work, ms);
    timer.unref();
    this.timers.push(timer);
  }
}
