// One request over three channels, over real HTTP: begun on WhatsApp, gone on with on Telegram, finished on the website; one case.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { choose, type Phone } from '../../scripts/demo/phone.js';
import { telegramWorld } from '../../scripts/demo/telegram-phone.js';
import { websiteWorld } from '../../scripts/demo/website-phone.js';
import { whatsappWorld } from '../../scripts/demo/whatsapp-phone.js';
import { freePort, startSila } from '../support/sila-process.js';

/** WhatsApp's own pace lets one message through in six seconds once a burst is used up. */
const PATIENCE = 60_000;
const CODE = /\d{4} \d{4}/;
const PASSWORD = 'a-password-for-this-test-only';

/** The person's lines of the demo's conversation, from the greeting to the signature. */
const lines = readFileSync(
  resolve(import.meta.dirname, '../conversations/three-channels.safe-treatment.ar.chat'),
  'utf8',
)
  .split('\n')
  .flatMap((line) => (line.startsWith('> ') ? [line.slice(2)] : []));

it('is one case, with three conversations in order for staff, and its state told in full on each', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-three-'));
  const worlds = await Promise.all([whatsappWorld('خالد العتيبي'), telegramWorld('خالد', 'ar'), websiteWorld('ar')]);
  const settings = Object.assign({ STAFF_ADMIN_PASSWORD: PASSWORD }, ...worlds.map((one) => one.settings)) as Record<
    string,
    string
  >;
  const sila = await startSila({ dir, port: await freePort(), env: settings });
  onTestFinished(async () => {
    await sila.stop();
    await Promise.all(worlds.map((world) => world.close()));
    rmSync(dir, { recursive: true, force: true });
  });
  for (const world of worlds) await world.open(sila.url);
  const [whatsapp, telegram, website] = worlds.map(({ phone }) => phone) as [Phone, Phone, Phone];
  const photo = await sharp({ create: { width: 64, height: 40, channels: 3, background: '#cfdcd8' } })
    .jpeg()
    .toBuffer();
  const at = (part: string) => lines.findIndex((line) => line.includes(part));
  const [name, need] = [at('خالد'), lines.findIndex((line, n) => n > at('خالد') && line.split(' ').length > 5)];

  await play(whatsapp, lines.slice(0, name), photo);
  await moveTo(telegram, await codeOn(whatsapp), 'ما اسمك الكامل');
  await play(telegram, lines.slice(name, need), photo);
  await moveTo(website, await codeOn(telegram), 'وصف الحاجة');
  const paper = lines.findIndex((line) => line.startsWith('(file)'));
  await play(website, lines.slice(need, paper), photo);
  await sendByLink(website, photo);
  await play(website, lines.slice(paper + 1), photo);
  const number = /\d{4}-\d{4}-\d{4}-\d/.exec(await all(website))?.[0] ?? 'none';
  expect(number).not.toBe('none');

  const staff = await signIn(sila.url);
  const { cases } = z
    .object({ cases: z.array(z.object({ grouped: z.string() })) })
    .parse(await staff('/cases/search', { limit: 50 }));
  expect(cases.map(({ grouped }) => grouped)).toEqual([number]);
  const opened = z
    .object({
      case: z.object({
        passages: z.array(z.object({ conversation: z.string(), channel: z.string() })),
        files: z.array(z.object({ name: z.string() })),
      }),
    })
    .parse(await staff(`/cases/${number.replaceAll('-', '')}`));
  const { passages, files } = opened.case;
  expect(files.map(({ name: of }) => of)).toEqual(['id.jpg']);
  expect(passages.map(({ channel }) => channel)).toEqual(['whatsapp', 'telegram', 'website']);
  const transcripts = await Promise.all(
    passages.map(async ({ conversation }) => JSON.stringify(await staff(`/conversations/${conversation}/lines`))),
  );
  expect(transcripts[0]).toContain('طلب مساعدة');
  expect(transcripts[1]).toContain(lines[name] ?? 'none');
  expect(transcripts[2]).toContain(number);

  for (const phone of [whatsapp, telegram]) {
    await say(phone, 'متابعة طلب', number);
  }
});

