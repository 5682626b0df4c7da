// A process that the kill test kills: it handles bells, says so, and says aloud when another that lives has the same id in its hands.
import { lstatSync, readlinkSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createIds } from '../../src/ids.js';
import { openSharedQueue } from '../../src/queue/bullmq/open.js';

const [url = '', prefix = '', dir = ''] = process.argv.slice(2);
const ids = createIds();
/** Written at once and whole: what the pipe has, the parent will read, whatever happens to this process next. */
const tell = (line: string): void => void writeSync(1, `${line}\n`);

const queue = await openSharedQueue({
  url,
  prefix,
  newId: () => ids.next(),
  now: () => Date.now(),
  onTrouble: ({ of, what, error }) => tell(`trouble ${of} ${what} ${String(error)}`),
});
queue.work('conversation', 8, async (id) => {
  const held = join(dir, id);
  tell(`begun ${id}`);
  // A link is there with its holder's number or not at all; a file of a process killed between opening and writing it would be empty.
  try {
    symlinkSync(String(process.pid), held);
  } catch {
    if (lives(Number(readlinkSync(held)))) tell(`twice ${id}, held for ${Date.now() - lstatSync(held).ctimeMs} ms`);
    rmSync(held);
    symlinkSync(String(process.pid), held);
  }
  await wait(10 + Math.random() * 40);
  rmSync(held);
  tell(`done ${id}`);
});
tell('ready');

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
