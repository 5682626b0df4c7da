/**
 * `npm run publish [-- --root DIR --data DIR --charity ID]`: compiles the flows below `root` and hands them to the process that runs on
 * the data folder. Exit code: 0 published (or already), 1 findings, 2 refused, 3 nobody answered.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPlace } from '../src/config.js';
import {
  nextPath,
  resultPath,
  writeWhole,
  type PublishAnswer,
  type PublishRequest,
} from '../src/conversation/publish-inbox.js';
import type { FlowSet } from '../src/engine/types.js';
import { channelLimits } from './channel-limits.js';
import { compileCharity, readPackFiles } from './pack-files.js';

/** A running process looks every two seconds. */
const WAIT_MS = 10_000;
const LOOK_MS = 100;

const place = readPlace();
const { values: options } = parseArgs({
  options: {
    root: { type: 'string', default: '.' },
    data: { type: 'string', default: place.dataDir },
    charity: { type: 'string', default: place.charity },
  },
});

process.exitCode = await run();

async function run(): Promise<number> {
  const set = await compiled(options.root, options.charity);
  if (!set) return 1;
  const dir = join(options.data, 'publish');
  const id = randomUUID();
  const asked: PublishRequest = { v: 1, id, set };
  rmSync(resultPath(dir), { force: true });
  writeWhole(dir, nextPath(dir), asked);
  const answer = await answerTo(id, dir);
  return answer ? told(answer, set) : unanswered();
}

async function compiled(root: string, charity: string): Promise<FlowSet | undefined> {
  if (!existsSync(join(root, 'flows'))) {
    console.error(`There is no folder ${join(root, 'flows')}.`);
    return undefined;
  }
  const { set, findings } = compileCharity(readPackFiles(root), charity, [...(await channelLimits())]);
  for (const { file, line, code, message, cure } of findings)
    console.error(`${file}:${line}  ${code}  ${message} → ${cure}`);
  if (findings.length > 0) console.error(`Nothing was published: ${findings.length} to be cured first.`);
  return findings.length > 0 ? undefined : set;
}

async function answerTo(id: string, dir: string): Promise<PublishAnswer | undefined> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
    const answer = readAnswer(dir);
    if (answer?.id === id) return answer;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return undefined;
}

function readAnswer(dir: string): PublishAnswer | undefined {
  return existsSync(resultPath(dir)) ? (JSON.parse(readFileSync(resultPath(dir), 'utf8')) as PublishAnswer) : undefined;
}

function unanswered(): number {
  console.error(`No process answered for ${options.data}. The flows wait there and are looked at when one starts.`);
  return 3;
}

function told(answer: PublishAnswer, set: FlowSet): number {
  const name = `${set.charity.id} ${set.hash.slice(0, 12)}`;
  switch (answer.outcome) {
    case 'published':
      console.log(`Published: ${name}. People in the middle of a flow are brought over with their next message.`);
      console.log('Articles, and the texts of website and console, change when the process is started anew.');
      return 0;
    case 'current':
    case 'older':
      console.log(`Nothing to do: ${name} is what runs.`);
      return 0;
    case 'refused':
      console.error(`Refused: ${name} has no place for people who are in the middle of a flow. What ran runs on.`);
      for (const { flow, step, people } of answer.stranded)
        console.error(`  flows/${flow}.yaml  step "${step}": ${people} ${people === 1 ? 'person' : 'people'}`);
      console.error('Say under "moved:" of the flow where they go, e.g. "- { step: old, to: new }".');
      return 2;
    case 'charity':
      console.error(`Refused: the process serves another charity than ${set.charity.id}. Name it with --charity.`);
      return 2;
    case 'unreadable':
      console.error('Refused: the running program is of another version than this command. Start it anew.');
      return 2;
  }
}
