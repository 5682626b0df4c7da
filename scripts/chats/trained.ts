/** A house that hears as the server does: with the model of the charity's lessons, trained once and kept until they change. */
import { trainedFrom, type Training } from '../../src/conversation/knowledge.js';
import { trainInThread } from '../../src/conversation/train.js';
import { charitiesIn, compileCharity, readPackFiles } from '../pack-files.js';
import { modelFolder } from '../model-folder.js';
import { openHouse, type House, type Pack } from './room.js';

/** `train` makes the bytes of a model that is not kept yet. Rejects when that fails. */
export async function openTrained(pack: Pack, train: Training['train']): Promise<House> {
  if (!pack.lessons) return openHouse(pack);
  const { trained } = await trainedFrom(pack.lessons, { dir: modelFolder, train });
  return openHouse(pack, trained);
}

/** Trains what is not kept yet for the charities below `root`, all at the same time: tests then wait for none of it, and train none twice. */
export async function warmModels(root: string): Promise<void> {
  const files = readPackFiles(root);
  const lessons = charitiesIn(files).flatMap((charity) => compileCharity(files, charity, []).lessons ?? []);
  await Promise.all(lessons.map((one) => trainedFrom(one, { dir: modelFolder, train: trainInThread })));
}
