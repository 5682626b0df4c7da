// whatsapp-web.js (channels/whatsapp-web/): translation, how it receives and how it sends.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../channels/channel.js';
import { limits, typing } from '../../channels/whatsapp-web/limits.js';
import { typingTime } from '../../channels/whatsapp-web/pacing.js';
import { translateIn, type MessageEvent } from '../../channels/whatsapp-web/translate-in.js';
import type { Json } from '../../src/engine/types.js';
import { ACCOUNT, idOf } from '../providers/whatsapp-web-line.js';
import type { OutFixture } from './contract-types.js';
import { until } from './telegram-talk.js';
import { stand, talking, USER, wrote } from './whatsapp-web-stand.js';

const PNG = Buffer.from('iVBORw0KGgo=', 'base64');

function fixtures<T>(file: string): T[] {
  const path = resolve(import.meta.dirname, '../../channels/whatsapp-web/fixtures', file);
  return JSON.parse(readFileSync(path, 'utf8')) as T[];
}

describe('translation', () => {
  const incoming = fixtures<{
    name: string;
    raw: { event: MessageEvent; message: Json };
    incoming: Incoming[];
    file?: string;
  }>('in.json');
  it.each(incoming.map((one) => [one.name, one] as const))('in: %s', (_name, { raw, incoming: wanted, file }) => {
    const translated = translateIn(raw.event, raw.message, ACCOUNT);
    expect(translated.kind === 'message' ? [translated.incoming] : []).toEqual(wanted);
    expect(translated.kind === 'message' ? translated.file?.name : undefined).toBe(file);
    if (wanted.length === 0) expect(translated.kind).toBe('silent');
  });

  it.each([null, 7, [], {}, { id: { length: {} } }, { id: { _serialized: '', fromMe: false }, from: USER }])(
    'puts aside what cannot be a message: %j',
    (value) => {
      expect(translateIn('message', value as Json, ACCOUNT).kind).toBe('broken');
    },
  );

  const outgoing = fixtures<OutFixture>('out.json');
  it.each(outgoing.map((one) => [one.name, one] as const))('out: %s', async (_name, { outgoing: given, requests }) => {
    const here = await talking();
    const { file, ...message } = given;
    const kept = file && (await here.host.keepFile(ACCOUNT, USER, file.name, Buffer.from(file.base64, 'base64')));
    const more = kept && 'id' in kept ? { file: kept } : {};
    expect((await here.channel.send(here.message({ ...message, ...more }))).result).toBe('sent');
    expect(here.web.sent).toEqual(requests);
    expect(here.web.faults).toEqual([]);
  });
});

