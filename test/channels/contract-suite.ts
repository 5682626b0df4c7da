// What every channel with a provider's webhook must do, whatever the provider: proofs, translation, batches, unknown kinds, limits.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Channel, ChannelResponse, Outgoing } from '../../channels/channel.js';
import type { FileRef } from '../../src/engine/types.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { limitTests } from './contract-limits.js';
import { silaTests } from './contract-sila.js';
import type { ChannelContract, InFixture, OutFixture, Provider } from './contract-types.js';

export interface Desk {
  provider: Provider;
  host: FakeHost;
  channel: Channel;
  post: (body: Buffer, headers?: Record<string, string>) => Promise<ChannelResponse>;
}

/** `runs`: how often twenty numbered messages are sent; the slow suite does it a thousand times. */
export function channelContract(name: string, contract: ChannelContract, runs = 5): void {
  describe(`${name} keeps the channel contract`, () => {
    proofTests(contract);
    translationTests(name, contract);
    batchTests(contract);
    bodyTests(contract);
    limitTests(contract);
    silaTests(contract, runs);
  });
}

export async function startDesk(contract: ChannelContract): Promise<Desk> {
  const provider = await contract.start();
  onTestFinished(() => provider.stop());
  const host = createFakeHost(() => []);
  const channel = contract.module.create(host, provider.settings);
  const post: Desk['post'] = (body, headers = provider.prove(body, provider.secrets[0])) =>
    postTo(channel, contract.path, body, headers);
  return { provider, host, channel, post };
}

export function postTo(channel: Channel, path: string, body: Buffer, headers: Record<string, string>) {
  const route = channel.routes().find((one) => one.path === path && one.method === 'POST');
  if (!route) throw new Error(`no route ${path}`);
  if (body.length > route.limit) return Promise.resolve<ChannelResponse>({ status: 413 });
  const all = { 'content-type': 'application/json', ...headers };
  return route.handle({ method: 'POST', path, params: {}, query: {}, headers: all, ip: '192.0.2.1', body });
}

