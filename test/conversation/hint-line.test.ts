// Hints between processes: others hear them, and whoever cannot hear looks for themselves.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HintLine } from '../../src/conversation/hint-line.js';
import { Hints } from '../../src/conversation/hints.js';

/** A line that all processes share. */
class Wire {
  private readonly ears = new Set<{
    listener: (hint: string) => void;
    hearing: ((hears: boolean) => void) | undefined;
  }>();

  tell = (hint: string): void => {
    for (const { listener } of this.ears) listener(hint);
  };

  hear = (listener: (hint: string) => void, hearing?: (hears: boolean) => void): (() => void) => {
    const ear = { listener, hearing };
    this.ears.add(ear);
    return () => this.ears.delete(ear);
  };

  turn(hears: boolean): void {
    for (const { hearing } of this.ears) hearing?.(hears);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function process(wire: Wire, owner: string) {
  const logged: string[] = [];
  const hints = new Hints();
  const line = new HintLine({ queue: wire, hints, owner, log: (event) => void logged.push(event) });
  line.start();
  const seen: string[] = [];
  hints.watch(({ kind, id }) => seen.push(`${kind} ${id}`));
  return { hints, line, seen, logged };
}

describe('the line of hints', () => {
  it('tells every process once, the one that told it too', () => {
    const wire = new Wire();
    const [one, two] = [process(wire, 'one'), process(wire, 'two')];
    const read = vi.fn();
    two.hints.on('conversation', 'c1', read);
    one.hints.give('conversation', 'c1');
    one.hints.give('questions', 'all');
    expect(one.seen).toEqual(['conversation c1', 'questions all']);
    expect(two.seen).toEqual(one.seen);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('passes over what it does not know: a newer program may be on the line', () => {
    const wire = new Wire();
    const one = process(wire, 'one');
    for (const told of ['two news c1', 'two', '', 'two again all']) wire.tell(told);
    expect(one.seen).toEqual([]);
  });

  it('lets everybody look while hints may be lost, again and again, and once more when they come', () => {
    const wire = new Wire();
    const one = process(wire, 'one');
    const read = vi.fn();
    one.hints.on('conversation', 'c1', read);
    wire.turn(false);
    expect(read).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(12_000);
    expect(read).toHaveBeenCalledTimes(4);
    wire.turn(true);
    vi.advanceTimersByTime(60_000);
    expect(read).toHaveBeenCalledTimes(5);
    expect(one.seen).toEqual(Array(5).fill('again all'));
    expect(one.logged).toEqual(['hints.deaf', 'hints.back']);
    one.line.stop();
    wire.turn(false);
    expect(read).toHaveBeenCalledTimes(5);
  });
});
