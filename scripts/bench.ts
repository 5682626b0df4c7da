/**
 * `npm run bench [-- engine] [--peers] [--json]`: CPU per turn of the reference work, ours beside the others, in one run.
 * `npm run bench -- hang [--json]`: WhatsApp's provider hangs; how far Telegram's p95 moves (bench/hang.ts).
 * `npm run bench -- start [--json]`: what the channels cost a start, off and on (bench/start.ts).
 * `npm run bench -- answers [--peers] [--json]`: rows of the golden corpus read right (bench/answers/README.md).
 * `npm run bench -- inquiries --train FILE --test FILE …`: questions whose intent is named right (bench/inquiries/index.ts).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { benchAnswers } from '../bench/answers/index.js';
import { packages as answerPackages } from '../bench/answers/peers.js';
import { measureHang } from '../bench/hang.js';
import { benchInquiries } from '../bench/inquiries/index.js';
import { packages as inquiryPackages } from '../bench/inquiries/peers.js';
import { measureStarts } from '../bench/start.js';

interface Bot {
  start(): unknown;
  turn(conversation: string, said: string): Promise<string[]> | string[];
  close(): unknown;
}
interface Peer {
  info: { peer: string; note: string };
  create(options: object): Bot;
}
interface Work {
  script(index: number): { id: string; turns: [string, string][] };
  jsonStore(): { texts: Map<string, string> };
  verify(bot: Bot): Promise<void>;
}
interface Row {
  peer: string;
  cpuMicros: number;
  stateBytes: number;
}

const peersFolder = resolve('dist/bench-peers');
const packages = ['botbuilder@4.23.3', 'botbuilder-dialogs@4.23.3'];
const rounds = 5;

try {
  await main(process.argv.slice(2));
} catch (error) {
  // A file that cannot be read is said in a line; where in our code it was found helps nobody.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function main(args: string[]): Promise<void> {
  if (args.includes('hang')) return benchHang(args.includes('--json'));
  if (args.includes('start')) return benchStart(args.includes('--json'));
  const [name] = args;
  const folder = name === 'answers' || name === 'inquiries' ? join(peersFolder, name) : peersFolder;
  const peers = name === 'answers' ? answerPackages : name === 'inquiries' ? inquiryPackages : packages;
  if (args.includes('--peers')) installPeers(folder, peers);
  if (name === 'answers') benchAnswers(folder, args.includes('--json'));
  else if (name === 'inquiries') await benchInquiries(folder, args);
  else await benchEngine(args);
}

/** Exit code 1 when Telegram's p95 moves by 50 ms or more. */
async function benchHang(json: boolean): Promise<void> {
  const run = await measureHang();
  const { fine, hanging, moved, mostOpen } = run;
  const line = (name: string, { p50, p95, count }: typeof fine): string =>
    `${name.padEnd(36)} p50 ${p50.toFixed(0).padStart(5)} ms  p95 ${p95.toFixed(0).padStart(5)} ms  ${count} messages`;
  if (json) console.log(JSON.stringify(run));
  else {
    console.log("From a person's message to our answer at Telegram's API, over HTTP; middle of three rounds.\n");
    console.log(line('both providers answer', fine));
    console.log(line('WhatsApp hangs, 1000 unsent before', hanging));
    console.log(
      `\nThe p95 moved by ${moved.toFixed(0)} ms (bar: 50). At most ${mostOpen} sends stood open at WhatsApp's.`,
    );
  }
  process.exitCode = moved < 50 ? 0 : 1;
}

/** Exit code 1 when a library of a channel is loaded with all of them off. */
async function benchStart(json: boolean): Promise<void> {
  const rows = await measureStarts();
  const [off] = rows;
  if (json) console.log(JSON.stringify(rows));
  else {
    console.log(
      'The program from its start until it is ready; middle of five rounds in turn. Behind: times "all off".\n',
    );
    for (const { channels, cpuSeconds, megabytes, browserMegabytes, libraries } of rows) {
      const cpu = `${cpuSeconds.toFixed(2)} CPU s (${(cpuSeconds / (off?.cpuSeconds ?? NaN)).toFixed(2)} ×)`;
      const memory = `${megabytes.toFixed(0)} MB (${(megabytes / (off?.megabytes ?? NaN)).toFixed(2)} ×)`;
      const browser = browserMegabytes === 0 ? '' : `, in a browser of ${browserMegabytes.toFixed(0)} MB`;
      console.log(
        `${channels.padEnd(16)} ${cpu.padStart(22)} ${memory.padStart(18)}  ${libraries.join(', ') || '–'}${browser}`,
      );
    }
  }
  process.exitCode = off?.libraries.length === 0 ? 0 : 1;
}

