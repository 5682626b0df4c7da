/** The words of the engine in one place: flows, flow sets, sessions, turns, answers. */
export type * from './answer-types.js';
export type * from './flow-types.js';
export type { GlobalWord } from './global-words.js';
export type * from './session-types.js';
export type * from './set-types.js';
export type * from './turn-types.js';
