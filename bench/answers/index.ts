/** `npm run bench -- answers [--peers] [--json]`: how many rows of the golden corpus we and others read right. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answerTypes } from '../../src/engine/answers/index.js';
import type { Json } from '../../src/engine/types.js';
import { loadPeers, type Peer } from './peers.js';
import { inputOf, NOW, readCorpora, yesNoWords, type Corpus, type Row } from './rows.js';
import { askable, onTheirGround, peerReader, score, type RowReader, type Score } from './score.js';

const OURS = 'sila';

/** One type: our score over all of its rows, a peer's over those it can be asked. */
interface Line {
  readonly type: string;
  readonly scores: Readonly<Record<string, Score>>;
}

/** Prints both tables, or the figures as JSON. `folder` is where the peers are installed, if they are. */
export function benchAnswers(folder: string, json: boolean): void {
  const peers = existsSync(join(folder, 'node_modules')) ? loadPeers(folder) : [];
  const corpora = readCorpora(resolve('test/answers')).filter(({ type }) => answerTypes.has(type));
  const all = corpora.map((corpus) => lineOf(corpus, corpus.rows, peers));
  const claimed = corpora.filter(({ type }) => peers.some(({ readers }) => type in readers));
  const ground = claimed.map((corpus) => lineOf(corpus, corpus.rows.filter(onTheirGround), peers));
  if (json) return console.log(JSON.stringify({ all, ground }));
  console.log(`All rows; a peer is scored on the types that it claims to read.\n\n${table(all, peers)}\n`);
  if (peers.length === 0)
    return console.log('`npm run bench -- answers --peers` installs the others apart and compares.');
  console.log(`Their own ground: only rows in English or without words, in ASCII digits.\n\n${table(ground, peers)}`);
}

function lineOf({ type }: Corpus, rows: readonly Row[], peers: readonly Peer[]): Line {
  const scores: Record<string, Score> = { [OURS]: score(type, rows, ourReader(type)) };
  for (const peer of peers) {
    const read = peerReader(peer, type);
    if (read) scores[peer.name] = score(type, rows.filter(askable), read);
  }
  return { type, scores };
}

function ourReader(type: string): RowReader {
  const words: Record<string, Json> = type === 'yes_no' ? yesNoWords(readFileSync('flows/words.yaml', 'utf8')) : {};
  return ({ input, options }) => {
    const reading = answerTypes.get(type)?.read(inputOf(input), { ...words, ...options }, NOW);
    return reading && 'value' in reading ? reading.value : undefined;
  };
}

function table(lines: readonly Line[], peers: readonly Peer[]): string {
  const names = [OURS, ...peers.map(({ name }) => name)];
  const body = [...lines, { type: 'together', scores: sums(lines, names) }].map(({ type, scores }) => {
    const rows = scores[OURS]?.rows ?? 0;
    return `| ${type} | ${rows} | ${names.map((name) => shown(scores[name])).join(' | ')} |`;
  });
  return [`| type | rows | ${names.join(' | ')} |`, `|---|--:|${names.map(() => '--:|').join('')}`, ...body].join('\n');
}

/** Over the types that each reads. */
function sums(lines: readonly Line[], names: readonly string[]): Record<string, Score> {
  return Object.fromEntries(
    names.map((name) => {
      const own = lines.flatMap(({ scores }) => scores[name] ?? []);
      const total = (pick: (one: Score) => number): number => own.reduce((sum, one) => sum + pick(one), 0);
      return [name, { rows: total((one) => one.rows), right: total((one) => one.right) }];
    }),
  );
}

function shown(one: Score | undefined): string {
  if (one === undefined || one.rows === 0) return '–';
  return `${((100 * one.right) / one.rows).toFixed(0)} % (${one.right}/${one.rows})`;
}
