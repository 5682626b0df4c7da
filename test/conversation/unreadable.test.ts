// What a channel cannot read is kept with its reason, sealed; staff are told once an hour for each account.
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/contract.js';
import { Clock, harness, started, type Harness } from './harness.js';

const told = (h: Harness, account: string, text: string, why = 'message') =>
  h.sila.host('fake').unreadable({ account, bytes: Buffer.from(text), why });
const notices = async (h: Harness) => (await h.store.notices.list({ limit: 9 })).map(({ kind }) => kind);
async function kept(h: Harness): Promise<string[][]> {
  const rows = await h.store.unclaimed.list('unreadable', 9);
  const opened = await Promise.all(rows.map(({ id, sealed }) => h.sila.house.records.unclaimed.open('', id, sealed)));
  return opened.flatMap((one) =>
    one.kind === 'unreadable' ? [[one.account, one.why, Buffer.from(one.what, 'base64').toString()]] : [],
  );
}

describe('what nobody can read', () => {
  it('is kept whole, with its reason, and is not in the log', async () => {
    const h = await started();
    await told(h, 'main', '{"message":"سرّ"}', 'update');
    expect(await kept(h)).toEqual([['main', 'update', '{"message":"سرّ"}']]);
    const [row] = await h.store.unclaimed.list('unreadable', 1);
    expect(Buffer.from(row!.sealed).includes('سرّ')).toBe(false);
    expect(JSON.stringify(h.logged)).not.toContain('سرّ');
    expect(h.logged.map(({ event }) => event)).toContain('update.unreadable');
    expect(await h.store.stats()).toMatchObject({ unreadable: 1 });
  });

  it('is told to staff once an hour for each account, and kept once however often it comes', async () => {
    const h = await started();
    for (const text of ['a', 'a', 'b']) await told(h, 'main', text);
    expect(await notices(h)).toEqual(['quarantined']);
    await told(h, 'other', 'a');
    expect(await notices(h)).toHaveLength(2);
    h.clock.pass(3_600_000);
    await told(h, 'main', 'a');
    expect(await notices(h)).toHaveLength(3);
    expect((await kept(h)).map(([account, , text]) => `${account ?? ''} ${text ?? ''}`)).toEqual([
      'main a',
      'other a',
      'main b',
    ]);
  });

  it('goes after thirty days', async () => {
    const h = await started();
    await told(h, 'main', 'a');
    h.clock.pass(30 * 24 * 3_600_000);
    await h.sila.sweepOnce();
    expect(await kept(h)).toEqual([]);
  });

  it('that could not be kept is told to the channel, so that it asks again', async () => {
    const clock = new Clock();
    const full = () => Promise.reject(new StoreError('full', 'no room'));
    const h = await harness({ clock, store: (store) => ({ ...store, unclaimed: { ...store.unclaimed, keep: full } }) });
    await expect(told(h, 'main', 'a')).rejects.toMatchObject({ code: 'full' });
    expect(await notices(h)).toEqual([]);
    await h.stop();
  });
});
