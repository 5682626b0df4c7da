// A file that may not grow any more: the write comes back short or with an error, as on a full disk, and the spool keeps what it had.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SpoolFile } from '../../src/spool/spool-file.js';

/** Blocks of 512 bytes that the child may write to a file. */
const BLOCKS = 32;

/** Appends entries of 999 bytes until one is refused, side by side and one by one; prints how many were kept and why it ended. */
const CHILD = `
  import { randomUUID } from 'node:crypto';
  import { SpoolFile } from '${resolve('dist/src/spool/spool-file.js')}';
  process.on('SIGXFSZ', () => undefined);
  const file = await SpoolFile.open({ path: process.argv[1], most: 1e9 });
  const append = () => file.append({ id: randomUUID(), sealed: Buffer.alloc(951, 'x') });
  let kept = (await Promise.allSettled([append(), append(), append()])).length;
  let code;
  while (code === undefined) await append().then(() => kept++, (error) => (code = error.code));
  const again = await append().then(() => 'kept', (error) => error.code);
  console.log(JSON.stringify({ kept, code, again, waiting: file.waiting, bytes: file.bytes }));
  await file.close();`;

it('refuses what does not fit on the disk, and loses nothing of what did', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-full-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'entries.spool');
  const run = `ulimit -f ${BLOCKS}; exec "${process.execPath}" --input-type=module -e "$0" "$1"`;
  const { stdout, stderr } = spawnSync('sh', ['-c', run, CHILD, path], { encoding: 'utf8' });
  const kept = Math.floor((BLOCKS * 512) / 999);
  expect(JSON.parse(stdout || `{"failed":${JSON.stringify(stderr)}}`)).toEqual({
    ...{ kept, code: 'full', again: 'full', waiting: kept, bytes: kept * 999 },
  });

  const torn: string[] = [];
  const file = await SpoolFile.open({ path, most: 1e9, onDamaged: (kind) => torn.push(kind) });
  expect(file.waiting).toBe(kept);
  expect(torn).toEqual([]);
  await file.close();
});