/** Does every line as the phone allows, each after the words before it have come to rest. */
async function play(phone: Phone, todo: readonly string[], photo: Buffer): Promise<void> {
  for (const line of todo) {
    const before = (await phone.shown()).length;
    const label = /^\[(.*)\]$/.exec(line)?.[1];
    const file = /^\(file\) (.*)$/.exec(line)?.[1];
    if (label !== undefined) await choose(phone, label);
    else if (file !== undefined) await phone.sendFile(file, photo);
    else await phone.write(line);
    await until(async () => (await phone.shown()).length > before, `${phone.channel} says nothing after «${line}»`);
    await quiet(phone);
  }
}

/** Asks for a link to a page of the charity's own, and sends the paper there. */
async function sendByLink(phone: Phone, photo: Buffer): Promise<void> {
  await say(phone, 'رابط رفع آمن', '/u/');
  const link = /https?:\/\/\S+\/u\/[\w-]{43}/.exec((await phone.shown()).at(-1)?.text ?? '')?.[0] ?? 'none';
  expect((await fetch(link)).status).toBe(200);
  const before = (await phone.shown()).length;
  const body = new FormData();
  body.append('files', new Blob([new Uint8Array(photo)]), 'id.jpg');
  expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
  await until(async () => (await phone.shown()).length > before, 'the conversation does not go on');
  await quiet(phone);
}

/** Asks for a code; where the question takes any words, says that it is meant as a wish. */
async function codeOn(phone: Phone): Promise<string> {
  const before = (await phone.shown()).length;
  await phone.write('أكمل على قناة أخرى');
  await until(async () => (await phone.shown()).length > before, `${phone.channel} says nothing`);
  await quiet(phone);
  const last = (await phone.shown()).at(-1);
  if (last && last.as !== 'text' && last.options.some((one) => one.label === 'نعم، الآن')) await phone.tap('نعم، الآن');
  await until(async () => CODE.test(await all(phone)), `${phone.channel} gives no code`);
  const codes = (await phone.shown()).flatMap(({ text }) => CODE.exec(text)?.[0] ?? []);
  return codes.at(-1) ?? 'none';
}

async function moveTo(phone: Phone, code: string, question: string): Promise<void> {
  await say(phone, 'السلام عليكم', 'كيف يمكننا خدمتك');
  await say(phone, code, 'هل نربطه بهذه المحادثة');
  await choose(phone, 'نعم');
  await until(async () => (await all(phone)).includes(question), `${phone.channel} does not go on with «${question}»`);
  await quiet(phone);
}

async function say(phone: Phone, words: string, expected: string): Promise<void> {
  const before = (await phone.shown()).length;
  await phone.write(words);
  await until(
    async () => (await phone.shown()).slice(before).some(({ text }) => text.includes(expected)),
    `${phone.channel} does not say «${expected}» after «${words}»`,
  );
  await quiet(phone);
}

/** Nothing new for a moment: one turn may say several things. */
async function quiet(phone: Phone): Promise<void> {
  let seen = -1;
  await until(async () => {
    const now = (await phone.shown()).length;
    const rests = now === seen;
    seen = now;
    return rests;
  }, `${phone.channel} never rests`);
}

async function all(phone: Phone): Promise<string> {
  return (await phone.shown()).map(({ text }) => text).join('\n');
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const start = performance.now(); performance.now() - start < PATIENCE;) {
    if (await holds()) return;
    await pause(150);
  }
  throw new Error(otherwise);
}

type Ask = (path: string, body?: object) => Promise<unknown>;

/** Somebody of the staff at the console's API. */
async function signIn(url: string): Promise<Ask> {
  const headers = { 'content-type': 'application/json', origin: url };
  const body = JSON.stringify({ login: 'admin', password: PASSWORD });
  const answer = await fetch(`${url}/api/staff/sign-in`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const own = { ...headers, cookie, 'x-sila-token': /"token":"([^"]+)"/.exec(await answer.text())?.[1] ?? '' };
  return async (path, given) => {
    const asked = given === undefined ? {} : { method: 'POST', body: JSON.stringify(given) };
    return (await fetch(`${url}/api/staff${path}`, { headers: own, ...asked })).json();
  };
}
