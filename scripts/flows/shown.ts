/** Coverage as a command: plays the transcripts, writes those that are missing, prints and draws what they show. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planDrawings, writeDrawings } from '../draw-flows.js';
import type { House } from '../chats/room.js';
import { openTrained } from '../chats/trained.js';
import { trainInThread } from '../../src/conversation/train.js';
import type { CompiledPack } from '../pack-files.js';
import { coverageOf, markKey, missingIn } from './coverage.js';
import { type CharityCover, coverageTable, coverageTotals } from './coverage-table.js';
import { coverFlows } from './cover.js';
import type { Options } from './options.js';
import { generatedFolder, shownBy, transcriptFolder, transcriptsIn } from './transcripts.js';

/** True when nothing is missing. */
export async function showCoverage(root: string, packs: readonly CompiledPack[], options: Options): Promise<boolean> {
  const whole = packs.flatMap(({ set, ...pack }) => (set ? [{ ...pack, set }] : []));
  const houses = await Promise.all(whole.map((pack) => openTrained(pack, trainInThread)));
  if (options.cover) writeCover(root, houses);
  const covers = coversOf(root, houses);
  if (options.draw) await writeDrawings(root, planDrawings(covers, packs[0]?.texts ?? {}));
  const missing = covers.flatMap(({ set, flows }) =>
    flows.flatMap((cover) => missingIn(cover).map((mark) => `${set.charity.id}  ${markKey(mark)}`)),
  );
  if (options.coverage) console.log(`${coverageTable(covers, (_charity, flow) => flow)}\n\n${coverageTotals(covers)}`);
  if (options.coverage || options.cover) for (const line of missing) console.log(`missing  ${line}`);
  return missing.length === 0;
}

/** What all transcripts show of each charity. */
export function coversOf(root: string, houses: readonly House[]): CharityCover[] {
  const transcripts = [...transcriptsIn(root, transcriptFolder), ...transcriptsIn(root, generatedFolder)];
  return houses.map((house) => ({ set: house.set, flows: coverageOf(house.set, shownBy(transcripts, house)) }));
}

/** The generated transcripts are written anew, beside those that people wrote. */
function writeCover(root: string, houses: readonly House[]): void {
  const written = transcriptsIn(root, transcriptFolder);
  rmSync(join(root, generatedFolder), { recursive: true, force: true });
  mkdirSync(join(root, generatedFolder), { recursive: true });
  const failures = new Map<string, readonly string[]>();
  for (const house of houses) {
    const counts = new Map<string, number>();
    for (const { flow, text } of coverFlows(house, shownBy(written, house), failures)) {
      const count = (counts.get(flow) ?? 0) + 1;
      counts.set(flow, count);
      writeFileSync(join(root, generatedFolder, `${flow}.${house.set.charity.id}.${count}.chat`), text);
    }
  }
  for (const [message, said] of failures) console.error(`The engine failed: ${message}\n${said.map((line) => `    ${line}`).join('\n')}`);
}
