// The line to WhatsApp Web: a browser in a process of its own, asked and listened to.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../src/engine/types.js';
import { caps } from './limits.js';
import { fromProcess, type FromProcess, type LineEvent, type Opening, type Question } from './wire.js';

/** `broken`: the browser could not do it, or did not say; `sent` tells whether a message may be out all the same. */
export type Asked = { ok: true; value: Json } | { ok: false; sent: 'no' | 'maybe' };

export interface Line {
  /** Never rejects. */
  ask(question: Question): Promise<Asked>;
  /** Ends the browser, and resolves when it is gone. */
  close(): Promise<void>;
}

/** Hears all that happens, at last exactly one `lost`, unless the line was closed. A promise resolves when what was told is dealt with. */
export type Tell = (event: LineEvent) => void | Promise<void>;

export type OpenLine = (opening: Opening, tell: Tell) => Line;

/** Starts the process. `program`: another one than what stands beside this file. */
export function openLine(
  opening: Opening,
  tell: Tell,
  program = fileURLToPath(new URL('./line-process.js', import.meta.url)),
): Line {
  const child = fork(program, [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Neither our settings, which hold secrets, nor how we were started: a page of the internet runs down there.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: opening.folder, LANG: 'C.UTF-8' },
    execArgv: [],
  });
  const line = new ProcessLine(child, tell);
  line.open(opening);
  return line;
}

class ProcessLine implements Line {
  private readonly waiting = new Map<number, (asked: Asked) => void>();
  private readonly asked = new Set<Promise<Asked>>();
  private readonly gone: Promise<void>;
  private asks = 0;
  private over = false;

  constructor(
    private readonly child: ChildProcess,
    private readonly tell: Tell,
  ) {
    child.on('message', (message) => this.heard(message));
    this.gone = new Promise((resolve) => {
      // `error`: it could not even be started.
      child.once('error', () => this.ended(resolve));
      child.once('exit', () => this.ended(resolve));
    });
  }

  open(opening: Opening): void {
    this.say({ open: opening });
  }

  ask(question: Question): Promise<Asked> {
    if (this.over || !this.child.connected) return Promise.resolve({ ok: false, sent: 'no' });
    const ask = ++this.asks;
    const asked = new Promise<Asked>((resolve) => {
      const late = setTimeout(() => this.settle(ask, { ok: false, sent: 'maybe' }), patienceFor(question));
      this.waiting.set(ask, (asked) => {
        clearTimeout(late);
        resolve(asked);
      });
      this.say({ ask, question });
    });
    this.asked.add(asked);
    void asked.then(() => this.asked.delete(asked));
    return asked;
  }

  /** What is under way is finished first: a message that was cut off would be sent twice. */
  async close(): Promise<void> {
    this.over = true;
    await within(caps.finishTimeout, Promise.all(this.asked));
    if (this.child.connected) this.child.disconnect();
    const ended = await within(caps.closeTimeout, this.gone);
    if (!ended) this.child.kill('SIGKILL');
    await this.gone;
  }

  private say(message: { open: Opening } | { ask: number; question: Question }): void {
    // What does not get through is answered by the end of the process.
    this.child.send(message, () => undefined);
  }

  private heard(message: unknown): void {
    const read = fromProcess.safeParse(message);
    if (!read.success) return;
    if ('answer' in read.data) this.settle(read.data.answer, answerOf(read.data));
    else if (!this.over) {
      if (read.data.event === 'lost') this.over = true;
      void this.tell(read.data);
    }
  }

  private settle(ask: number, asked: Asked): void {
    this.waiting.get(ask)?.(asked);
    this.waiting.delete(ask);
  }

  private ended(resolve: () => void): void {
    for (const ask of [...this.waiting.keys()]) this.settle(ask, { ok: false, sent: 'maybe' });
    const told = this.over;
    this.over = true;
    if (!told) void this.tell({ event: 'lost', why: 'BROKEN' });
    resolve();
  }
}

/** Whether it came within so many milliseconds. */
async function within(ms: number, what: Promise<unknown>): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => {
    late = setTimeout(() => resolve(false), ms);
  });
  const came = await Promise.race([what.then(() => true), over]);
  clearTimeout(late);
  return came;
}

function patienceFor(question: Question): number {
  if (question.do === 'typing') return caps.typingTimeout;
  if (question.do === 'state') return caps.stateTimeout;
  if (question.do !== 'send') return caps.lookTimeout;
  return question.media ? caps.sendFileTimeout : caps.sendTimeout;
}

/** An answer that it did not work comes before anything is out, as far as the library tells. */
function answerOf(answer: Extract<FromProcess, { answer: number }>): Asked {
  return answer.ok ? { ok: true, value: answer.value } : { ok: false, sent: 'maybe' };
}
