// Trains the classifier of questions in a thread of its own, so that nobody waits for an answer meanwhile.
import { Worker } from 'node:worker_threads';
import type { Lessons } from '../inquiries/index.js';

/** The bytes of the model. Rejects when the thread fails. The thread does not keep the process alive. */
export function trainInThread(lessons: Lessons): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./train-thread.js', import.meta.url), { workerData: lessons });
    thread.unref();
    thread.once('message', (bytes: Uint8Array) => {
      resolve(bytes);
    });
    thread.once('error', reject);
    thread.once('exit', (code) => {
      reject(new Error(`the thread ended with ${code}`));
    });
  });
}
