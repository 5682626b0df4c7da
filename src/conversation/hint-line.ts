// Carries hints between processes. While those of others may be lost, everybody here looks for themselves, and once more afterwards.
import type { Queue } from '../queue/contract.js';
import type { Hint, HintKind, Hints } from './hints.js';

/** How often a process says something, to learn whether it is heard, and how often it looks for itself when it is not; milliseconds. */
const BEAT = 2_000;
const LOOK = 4_000;

const KINDS: ReadonlySet<string> = new Set<HintKind>([
  ...(['conversation', 'case', 'notice', 'entry', 'questions', 'arrived', 'erased'] as const),
]);

export interface HintLineOptions {
  queue: Pick<Queue, 'tell' | 'hear'>;
  /** This process among the others. */
  owner: string;
  log: (event: string) => void;
}

export class HintLine {
  private hints: Hints | undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private hears = true;
  private silence: () => void = () => undefined;

  constructor(private readonly options: HintLineOptions) {}

  /** Takes a hint of this process to the others. */
  tell({ kind, id }: Hint): void {
    this.options.queue.tell(`${this.options.owner} ${kind} ${id}`);
  }

  /** Gives what others tell to the readers of this process. */
  start(hints: Hints): void {
    this.hints = hints;
    const { queue, owner } = this.options;
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
    if (from === this.options.owner || !KINDS.has(kind)) return;
    this.hints?.heard({ kind: kind as HintKind, id: rest.join(' ') });
  }

  private turn(hears: boolean): void {
    this.hears = hears;
    this.options.log(hears ? 'hints.back' : 'hints.deaf');
    this.hints?.lost();
  }

  private every(ms: number, work: () => void): void {
    const timer = setInterval(work, ms);
    timer.unref();
    this.timers.push(timer);
  }
}
