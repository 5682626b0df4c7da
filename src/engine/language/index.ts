/** The flow language: compile a pack, load what was compiled. */
export { compilePack, type Compiled } from './compile.js';
export type { FlowLimits } from './draft.js';
export { type Finding, type FindingCode, findingCodes, type Place } from './finding.js';
export { FlowSetError, loadSet, verifySet } from './load.js';
export type { Placeholder } from './placeholders.js';
export type { SourceFile } from './source.js';
export { heardIn, type Tone, type Warning, warningCodes } from './tone.js';
