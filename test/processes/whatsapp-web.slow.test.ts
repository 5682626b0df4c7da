// Several processes and one session (channels/whatsapp-web/): the web process shows the code, one worker holds the browser and sends.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../channels/telegram-talk.js';
import { PAGE_VERSION, startPhone, type Phone } from '../providers/whatsapp-web-phone.js';
import { hasChromium } from '../support/browser.js';
import { freshDatabase, servers } from '../support/servers.js';
import { STACK_PASSWORD, startStack, type Member, type Stack } from '../support/stack.js';

const USER = '966551234567@c.us';
const LONG = 120_000;
const database = freshDatabase();

describe.skipIf(servers.mongo === null || servers.redis === null || !hasChromium)(
  'whatsapp-web.js over processes',
  () => {
    let stack: Stack;
    let phone: Phone;
    let cookie = '';

    beforeAll(async () => {
      phone = await startPhone();
      const page = join(phone.pages, `${PAGE_VERSION}.html`);
      const env = { WHATSAPP_WEB: 'on', CHROMIUM_PATH: phone.chromium, WHATSAPP_WEB_PAGE: page };
      const roles = ['web', 'worker', 'worker'] as const;
      stack = await startStack({ mongo: database.url, redis: servers.redis ?? '', roles, env });
    }, LONG);
    afterAll(async () => {
      await stack.stop();
      await phone.stop();
      await database.drop();
    }, LONG);

    const api = async (path: string, body?: object) => {
      const headers = { 'content-type': 'application/json', origin: stack.url, cookie };
      const sent = body && { method: 'POST', body: JSON.stringify(body) };
      return fetch(`${stack.url}/api/staff${path}`, { headers, ...sent });
    };
    const state = async () => {
      const { channels } = (await (await api('/channels')).json()) as {
        channels: { now: { state: string; code?: { text: string } } | null }[];
      };
      return channels[0]?.now ?? null;
    };
    const isOn = (member: Member) => member.output().includes('whatsapp_web.on');
    const workers = () => stack.members.filter(({ role }) => role === 'worker');

    it('shows the code where administrators look, pairs, and answers from the process that holds the session', async () => {
      const signedIn = await api('/sign-in', { login: 'admin', password: STACK_PASSWORD });
      cookie = (signedIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
      await until(async () => (await state())?.code !== undefined, LONG);
      expect(phone.pagesOpen()).toBe(1);
      phone.command({ do: 'pair' });
      await until(async () => (await state())?.state === 'on', LONG);
      for (let person = 0; person < 5; person++) phone.write(`96655000000${person}@c.us`, 'السلام عليكم');
      await until(() => new Set(phone.sent.map(({ user }) => user)).size === 5, LONG);
      expect(workers().filter(isOn)).toHaveLength(1);
      expect(phone.pagesOpen()).toBe(1);
      expect(phone.began).toEqual([]);
    });

    it('another worker takes over when that one is killed: it is paired anew, and what was written meanwhile is answered', async () => {
      phone.write(USER, 'السلام عليكم');
      await until(() => phone.sent.some(({ user }) => user === USER), LONG);
      const [holder] = workers().filter(isOn);
      const [other] = workers().filter((one) => one !== holder);
      await holder?.kill();
      await until(() => phone.pagesOpen() === 0, LONG);
      const before = phone.sent.filter(({ user }) => user === USER).length;
      phone.write(USER, 'القائمة');
      await until(() => phone.pagesOpen() === 1, LONG);
      await until(async () => (await state())?.state === 'pairing', LONG);
      phone.command({ do: 'pair' });
      await until(() => phone.sent.filter(({ user }) => user === USER).length > before, LONG);
      expect(other && isOn(other)).toBe(true);
    });
  },
);