function proofTests(contract: ChannelContract): void {
  const { header, over } = contract.proof;
  const written = 'أحتاج إلى مساعدة 🌙';
  const bodyOf = ({ provider }: Desk) => provider.bodies([provider.say(provider.user(1), written)])[0]!;
  const proofOf = ({ provider }: Desk, body: Buffer, which = 0) =>
    provider.prove(body, provider.secrets[which]!)[header]!;

  describe('proof', () => {
    it.each([
      ['the current secret', 0],
      ['the second secret, during rotation', 1],
    ])('takes %s', async (_name, which) => {
      const desk = await startDesk(contract);
      const body = bodyOf(desk);
      expect((await desk.post(body, { [header]: proofOf(desk, body, which) })).status).toBe(200);
      expect(desk.host.accepted.map(({ text }) => text)).toEqual([written]);
    });

    it('takes raw bytes with escaped Arabic', async () => {
      const desk = await startDesk(contract);
      const escaped = Buffer.from(
        bodyOf(desk)
          .toString('utf8')
          .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .replaceAll('/', '\\/'),
      );
      expect(escaped.includes('\\u0623')).toBe(true);
      expect((await desk.post(escaped)).status).toBe(200);
      expect(desk.host.accepted.map(({ text }) => text)).toEqual([written]);
    });

    const bad: [string, (proof: string) => string | undefined][] = [
      ['missing', () => undefined],
      ['empty', () => ''],
      ['wrong', (proof) => proof.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
      ['truncated', (proof) => proof.slice(0, -1)],
      ['longer', (proof) => `${proof}0`],
      ['in another case', (proof) => proof.replace(/[0-9a-z-]+$/i, otherCase)],
      ['twice', (proof) => `${proof}, ${proof}`],
      ['of another secret', (proof) => proof.replace(/[0-9a-z]/gi, 'a')],
      ['of a megabyte', (proof) => proof.repeat(20_000)],
    ];
    it.each(bad)('refuses one that is %s, keeps nothing and logs nothing of it', async (_name, spoil) => {
      const desk = await startDesk(contract);
      const body = bodyOf(desk);
      const proof = proofOf(desk, body);
      const spoilt = spoil(proof);
      const { status } = await desk.post(body, spoilt === undefined ? {} : { [header]: spoilt });
      expect([401, 403]).toContain(status);
      expect(desk.host.accepted).toEqual([]);
      expect(JSON.stringify(desk.host.logged)).not.toContain(proof.slice(-8));
    });

    // Only a proof over the body can notice.
    if (over === 'body')
      it('refuses a body of which any one byte was changed', async () => {
        const desk = await startDesk(contract);
        const body = bodyOf(desk);
        const proof = { [header]: proofOf(desk, body) };
        for (let at = 0; at < body.length; at += Math.ceil(body.length / 97)) {
          const changed = Buffer.from(body);
          changed[at] = changed[at]! ^ 1;
          expect([401, 403]).toContain((await desk.post(changed, proof)).status);
        }
        expect(desk.host.accepted).toEqual([]);
      });
  });
}

function otherCase(proof: string): string {
  const upper = proof.toUpperCase();
  return upper === proof ? proof.toLowerCase() : upper;
}

function translationTests(name: string, contract: ChannelContract): void {
  const fixtures = <T>(file: string): T[] =>
    JSON.parse(
      readFileSync(join(resolve(import.meta.dirname, '../..'), `channels/${name}/fixtures/${file}`), 'utf8'),
    ) as T[];

  describe('translation', () => {
    const incoming = fixtures<InFixture>('in.json');
    it.each(incoming.map((fixture) => [fixture.name, fixture] as const))('in: %s', async (_name, fixture) => {
      const desk = await startDesk(contract);
      expect((await desk.post(Buffer.from(JSON.stringify(fixture.raw)))).status).toBe(200);
      expect(desk.host.accepted).toEqual(fixture.incoming);
    });

    const outgoing = fixtures<OutFixture>('out.json');
    it.each(outgoing.map((fixture) => [fixture.name, fixture] as const))('out: %s', async (_name, fixture) => {
      const desk = await startDesk(contract);
      desk.provider.user(1);
      const { file, ...message } = fixture.outgoing;
      const kept =
        file &&
        (await desk.host.keepFile(desk.provider.account, message.user, file.name, Buffer.from(file.base64, 'base64')));
      const sent = await desk.channel.send(
        outgoingOf(desk.provider, { ...message, ...(kept && { file: kept as FileRef }) }),
      );
      expect(sent.result).toBe('sent');
      expect(desk.provider.requests()).toEqual(fixture.requests);
    });

    it('has fixtures of both ways', () => {
      expect(incoming.length).toBeGreaterThanOrEqual(10);
      expect(outgoing.length).toBeGreaterThanOrEqual(5);
    });
  });
}

/** A message of the bot with all that a test does not name. */
export function outgoingOf(provider: Provider, message: Partial<Outgoing> = {}): Outgoing {
  const user = message.user ?? provider.user(1);
  return {
    id: '0199a8a0-0000-7000-8000-000000000001',
    conversation: '0199a8a0-0000-7000-8000-000000000002',
    account: provider.account,
    user,
    seq: 7,
    attempt: 1,
    author: 'bot',
    text: '',
    options: [],
    ...message,
    reply: { ...(provider.reply?.(user) ?? { chat: user }), ...message.reply },
  };
}

function batchTests(contract: ChannelContract): void {
  describe('batches', () => {
    it('takes every one of many messages of many people, statuses between them, and puts aside what is broken', async () => {
      const desk = await startDesk(contract);
      const { provider, host } = desk;
      const people = [1, 2, 3].map((n) => provider.user(n));
      const texts = people.flatMap((user) => ['أ', 'ب', 'ج'].map((text) => ({ user, text: `${text} ${user}` })));
      const events = texts.map(({ user, text }) => provider.say(user, text));
      const statuses = provider.status ? [1, 2, 3].map((n) => provider.status!(`id-${n}`)) : [];
      events.splice(2, 0, provider.poison(), provider.unknownEvent());
      events.splice(6, 0, ...statuses, provider.poison());
      for (const body of provider.bodies(events)) expect((await desk.post(body)).status).toBe(200);
      expect(host.accepted.filter(({ text }) => text !== undefined).map(({ user, text }) => ({ user, text }))).toEqual(
        texts,
      );
      expect(host.unread.length).toBeGreaterThanOrEqual(2);
      expect(host.statuses).toHaveLength(statuses.length);
      // People wait, statuses do not.
      expect(host.order.slice(0, texts.length)).toEqual(texts.map(() => 'message'));
    });

    it('asks for all of it again when something could not be kept', async () => {
      const desk = await startDesk(contract);
      const bodies = desk.provider.bodies([1, 2].map((n) => desk.provider.say(desk.provider.user(n), 'سلام')));
      desk.host.failing = true;
      for (const body of bodies) expect((await desk.post(body)).status).toBe(503);
      desk.host.failing = false;
      for (const body of bodies) expect((await desk.post(body)).status).toBe(200);
      expect(desk.host.accepted).toHaveLength(2);
    });

    it('lets a person know who sends a kind of thing that nobody knows yet', async () => {
      const desk = await startDesk(contract);
      const [body] = desk.provider.bodies([desk.provider.unknownKind(desk.provider.user(1))]);
      expect((await desk.post(body!)).status).toBe(200);
      expect(desk.host.accepted).toMatchObject([{ user: desk.provider.user(1), media: 'unknown' }]);
    });
  });
}

function bodyTests(contract: ChannelContract): void {
  const bodies: [string, Buffer][] = [
    ['empty', Buffer.alloc(0)],
    ['cut JSON', Buffer.from('{"entry":[{"id"')],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['null', Buffer.from('null')],
    ['a number', Buffer.from('7')],
    ['a list', Buffer.from('[[],{}]')],
    ['ten thousand levels deep', Buffer.from('['.repeat(10_000) + ']'.repeat(10_000))],
    ['prototype keys', Buffer.from('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"entry":7,"message":[]}')],
  ];
  describe('bodies', () => {
    it.each(bodies)('puts aside a proven body that is %s', async (_name, body) => {
      const desk = await startDesk(contract);
      expect((await desk.post(body)).status).toBe(200);
      expect(desk.host.accepted).toEqual([]);
      expect(desk.host.unread).toHaveLength(1);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    });

    it('refuses one that is too large', async () => {
      const desk = await startDesk(contract);
      expect((await desk.post(Buffer.alloc(5 * 1024 * 1024, 0x20))).status).toBe(413);
      expect(desk.host.unread).toEqual([]);
    });
  });
}