describe('what people write', () => {
  it('is taken with its file, which is kept before the message is', async () => {
    const here = await talking();
    const message = here.web.written(USER, { type: 'image', hasMedia: true, body: 'تقرير', raw: { size: 9 } });
    here.web.files.set(idOf(message), PNG);
    await here.web.tell({ event: 'message', message });
    expect(here.host.accepted.at(-1)).toMatchObject({ text: 'تقرير', files: [{ name: 'image', mime: 'image/png' }] });
  });

  it('is asked for again where its file is gone, is larger than it said, or cannot be fetched in three tries', async () => {
    const here = await talking();
    await wrote(here, { type: 'image', hasMedia: true, body: '' });
    expect(here.host.accepted.at(-1)?.refused).toEqual([{ key: 'file_unreadable' }]);
    const liar = here.web.written(USER, { type: 'document', hasMedia: true, body: '', raw: { size: 9 } });
    here.web.files.set(idOf(liar), Buffer.alloc(limits.fileBytes + 1));
    await here.web.tell({ event: 'message', message: liar });
    expect(here.host.accepted.at(-1)?.refused).toEqual([{ key: 'file_too_big', values: { max: 25 } }]);
    here.web.failing.set('download', { times: 3 });
    await wrote(here, { type: 'document', hasMedia: true, body: '' });
    expect(here.host.accepted.at(-1)?.refused).toEqual([{ key: 'file_not_fetched' }]);
  });

  it('while nobody listened is found among recent chats, once, before what is written now', async () => {
    const here = await talking();
    await here.stop();
    const missed = ['الأولى', 'الثانية'].map((body) => here.web.written(USER, { body }));
    const photo = here.web.written(USER, { type: 'image', hasMedia: true, body: 'صورة' });
    here.web.files.set(idOf(photo), PNG);
    await here.start();
    await wrote(here, { body: 'الثالثة' });
    expect(here.host.accepted.map(({ text }) => text)).toEqual([
      'السلام عليكم',
      'الأولى',
      'الثانية',
      'صورة',
      'الثالثة',
    ]);
    await here.stop();
    const kept = here.host.accepted.length;
    await here.start();
    await wrote(here, { body: 'الرابعة' });
    expect(here.host.accepted.slice(kept).map(({ text }) => text)).toEqual(['الرابعة']);
    expect(missed).toHaveLength(2);
  });

  it('with a file is not fetched and kept once more after a restart', async () => {
    const here = await talking();
    const message = here.web.written(USER, { type: 'image', hasMedia: true, body: '' });
    here.web.files.set(idOf(message), PNG);
    await here.web.tell({ event: 'message', message });
    await here.stop();
    // Would fail, if it were asked for.
    here.web.files.clear();
    await here.start();
    await wrote(here, { body: 'بعد' });
    expect(here.host.accepted.map(({ refused }) => refused).filter(Boolean)).toEqual([]);
  });

  it('before the number was paired with us is none of ours, and neither is what is days old', async () => {
    const now = 1_800_000_000;
    const here = await stand((web, host) => {
      host.clock.now = now * 1_000;
      web.written(USER, { body: 'قبلنا', timestamp: now - 60 });
    });
    await wrote(here, { body: 'إلينا', timestamp: now });
    expect(here.host.accepted.map(({ text }) => text)).toEqual(['إلينا']);
    await here.stop();
    here.host.clock.now = (now + 30 * 86_400) * 1_000;
    here.web.written(USER, { body: 'منذ أسابيع', timestamp: now + 86_400 });
    here.web.written(USER, { body: 'أمس', timestamp: now + 29 * 86_400 });
    await here.start();
    await wrote(here, { body: 'الآن', timestamp: now + 30 * 86_400 });
    expect(here.host.accepted.map(({ text }) => text)).toEqual(['إلينا', 'أمس', 'الآن']);
  });

  it('to a process that is gone is taken by the one that follows it, of people whom the house knows', async () => {
    const here = await talking();
    await until(() => here.host.transcript(ACCOUNT, USER, 0, 1).then((shown) => shown.length > 0));
    await here.stop();
    here.web.written(USER, { body: 'بينهما', timestamp: here.web.seconds() - 5 });
    here.web.written('966559999999@c.us', { body: 'قبلنا', timestamp: here.web.seconds() - 5 });
    await here.elsewhere();
    await wrote(here, { body: 'بعدهما' });
    expect(here.host.accepted.map(({ text }) => text)).toEqual(['السلام عليكم', 'بينهما', 'بعدهما']);
  });

  it('waits in its order while it cannot be kept', async () => {
    const here = await talking();
    here.host.failing = true;
    const first = wrote(here, { body: 'الأولى' });
    await until(() => here.host.logged.includes('whatsapp_web.not_accepted'));
    const second = wrote(here, { body: 'الثانية' });
    here.host.failing = false;
    await Promise.all([first, second]);
    expect(here.host.accepted.map(({ text }) => text)).toEqual(['السلام عليكم', 'الأولى', 'الثانية']);
  });

  it('holds up nobody where the house refuses it for good', async () => {
    const here = await talking();
    const accept = here.host.accept.bind(here.host);
    here.host.accept = (incoming) =>
      incoming.text === 'سم' ? Promise.reject(new TypeError('never')) : accept(incoming);
    await wrote(here, { body: 'سم' });
    await wrote(here, { body: 'بعده' });
    expect(new Set(here.host.unread)).toEqual(new Set(['not_accepted']));
    expect(here.host.accepted.at(-1)?.text).toBe('بعده');
  });

  it('in a group, a status or a broadcast is passed over, and what is unreadable is put aside', async () => {
    const here = await talking();
    await wrote(here, { body: 'x' }, '120363@g.us');
    await wrote(here, { body: 'x', isStatus: true }, 'status@broadcast');
    await here.web.tell({ event: 'message', message: { id: 7 } });
    expect(here.host.accepted).toHaveLength(1);
    expect(here.host.unread).toEqual(['message']);
  });
});

