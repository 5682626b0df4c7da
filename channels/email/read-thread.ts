// The thread of reader.ts: letters in, what they say out, one after the other.
import { parentPort } from 'node:worker_threads';
import { packed } from './pack.js';
import { readHere } from './reading.js';

parentPort?.on('message', (bytes: Uint8Array) => {
  void readHere(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).then((reading) => {
    const { pack, moves } = packed(reading);
    parentPort?.postMessage(pack, moves);
  });
});
