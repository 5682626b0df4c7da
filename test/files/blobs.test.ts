// Sealed files in a folder.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobsOnDisk } from '../../src/files/disk.js';
import { blobsContract } from './blobs-contract.js';

blobsContract('disk', async () => {
  const dir = join(await mkdtemp(join(tmpdir(), 'sila-blobs-')), 'files');
  return {
    blobs: blobsOnDisk(dir),
    reopen: () => Promise.resolve(blobsOnDisk(dir)),
    tear: (name, bytes) => writeFile(join(dir, `.part-${name}`), bytes.subarray(0, bytes.length / 2)),
    raw: async () => Buffer.concat(await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name))))),
    close: () => rm(join(dir, '..'), { recursive: true, force: true }),
  };
});
