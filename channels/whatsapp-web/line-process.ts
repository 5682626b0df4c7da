// The process that holds the browser. The library leaves promises of its own unheard when a browser dies: here that ends nothing else.
import { openLibrary, type Library } from './library.js';
import type { LineEvent, ToProcess } from './wire.js';

let library: Library | null = null;
let ending = false;

process.on('message', (message: ToProcess) => {
  if ('open' in message) void open(message.open);
  else void answer(message.ask, message.question);
});
// Whoever started it is gone, or wants it gone.
process.once('disconnect', () => void end());
process.on('unhandledRejection', () => void lose());
process.on('uncaughtException', () => void lose());

async function open(opening: Extract<ToProcess, { open: unknown }>['open']): Promise<void> {
  try {
    library = await openLibrary(opening, tell);
  } catch {
    await lose();
  }
}

async function answer(ask: number, question: Extract<ToProcess, { ask: number }>['question']): Promise<void> {
  try {
    if (!library) throw new Error('not open');
    const value = await library.answer(question);
    process.send?.({ answer: ask, ok: true, value });
  } catch {
    process.send?.({ answer: ask, ok: false });
  }
}

/** A session that is lost takes the process with it: the next one begins clean. */
function tell(event: LineEvent): void {
  if (ending) return;
  process.send?.(event);
  if (event.event === 'lost') void end();
}

function lose(): Promise<void> {
  tell({ event: 'lost', why: 'BROKEN' });
  return end();
}

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await library?.close().catch(() => undefined);
  process.exit(0);
}
