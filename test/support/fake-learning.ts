// The learning loop in memory: remembers what it was asked for, shows nothing of its own.
import type { LearningContract } from '../../src/conversation/learning-types.js';

export interface FakeLearning extends LearningContract {
  calls: unknown[][];
}

export function createFakeLearning(): FakeLearning {
  const calls: unknown[][] = [];
  const remember = (...call: unknown[]): Promise<void> => {
    calls.push(call);
    return Promise.resolve();
  };
  return {
    calls,
    overview: () =>
      Promise.resolve({
        ...{ clusters: [], meanings: [], lessons: [], training: 'idle', current: null, candidate: null, bands: null },
      }),
    teach: (questions, intent, { id }) => remember('teach', questions, intent, id),
    takeBack: (lesson, { id }) => remember('takeBack', lesson, id),
    drop: (questions, { id }) => remember('drop', questions, id),
    train: ({ id }) => remember('train', id),
    promote: (model, { id }) => remember('promote', model, id),
    goBack: (model, { id }) => remember('goBack', model, id),
  };
}