async function benchEngine(args: string[]): Promise<void> {
  const work = (await load('bench/work.mjs')) as Work;
  const files = [
    'bench/peers/floor.mjs',
    'bench/adapter.mjs',
    ...(existsSync(join(peersFolder, 'node_modules')) ? ['bench/peers/botbuilder-dialogs.mjs'] : []),
  ];
  const peers = await Promise.all(files.map(async (file) => (await load(file)) as Peer));
  const rows = await measure(work, peers);
  if (args.includes('--json')) console.log(JSON.stringify(rows));
  else print(rows);
}

/** Every peer in turn, several rounds, so that a noisy moment hits all of them; the median round counts. */
async function measure(work: Work, peers: Peer[]): Promise<Row[]> {
  const samples = new Map<string, number[]>();
  const bytes = new Map<string, number>();
  for (const peer of peers) await work.verify(peer.create({ store: work.jsonStore(), from: peersFolder }));
  for (let round = 0; round <= rounds; round++) {
    for (const peer of peers) {
      const { cpuMicros, stateBytes } = await once(work, peer, peer.info.peer.startsWith('botbuilder') ? 400 : 3000);
      if (round > 0) samples.set(peer.info.peer, [...(samples.get(peer.info.peer) ?? []), cpuMicros]);
      bytes.set(peer.info.peer, stateBytes);
    }
  }
  return peers.map(({ info }) => ({
    peer: info.peer,
    cpuMicros: median(samples.get(info.peer) ?? []),
    stateBytes: bytes.get(info.peer) ?? 0,
  }));
}

async function once(work: Work, peer: Peer, conversations: number): Promise<Omit<Row, 'peer'>> {
  const store = work.jsonStore();
  const bot = peer.create({ store, from: peersFolder });
  await bot.start();
  const scripts = Array.from({ length: conversations }, (_, index) => work.script(index));
  let turns = 0;
  let stateBytes = 0;
  const before = process.cpuUsage();
  for (const { id, turns: lines } of scripts) {
    for (const [said] of lines) {
      const replies = bot.turn(id, said);
      if (!Array.isArray(replies)) await replies;
      turns++;
      if (turns === 8) stateBytes = Buffer.byteLength([...store.texts.values()][0] ?? '');
    }
  }
  const used = process.cpuUsage(before);
  await bot.close();
  return { cpuMicros: (used.user + used.system) / turns, stateBytes };
}

function print(rows: Row[]): void {
  const base = rows.find((row) => row.peer.startsWith('botbuilder'));
  console.log(
    'The aid intake, engine only, state as one JSON text read and written every turn; median of rounds in this run.\n',
  );
  for (const row of rows) {
    const ratio = base
      ? `${(base.cpuMicros / row.cpuMicros).toFixed(1)} × botbuilder-dialogs' turns per CPU second`
      : '';
    console.log(
      `${row.peer.padEnd(26)} ${row.cpuMicros.toFixed(2).padStart(9)} CPU µs a turn  ${String(row.stateBytes).padStart(6)} state bytes after turn 8  ${ratio}`,
    );
  }
  if (!base)
    console.log(
      '\nbotbuilder-dialogs is not installed: `npm run bench -- --peers` installs it apart (dist/bench-peers) and compares.',
    );
}

/** The peers live apart from our dependencies, without their install scripts. */
function installPeers(folder: string, wanted: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  const done = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (done.status !== 0) throw new Error('the peers could not be installed');
}

function load(file: string): Promise<unknown> {
  return import(pathToFileURL(resolve(file)).href);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
