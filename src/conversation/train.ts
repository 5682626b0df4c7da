// Trains and compares classifiers of questions in a thread of its own, so that nobody waits for an answer meanwhile.
import { Worker } from 'node:worker_threads';
import type { Comparison, Contest, Lessons } from '../inquiries/index.js';

/** What the thread is asked for. */
export type Task = { do: 'train'; lessons: Lessons } | { do: 'compare'; contest: Contest };

/** The bytes of the model. Rejects when the thread fails. */
export function trainInThread(lessons: Lessons): Promise<Uint8Array> {
  return inThread<Uint8Array>({ do: 'train', lessons });
}

/** What holding two models against each other found. Rejects when the thread fails. */
export function compareInThread(contest: Contest): Promise<Comparison> {
  return inThread<Comparison>({ do: 'compare', contest });
}

/** The thread does not keep the process alive. */
function inThread<Result>(task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./train-thread.js', import.meta.url), { workerData: task });
    thread.unref();
    thread.once('message', (result: Result) => {
      resolve(result);
    });
    thread.once('error', reject);
    thread.once('exit', (code) => {
      reject(new Error(`the thread ended with ${code}`));
    });
  });
}
