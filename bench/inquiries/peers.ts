/** Libraries that are no dependencies of ours: node-nlp, installed apart, and the machine's fastText, if it has one. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { plain } from '../../src/engine/text/normalise.js';
import type { Example } from '../../src/inquiries/index.js';
import type { Guess, System, Trained } from './systems.js';

export const packages = ['node-nlp@4.27.0'];
/** More are not asked of a library that takes tens of milliseconds for one. */
const SLOW_PEER_ROWS = 300;
const FASTTEXT = 'fasttext';

/** The peers that are there, and a line for each that is not. */
export function peerSystems(folder: string): { systems: System[]; missing: string[] } {
  const systems: System[] = [];
  const missing: string[] = [];
  if (existsSync(join(folder, 'node_modules', 'node-nlp'))) systems.push(nodeNlp(folder));
  else
    missing.push(
      'node-nlp is not installed: add --peers (it is put into dist/bench-peers, not among our dependencies).',
    );
  if (spawnSync(FASTTEXT, []).error === undefined) systems.push(fastText());
  else missing.push('fastText is not on this machine: apt-get install fasttext.');
  return { systems, missing };
}

interface NlpManager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
}

function nodeNlp(folder: string): System {
  const need = createRequire(join(folder, 'package.json'));
  const { NlpManager: Manager } = need('node-nlp') as { NlpManager: new (settings: object) => NlpManager };
  return {
    name: 'node-nlp 4.27, Arabic',
    most: SLOW_PEER_ROWS,
    train: async (examples) => {
      const settings = { languages: ['ar'], forceNER: false, nlu: { log: false }, autoSave: false };
      const manager = new Manager(settings);
      for (const { text, intent } of examples) manager.addDocument('ar', text, intent);
      await manager.train();
      return { guess: async (text) => (await manager.process('ar', text)).classifications };
    },
  };
}

/** Its own best settings in inquiries.md's measurement: words, pairs and subwords, texts in our normal form. */
function fastText(): System {
  return { name: 'fastText 0.9.2, supervised, subwords', train: trainFastText };
}

const MOST_GUESSES = '77';

function trainFastText(examples: readonly Example[]): Trained {
  const folder = mkdtempSync(join(tmpdir(), 'sila-fasttext-'));
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const lines = examples.map(({ text, intent }) => `__label__${intents.indexOf(intent)} ${plain(text)}\n`);
  writeFileSync(join(folder, 'train.txt'), lines.join(''));
  const model = join(folder, 'model');
  const args = `-epoch 50 -lr 0.5 -wordNgrams 2 -minn 2 -maxn 5 -bucket 200000 -thread 1 -verbose 0`.split(' ');
  const done = spawnSync(FASTTEXT, ['supervised', '-input', join(folder, 'train.txt'), '-output', model, ...args]);
  if (done.status !== 0) throw new Error(`fastText failed: ${String(done.stderr)}`);
  const child = spawn(FASTTEXT, ['predict-prob', `${model}.bin`, '-', MOST_GUESSES]);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    guess: async (text) => {
      child.stdin.write(`${plain(text)}\n`);
      const { value } = await answers.next();
      return guessesOf(String(value), intents);
    },
    close: () => {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** `__label__3 0.9 __label__1 0.05 …` */
function guessesOf(line: string, intents: readonly string[]): Guess[] {
  const found = line.matchAll(/__label__(\d+) (\S+)/g);
  return Array.from(found, ([, at, score]) => ({ intent: intents[Number(at)] ?? '', score: Number(score) }));
}
