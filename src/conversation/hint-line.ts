// Carries hints between processes, and knows when it is deaf: then everybody here looks for themselves until it hears again.
import type { Queue } from '../queue/contract.js';
import type { Hint, HintKind, Hints } from './hints.js';

/** How often a process calls to hear itself, and how often it looks for itself while it cannot; milliseconds. */
export const LINE = { beat: 2_000, deafAfter: 5_000, look: 5_000 } as const;

const KINDS: ReadonlySet<string> = new Set<HintKind>([
  'conversation',
  'case',
  'notice',
  'entry',
  'questions',
  'arrived',
  'erased',
]);
const BEAT = 'beat';

export interface HintLineOptions {
  queue: Pick<Queue, 'tell' | 'hear'>;
  /** This process among the others. */
  owner: string;
  /** A clock that nobody sets, in milliseconds. */
  clock: () => number;
  log: (event: string) => void;
}

export class HintLine {
  private hints: Hints | undefined;
  private heardAt: number;
  private lookedAt = 0;
  private deaf = false;
  private timer: NodeJS.Timeout | undefined;
  private silence: () => void = () => undefined;

  constructor(private readonly options: HintLineOptions) {
    this.heardAt = options.clock();
  }

  /** Takes a hint of this process to the others. */
  tell({ kind, id }: Hint): void {
    this.options.queue.tell(`${this.options.owner} ${kind} ${id}`);
  }

  /** Gives what others tell to the readers of this process. `every`: null for a process that is alone. */
  start(hints: Hints, every: number | null = LINE.beat): void {
    this.hints = hints;
    this.silence = this.options.queue.hear((told) => this.hear(told));
    if (every === null) return;
    this.timer = setInterval(() => this.beat(), every);
    this.timer.unref();
    this.beat();
  }

  stop(): void {
    clearInterval(this.timer);
    this.silence();
  }

  /** Calls, and while nothing was heard for long, lets everybody look for themselves. */
  beat(): void {
    const { queue, owner, clock, log } = this.options;
    queue.tell(`${owner} ${BEAT}`);
    const now = clock();
    if (now - this.heardAt <= LINE.deafAfter) return;
    if (!this.deaf) log('hints.deaf');
    this.deaf = true;
    if (now - this.lookedAt < LINE.look) return;
    this.lookedAt = now;
    this.hints?.lost();
  }

  private hear(told: string): void {
    const [from = '', kind = '', ...rest] = told.split(' ');
    if (from === this.options.owner) return this.heardItself();
    if (KINDS.has(kind)) this.hints?.heard({ kind: kind as HintKind, id: rest.join(' ') });
  }

  private heardItself(): void {
    this.heardAt = this.options.clock();
    if (!this.deaf) return;
    this.deaf = false;
    this.options.log('hints.back');
    // What was told in between reached nobody here.
    this.hints?.lost();
  }
}