describe('what we say', () => {
  it('is typed for as long as somebody would type it', async () => {
    const here = await talking();
    here.paused.length = 0;
    await here.channel.send(here.message({ text: 'ن'.repeat(60) }));
    expect(here.paused).toEqual([60 * typing.perLetter]);
    expect(here.web.faults).toEqual([]);
    expect(typingTime('', 0.5)).toBe(typing.least);
    expect(typingTime('ن'.repeat(9_000), 0)).toBe(Math.round(typing.most * (1 - typing.jitter)));
    expect(typingTime('ن'.repeat(9_000), 1)).toBe(Math.round(typing.most * (1 + typing.jitter)));
  });

  it('waits for the person where it is a template, or for another number of ours', async () => {
    const here = await talking();
    const template = { name: 'sila_status', code: 'ar', parameters: [] };
    for (const more of [{ template }, { account: 'whatsapp-web:966599999999' }])
      expect(await here.channel.send(here.message({ text: 'x', ...more }))).toMatchObject({
        result: 'error',
        error: { code: 'window_closed' },
      });
    expect(here.web.sent).toEqual([]);
    expect(here.channel.limits.replyWindow).toBe(24 * 3_600_000);
    expect(here.channel.limits.templates).toBeUndefined();
  });

  it('goes on where it stopped when it is tried again', async () => {
    const here = await talking();
    const text = `${'ن'.repeat(4_000)}\n\n${'و'.repeat(4_000)}`;
    const message = here.message({ text });
    here.web.failing.set('send', { times: 1, after: 1 });
    expect(await here.channel.send(message)).toMatchObject({ result: 'ambiguous' });
    expect(here.web.sent).toHaveLength(1);
    expect(await here.channel.send(message)).toMatchObject({ result: 'sent' });
    expect(here.web.sent.map((one) => one.text[0])).toEqual(['ن', 'و']);
  });

  it('is told as sent, delivered and read', async () => {
    const here = await talking();
    const sent = await here.channel.send(here.message({ text: 'أهلًا' }));
    const id = sent.result === 'sent' ? (sent.providerId ?? '') : '';
    for (const ack of [0, 1, 2, 3, 4, -1]) await here.web.tell({ event: 'ack', id, ack });
    await here.web.tell({ event: 'ack', id: 'false_x', ack: 3 });
    const states = here.host.statuses.map(({ state, providerId }) => [state, providerId === id]);
    expect(states).toEqual(['sent', 'delivered', 'read', 'read', 'failed'].map((state) => [state, true]));
  });

  it('is tried again while the page has no line to WhatsApp', async () => {
    const here = await talking();
    here.web.offline = true;
    const down = await here.channel.send(here.message({ text: 'x' }));
    expect(down).toMatchObject({ result: 'error', error: { code: 'provider_down', retry: true } });
    here.web.offline = false;
    expect((await here.channel.send(here.message({ text: 'x' }))).result).toBe('sent');
    expect(here.web.sent).toHaveLength(1);
  });

  it('is tried again while the browser comes up, and needs staff while the phone is not paired', async () => {
    const here = await stand((web) => (web.paired = false));
    expect(await here.channel.send(here.message({ text: 'x' }))).toMatchObject({ error: { code: 'provider_down' } });
    await until(async () => (await here.state()) === 'pairing');
    expect(await here.channel.send(here.message({ text: 'x' }))).toMatchObject({
      error: { code: 'auth', retry: true, tellStaff: true },
    });
  });
});
