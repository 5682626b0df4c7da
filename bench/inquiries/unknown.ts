/** How well a system tells messages of intents that it never saw from those that it knows, over several draws of both. */
import type { Example } from '../../src/inquiries/index.js';
import { drawIntents, few, outOfScope } from './measure.js';
import type { Row } from './rows.js';
import { ownSystems, perWord } from './systems.js';
import type { System } from './systems.js';
import { markdown } from './tables.js';

export interface UnknownScores {
  readonly system: string;
  /** By draw, the area under the ROC curve in per cent. */
  readonly draws: readonly number[];
}

/** The share of intents that are held out to stand for what nobody foresaw: 19 of 77. */
const HELD_OUT = 0.25;
/** Which intents are held out moves the figure by several points, for all systems alike: one draw says little. */
const DRAWS = 10;

/** Ours, with searches by their score per word too. */
export function unknownSystems(): System[] {
  return ownSystems().flatMap((system) =>
    system.name.startsWith('MiniSearch') ? [system, perWord(system)] : [system],
  );
}

/** Each draw holds out other intents and learns from `count` other examples of each of the rest. The same seeds for every system. */
export async function measureUnknown(
  system: System,
  examples: readonly Example[],
  rows: readonly Row[],
  count: number,
): Promise<UnknownScores> {
  const names = new Set(examples.map(({ intent }) => intent));
  const draws: number[] = [];
  for (let seed = 1; seed <= DRAWS; seed++) {
    const heldOut = drawIntents(examples, Math.round(names.size * HELD_OUT), seed);
    draws.push(await outOfScope(system, few(examples, count, seed), rows, heldOut));
  }
  return { system: system.name, draws };
}

/** Mean, standard deviation, lowest and highest of the draws. */
export function unknownTable(scores: readonly UnknownScores[]): string {
  const rows = scores.map(({ system, draws }) => {
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / draws.length);
    return [system, ...[mean, spread, Math.min(...draws), Math.max(...draws)].map((value) => value.toFixed(1))];
  });
  const head = ['system', `AUROC, mean of ${DRAWS} draws`, 'standard deviation', 'lowest', 'highest'];
  return markdown(head, rows);
}
