/** What conditions may name beside answers, and the values that are known of each. */
import type { FlowLimits, Lists } from '../draft.js';

type Values = (pack: Lists, limits: readonly FlowLimits[]) => readonly string[] | undefined;
const yesNo: Values = () => ['yes', 'no'];
const channel: Values = (_pack, limits) => (limits.length > 0 ? limits.map((one) => one.channel) : undefined);

/** The values of a fact; undefined when any word may be right. */
export const facts: ReadonlyMap<string, Values> = new Map([
  ['draft', yesNo],
  ['first', yesNo],
  ['open', yesNo],
  ['channel', channel],
  ['language', (pack) => pack.languages],
]);
