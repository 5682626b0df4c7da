/** What the channels cost a start: CPU until ready, memory, and which libraries are loaded, with all off, each on, and all on. Linux only. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startSila, type SilaProcess } from '../test/support/sila-process.js';

/** Nobody listens at port 9 of this machine: a channel that is on starts, and is told so when it calls out. */
const NOBODY = 'http://127.0.0.1:9';
const WORD = 'bench-bench-bench-bench';

const CHANNELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  telegram: { TELEGRAM_BOT_TOKEN: `1000:${'b'.repeat(35)}`, TELEGRAM_API_URL: NOBODY },
  whatsapp: {
    WHATSAPP_PHONE_NUMBER_ID: '1000',
    WHATSAPP_TOKEN: WORD,
    WHATSAPP_APP_SECRET: WORD,
    WHATSAPP_VERIFY_TOKEN: WORD,
    WHATSAPP_API_URL: NOBODY,
  },
  messenger: { MESSENGER_PAGE_TOKEN: WORD, META_APP_SECRET: WORD, META_VERIFY_TOKEN: WORD, META_API_URL: NOBODY },
  botframework: {
    MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000000',
    MICROSOFT_APP_PASSWORD: WORD,
    MICROSOFT_LOGIN_URL: NOBODY,
    MICROSOFT_OPENID_URL: `${NOBODY}/openid`,
  },
  email: {
    IMAP_URL: 'imap://bench:bench@127.0.0.1:9',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'bench@example.org',
  },
  'whatsapp-web': { WHATSAPP_WEB: 'on', CHROMIUM_PATH: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' },
};
/** Of each way to start; the middle one counts. */
const ROUNDS = 5;
/** Kernel ticks in a second, as Linux tells them to programs (proc(5)). */
const TICKS = 100;

interface Cost {
  /** Until it answered that it is ready. */
  cpuSeconds: number;
  /** Of the process, two seconds after its model serves; memory that it shares is divided among who shares it. */
  megabytes: number;
  /** The most of the same that what it started took meanwhile: the browser of whatsapp-web.js. */
  browserMegabytes: number;
}

export interface StartRow extends Cost {
  channels: string;
  /** Libraries for channels of which any file was run. */
  libraries: string[];
}

/** The libraries that belong to a channel: with the channel off none of their files may be read. */
const LIBRARIES = ['telegraf', 'botbuilder', 'imapflow', 'postal-mime', 'whatsapp-web.js', 'puppeteer'];

export async function measureStarts(): Promise<StartRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-start-'));
  const ways: [string, Record<string, string>][] = [
    ['all off', {}],
    ...Object.entries(CHANNELS).map(([name, env]): [string, Record<string, string>] => [name, { ...env }]),
    ['all on', Object.assign({}, ...Object.values(CHANNELS)) as Record<string, string>],
  ];
  try {
    // The first start makes the key and the model; what it costs belongs to no channel.
    await once(dir, {});
    const costs: Cost[][] = ways.map(() => []);
    for (let round = 0; round < ROUNDS; round++)
      for (const [n, [, env]] of ways.entries()) costs[n]?.push(await once(dir, env));
    const rows: StartRow[] = [];
    for (const [n, [channels, env]] of ways.entries())
      rows.push({ channels, ...middle(costs[n] ?? []), libraries: await librariesOf(dir, env) });
    return rows;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Names of the channels' libraries of which a process with these settings ran any file, from its start to its end. */
export async function librariesOf(dir: string, env: Readonly<Record<string, string>>): Promise<string[]> {
  const coverage = mkdtempSync(join(tmpdir(), 'sila-loaded-'));
  try {
    const sila = await startSila({ dir, port: await freePort(), env: { ...env, NODE_V8_COVERAGE: coverage } });
    await settled(sila);
    await sila.stop();
    return loadedFrom(coverage);
  } finally {
    rmSync(coverage, { recursive: true, force: true });
  }
}

async function once(dir: string, env: Record<string, string>): Promise<Cost> {
  const sila = await startSila({ dir, port: await freePort(), env });
  const cpuSeconds = cpuOf(sila);
  let browserMegabytes = 0;
  const settling = settled(sila).then(() => true);
  while (!(await Promise.race([settling, pause(200, false)])))
    browserMegabytes = Math.max(browserMegabytes, memoryOfAll(descendants(sila.pid)));
  const megabytes = memoryOf(sila.pid);
  await sila.stop();
  return { cpuSeconds, megabytes, browserMegabytes };
}

/** The model serves, and channels that call out at the start have done so. */
async function settled(sila: SilaProcess): Promise<void> {
  while (!sila.output().includes('questions.ready')) await pause(50);
  await pause(2_000);
}

/** User and system time of the process, fields 14 and 15 of proc(5)'s stat. */
function cpuOf({ pid }: SilaProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Proportional set size, proc(5)'s smaps_rollup; 0 for a process that is gone. */
function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) / 1024;
}

function memoryOfAll(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + memoryOf(pid), 0);
}

function descendants(pid: number): number[] {
  const children = readIfThere(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Every script that a process ran stands in the coverage that it writes when it ends. */
function loadedFrom(coverage: string): string[] {
  const urls = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
  const packages = urls.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(fileURLToPath(url))?.[1]);
  return LIBRARIES.filter((name) => packages.includes(name));
}

function middle(costs: readonly Cost[]): Cost {
  const of = (value: (cost: Cost) => number): number =>
    costs.map(value).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? NaN;
  return {
    cpuSeconds: of((cost) => cost.cpuSeconds),
    megabytes: of((cost) => cost.megabytes),
    browserMegabytes: of((cost) => cost.browserMegabytes),
  };
}
