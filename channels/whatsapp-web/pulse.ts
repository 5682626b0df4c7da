// Whether the page still lives and has its line to WhatsApp. One that froze, or was cut off, says nothing by itself and hears nobody.
import { caps } from './limits.js';
import type { Line } from './line.js';

/** What is felt: the page no longer answers; it has had no line for long; it has one again. */
export interface Felt {
  gone: () => void;
  cutOff: () => void;
  back: () => void;
}

/** Feels it again and again until the signal. */
export class Pulse {
  private unanswered = 0;
  /** Askings in a row that found no line. */
  private without = 0;
  private asking = false;

  constructor(
    private readonly line: Line,
    private readonly felt: Felt,
    private readonly signal: AbortSignal,
  ) {
    const beat = setInterval(() => void this.feel(), caps.pulse);
    signal.addEventListener('abort', () => clearInterval(beat), { once: true });
  }

  private async feel(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const asked = await this.line.ask({ do: 'state' });
    this.asking = false;
    if (this.signal.aborted) return;
    if (asked.ok) this.answered(asked.value === 'CONNECTED');
    else if (++this.unanswered >= caps.unanswered) this.felt.gone();
  }

  /** Counted, not timed: a machine that slept has lost no line yet. */
  private answered(hasLine: boolean): void {
    this.unanswered = 0;
    if (hasLine && this.without >= caps.cutOff) this.felt.back();
    this.without = hasLine ? 0 : this.without + 1;
    if (this.without === caps.cutOff) this.felt.cutOff();
  }
}
