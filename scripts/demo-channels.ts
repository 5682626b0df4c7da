/**
 * `npm run demo:channels [-- --charity NAME --language ar|en --out FILE --once]`: one aid request on all channels at the same time, the
 * real program before providers of this machine. Shown in columns here and as a page; without `--once` the program goes on until Ctrl-C.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { Texts } from '../src/conversation/texts.js';
import type { Bundle } from '../src/sila.js';
import { freePort, startSila, type SilaProcess } from '../test/support/sila-process.js';
import { columns, linesOf } from './demo/columns.js';
import { pageOf, type Story } from './demo/page.js';
import type { Phone } from './demo/phone.js';
import { exchangesOf } from './demo/script.js';
import { telegramWorld } from './demo/telegram-phone.js';
import { walk, type Row } from './demo/walk.js';
import { websiteWorld } from './demo/website-phone.js';
import { whatsappWorld } from './demo/whatsapp-phone.js';
import type { World } from './demo/world.js';

const { values: options } = parseArgs({
  options: {
    charity: { type: 'string', default: 'safe-treatment' },
    language: { type: 'string', default: 'ar' },
    out: { type: 'string', default: 'dist/demo-channels.html' },
    /** Ends when the page is written. */
    once: { type: 'boolean', default: false },
  },
});

const root = resolve(import.meta.dirname, '../..');
const { charity, language } = options;
const bundle = JSON.parse(readFileSync(join(root, `dist/flows/${charity}.json`), 'utf8')) as Bundle;
const texts = new Texts(bundle.texts, bundle.set.languages);
const say: Story['say'] = (key, values) => texts.say(`demo.channels.${key}`, language, values);
/** Without marks of direction, which a copied address would take along. */
const tell = (...said: Parameters<typeof say>): void =>
  console.log(`\n${say(...said).replace(/[\u2066-\u2069]/g, '')}`);
const name = texts.render(bundle.set.charity.name, language);

await main();

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-demo-'));
  const worlds = await Promise.all([
    websiteWorld(language),
    telegramWorld(say('person'), language),
    whatsappWorld(say('person')),
  ]);
  const password = randomBytes(9).toString('base64url');
  const settings = Object.assign(
    { CHARITY: charity, STAFF_ADMIN_PASSWORD: password },
    ...worlds.map((one) => one.settings),
  ) as Record<string, string>;
  const sila = await startSila({ dir, port: await freePort(), env: settings });
  try {
    for (const world of worlds) await world.open(sila.url);
    const rows = await play(worlds.map(({ phone }) => phone));
    const path = write(worlds, rows);
    tell('page', { path });
    if (!options.once) await untilAsked(sila, password);
  } finally {
    await sila.stop();
    await Promise.all(worlds.map((world) => world.close()));
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Prints every exchange as soon as all phones have it. */
async function play(phones: readonly Phone[]): Promise<Row[]> {
  const transcript = readFileSync(join(root, `test/conversations/three-channels.${charity}.${language}.chat`), 'utf8');
  const exchanges = phones.map(({ channel, tellsLanguage }) => exchangesOf(transcript, bundle, channel, tellsLanguage));
  const rows: Row[] = [];
  print(phones.map(({ channel }) => [say(channel)]));
  for await (const row of walk(phones, exchanges, await photo())) {
    rows.push(row);
    print(row.cells.map(linesOf));
  }
  return rows;
}

function print(cells: readonly (readonly string[])[]): void {
  const width = Math.max(60, Math.min(process.stdout.columns || 150, 180));
  console.log(`${columns(cells, width, language === 'ar')}\n${'─'.repeat(width)}`);
}

/** Writes the page and gives its path back; throws when a phone never showed a case number. */
function write(worlds: readonly World[], rows: readonly Row[]): string {
  const channels = worlds.map(({ phone }) => phone.channel);
  const numbers = channels.map((channel, index) => {
    const words = rows.map(({ cells }) => cells[index]?.shown.map(({ text }) => text).join('\n') ?? '').join('\n');
    const number = /\d{4}-\d{4}-\d{4}-\d/.exec(words)?.[0];
    if (number === undefined) throw new Error(`${channel} ended without a case number`);
    return number;
  });
  const path = resolve(options.out);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, pageOf({ language, charity: name, channels, rows, numbers, say }, root));
  print(channels.map((channel, index) => [`${say(channel)} · ${say('number')} ${numbers[index] ?? ''}`]));
  return path;
}

/** Staff can look at the three requests, and go on talking on the website, until Ctrl-C. */
async function untilAsked(sila: SilaProcess, password: string): Promise<void> {
  tell('stays', { console: `${sila.url}/staff/`, password, chat: `${sila.url}/chat` });
  await new Promise<void>((end) => {
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
}

/** A picture as a phone takes it. */
function photo(): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 400, channels: 3, background: '#cfdcd8' } })
    .jpeg()
    .toBuffer();
}
