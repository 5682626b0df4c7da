// A crash at any write of a linking: the draft is neither lost nor doubled, and nobody hears anything twice.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { crashing, type Doom } from '../support/crashing.js';
import { Clock, harness, tellAll, type Harness } from './harness.js';

const CODE = /رمز المتابعة: \u2068?(\d{4} \d{4})/;
const base = mkdtempSync(join(tmpdir(), 'sila-linking-'));
const clock = new Clock();
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Up to the plain yes: a request begun on the phone, the code written on the web and read back. */
beforeAll(async () => {
  const h = await harness({ dir: join(base, 'start'), clock });
  await tellAll(h, 'phone', ['السلام عليكم', 'طلب مساعدة', 'أوافق', 'عملية', 'لي']);
  const said = [...(await h.tell('phone', 'أكمل على قناة أخرى')), ...(await h.tell('phone', 'نعم الآن'))].join('\n');
  await h.tell('web', 'السلام عليكم');
  const asked = await h.tell('web', CODE.exec(said)?.[1] ?? 'none');
  expect(asked.join('\n')).toContain('هل نربطه بهذه المحادثة؟');
  await h.stop();
});

interface Crashed {
  died: boolean;
  dir: string;
}

async function crashAt(write: number, moment: Doom['moment']): Promise<Crashed> {
  const dir = join(base, `${write}-${moment}`);
  cpSync(join(base, 'start'), dir, { recursive: true });
  const made: { doom?: Doom } = {};
  const h = await harness({
    dir,
    clock,
    store: (store) => {
      const doomed = crashing(store);
      made.doom = doomed.doom;
      return doomed.store;
    },
  });
  const { doom } = made;
  if (!doom) throw new Error('the store was not wrapped');
  Object.assign(doom, { left: write, moment });
  await Promise.race([h.tell('web', 'نعم', { messageId: 'the-yes' }), doom.died]);
  await h.store.close();
  return { died: doom.dead, dir };
}

/** The next process, after the provider sent again what it never heard about. */
async function recover(dir: string): Promise<Harness> {
  const h = await harness({ dir, clock });
  await h.settle();
  await h.write('web', 'نعم', { messageId: 'the-yes' });
  await h.sila.sweepOnce();
  await h.settle();
  return h;
}

async function look(h: Harness, user: string) {
  const key = h.sila.house.vault.hash('address', 'main', user);
  const home = await h.store.addresses.conversationOf('main', key);
  const row = (await h.store.turns.conversation(home?.conversation ?? ''))!;
  const { session } = (await h.sila.house.records.sessionOf(row))!;
  const messages = await h.store.messages.list(row.id, 0, 200);
  const said = await Promise.all(
    messages.map(async ({ id, sealed }) => (await h.sila.house.records.message.open(row.address, id, sealed)).text),
  );
  const drafts = [...(session.parked ?? []), session.stack].filter(([bottom]) => bottom?.flow === 'aid-request');
  const heard = (words: string) => said.filter((text) => text.includes(words)).length;
  return { drafts, heard, address: row.address };
}

async function expectMoved(h: Harness, at: string): Promise<void> {
  const [phone, web] = [await look(h, 'phone'), await look(h, 'web')];
  expect(phone.drafts, at).toHaveLength(0);
  expect(web.drafts, at).toHaveLength(1);
  expect(web.drafts[0]?.[0]?.answers, at).toMatchObject({ consent: 'yes', kind: 'surgery', for_whom: 'self' });
  expect(phone.heard('وانتقل إليها طلبك غير المكتمل'), at).toBe(1);
  expect(web.heard('وصل طلبك غير المكتمل'), at).toBe(1);
  expect(web.heard('تم الربط مع'), at).toBe(1);
  expect(await h.store.contacts.underWay(9), at).toEqual([]);
  expect(await h.store.contacts.linked(web.address), at).toHaveLength(2);
  expect(await h.store.turns.quarantined(9), at).toEqual([]);
}

it('at every single write, before it and after it', { timeout: 600_000 }, async () => {
  const deaths = { before: 0, after: 0 };
  for (const moment of ['before', 'after'] as const) {
    for (let write = 0; ; write++) {
      const { died, dir } = await crashAt(write, moment);
      const h = await recover(dir);
      await expectMoved(h, `${moment} write ${write}`);
      await h.sila.stop();
      rmSync(dir, { recursive: true, force: true });
      if (!died) break;
      deaths[moment] += 1;
    }
  }
  // The way has at least this many writes: accept, claim, turn, code, transfer, two turns more, four messages.
  expect(deaths.before).toBeGreaterThan(15);
  expect(deaths.after).toBe(deaths.before);
});
