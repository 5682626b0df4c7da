// The thread of train.ts: lessons in, the bytes of a model out; or two models in, what a comparison found out.
import { parentPort, workerData } from 'node:worker_threads';
import { compare, encode, train } from '../inquiries/index.js';
import type { Task } from './train.js';

const task = workerData as Task;
parentPort?.postMessage(task.do === 'train' ? encode(train(task.lessons)) : compare(task.contest));
