/** The shipped charities as transcripts are played in them: with the articles, rules and trained model of the server. */
import { resolve } from 'node:path';
import type { House } from '../../scripts/chats/room.js';
import { openTrained } from '../../scripts/chats/trained.js';
import { charitiesIn, compileCharity, readPackFiles } from '../../scripts/pack-files.js';
import { encode, train } from '../../src/inquiries/index.js';

const files = readPackFiles(resolve(import.meta.dirname, '../..'));

/** All of them by name, prepared once a worker; trained here when lessons or code have changed since the last run. */
export const houses: ReadonlyMap<string, House> = new Map(await Promise.all(charitiesIn(files).map(opened)));

export function houseOf(charity: string): House {
  const house = houses.get(charity);
  if (!house) throw new Error(`there is no charity ${charity}`);
  return house;
}

async function opened(charity: string): Promise<readonly [string, House]> {
  const { set, ...pack } = compileCharity(files, charity, []);
  if (!set)
    throw new Error(pack.findings.map((one) => `${one.file}:${one.line} ${one.code} ${one.message}`).join('\n'));
  return [charity, await openTrained({ ...pack, set }, (lessons) => Promise.resolve(encode(train(lessons))))];
}
