// The thread of train.ts: lessons in, the bytes of a model out.
import { parentPort, workerData } from 'node:worker_threads';
import { encode, train } from '../inquiries/index.js';
import type { Lessons } from '../inquiries/index.js';

const bytes = encode(train(workerData as Lessons));
parentPort?.postMessage(bytes);
