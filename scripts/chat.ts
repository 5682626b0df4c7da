// `npm run chat`: a conversation in the terminal, over the real engine, turns and store, with data that are thrown away.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as breath } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Channel, ChannelLimits, Incoming, Outgoing } from '../channels/channel.js';
import type { Option } from '../src/engine/types.js';
import { blobsOnDisk } from '../src/files/disk.js';
import { createIds } from '../src/ids.js';
import { createObserver } from '../src/observe/observer.js';
import { anonymise } from './chats/anonymise.js';
import { Recording } from './chats/record.js';
import { openTrained } from './chats/trained.js';
import { modelFolder } from './model-folder.js';
import { openEmbeddedQueue } from '../src/queue/embedded.js';
import { trainInThread } from '../src/conversation/train.js';
import { createSila, type Bundle, type Sila } from '../src/sila.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';

const { values: options } = parseArgs({
  options: {
    charity: { type: 'string', default: 'safe-treatment' },
    language: { type: 'string', default: 'ar' },
    /** Plays the lines of a file instead of asking for them. */
    script: { type: 'string' },
    /** Writes a transcript of the session, with stand-ins for names, numbers and files: a test of test/conversations. */
    record: { type: 'string' },
  },
});

const ACCOUNT = 'terminal';
const USER = 'me';
/** Between the lines of a script people take their time, or they would be over the pace. */
const THINKING = 5_000;
/** Lines of the log that begin so tell that the model of questions is there, or why search alone answers. */
const LEARNED = 'questions.';
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const limits: ChannelLimits = {
  channel: 'terminal',
  text: 4096,
  buttons: null,
  list: null,
  replyWindow: null,
  fileBytes: 25 * 1024 * 1024,
};

const bundlePath = resolve(import.meta.dirname, '..', 'flows', `${options.charity}.json`);
if (existsSync(bundlePath)) await chat(JSON.parse(readFileSync(bundlePath, 'utf8')) as Bundle);
else fail(`There is no ${bundlePath}: run npm run flows, and choose a charity of flows/charities.`);

async function chat(bundle: Bundle): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-chat-'));
  const queue = openEmbeddedQueue((kind, error) => console.error(kind, error));
  let skipped = 0;
  let offered: Option[] = [];
  const show = (message: Outgoing) => {
    print(message);
    // The last message is the question: a number answers its choices, or is the answer when it has none.
    offered = message.options;
  };
  const key = randomBytes(32);
  let learned = (): void => undefined;
  const hears = new Promise<void>((resolve) => (learned = resolve));
  const sila = await createSila({
    store: await openEmbeddedStore({ dir }),
    queue,
    blobs: blobsOnDisk(join(dir, 'files')),
    training: { dir: modelFolder, train: trainInThread },
    bundle,
    encryptionKeys: () => [key],
    channels: [{ module: { limits, create: () => terminal(show) }, settings: {} }],
    now: () => Date.now() + skipped,
    ids: createIds(),
    random: () => Math.random(),
    observer: createObserver((event) => {
      if (event.startsWith(LEARNED)) learned();
    }),
    sweepEvery: 1_000,
  });
  const settle = async () => {
    while ((await queue.pending()) > 0) await breath();
  };
  const say = async (line: string) => {
    const later = /^\/later (\d+)([smhd])$/.exec(line);
    if (later) {
      skipped += Number(later[1]) * UNITS[later[2] as keyof typeof UNITS];
      await sila.sweepOnce();
    } else await send(sila, line, offered);
    await settle();
  };
  const record = new Recording(options.charity, options.language);
  if (bundle.lessons) {
    console.log(`\n${sila.house.texts.say('chat.learns', options.language)}`);
    await hears;
  }
  console.log(`\n${sila.house.texts.say('chat.help', options.language)}\n`);
  try {
    for await (const line of lines()) {
      if (line === '/quit') break;
      if (line.trim() === '') continue;
      if (options.script !== undefined) {
        console.log(`\n› ${line}`);
        skipped += THINKING;
      }
      record.line(line.trim(), offered);
      await say(line.trim());
    }
    if (options.record !== undefined) await keep(record, bundle, options.record);
  } finally {
    await sila.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Writes the transcript; what the terminal cannot tell from a person's story is for human eyes. */
async function keep(record: Recording, bundle: Bundle, path: string): Promise<void> {
  writeFileSync(path, anonymise(record.text, await openTrained(bundle, trainInThread)));
  console.log(path);
}

/** What stands in a line: a file, the number of a choice, or words. */
async function send(sila: Sila, line: string, offered: readonly Option[]): Promise<void> {
  const host = sila.host(limits.channel);
  const incoming: Incoming = {
    account: ACCOUNT,
    user: USER,
    messageId: createIds().unlinked(),
    language: options.language,
  };
  const file = /^\/file (.+)$/.exec(line)?.[1];
  const option = offered[Number(line) - 1];
  if (file !== undefined) {
    const kept = await host.keepFile(ACCOUNT, USER, file, await sample(file));
    if ('refused' in kept)
      Object.assign(incoming, { refused: [{ key: kept.refused, ...(kept.values && { values: kept.values }) }] });
    else incoming.files = [kept];
  } else if (option) incoming.choice = option.id;
  else incoming.text = line;
  await host.accept(incoming).catch((error: unknown) => {
    const key = error instanceof Error ? error.name : 'unknown';
    console.error(sila.house.texts.say('chat.refused', options.language, { key }));
  });
}

function terminal(show: (message: Outgoing) => void): Channel {
  return {
    name: limits.channel,
    limits,
    routes: () => [],
    send: (message) => {
      show(message);
      return Promise.resolve({ result: 'sent' });
    },
  };
}

function print({ text, options: choices, author, file }: Outgoing): void {
  const body = text.split('\n').flatMap((line) => wrap(line, Math.min(process.stdout.columns || 80, 100) - 4));
  const list = choices.map(
    ({ label, hint }, index) => `${index + 1}. ${label}${hint === undefined ? '' : ` — ${hint}`}`,
  );
  const lines = [...body, ...(file ? [`[${file.name}]`] : []), ...list];
  console.log(`\n${lines.map((line) => `${author === 'staff' ? '┃' : '│'} ${line}`).join('\n')}`);
}

/** Whole words in lines of at most `width` letters. */
function wrap(line: string, width: number): string[] {
  const rows = [''];
  for (const word of line.split(' ')) {
    const row = rows.at(-1) ?? '';
    if (row === '') rows[rows.length - 1] = word;
    else if (row.length + word.length < width) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
}

async function* lines(): AsyncGenerator<string> {
  if (options.script !== undefined) {
    yield* readFileSync(options.script, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    return;
  }
  yield* createInterface({ input: process.stdin, output: process.stdout, prompt: '› ' });
}

/** A small real file of the kind that its name says. */
async function sample(name: string): Promise<Buffer> {
  if (name.toLowerCase().endsWith('.pdf'))
    return Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  return sharp({ create: { width: 320, height: 200, channels: 3, background: '#dfe7e4' } })
    .png()
    .toBuffer();
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
