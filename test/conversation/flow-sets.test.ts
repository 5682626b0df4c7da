// A new set of flows reaches people between runs; whoever is in the middle finishes in their own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Bundle } from '../../src/sila.js';
import { pack } from '../support/pack.js';
import { Clock, harness, started, tellAll } from './harness.js';

/** The pack with another first word, as if the charity had published anew. */
function newer(word: string): Bundle {
  const { set, articles, texts } = pack('safe-treatment');
  const json = JSON.stringify(set).replaceAll('كيف يمكننا خدمتك؟', word);
  return { set: { ...(JSON.parse(json) as typeof set), hash: `hash-${word}` }, articles, texts };
}

describe('flow sets', () => {
  it('stay as they are under a run, and change between runs', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const first = await harness({ dir });
    await tellAll(first, 'busy', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    await first.stop();
    const second = await started({ dir, bundle: newer('صباح الخير'), clock: new Clock(first.clock.at + 120_000) });
    expect((await second.tell('fresh', 'السلام عليكم')).join()).toContain('صباح الخير');
    await tellAll(second, 'busy', ['1', 'لي']);
    const rows = await second.store.turns.conversations({ limit: 5 });
    const old = pack('safe-treatment').set.hash;
    expect(rows.map(({ flow, flowSet }) => [flow, flowSet]).sort()).toEqual(
      [
        ['aid-request', old],
        ['menu', 'hash-صباح الخير'],
      ].sort(),
    );
    expect(await second.store.flowSets.standing()).toHaveLength(2);
  });

  it('that this process does not know leave the bell to another, and nothing is put aside', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة']);
    const [row] = await h.store.turns.conversations({ limit: 1 });
    const record = await h.sila.house.records.sessionOf(row!);
    const elsewhere = { ...record!, session: { ...record!.session, set: 'set-of-a-newer-process' } };
    const open = h.sila.house.records.sessionOf.bind(h.sila.house.records);
    h.sila.house.records.sessionOf = () => Promise.resolve(elsewhere);
    for (let i = 0; i < 6; i++) {
      await h.write('p', 'أوافق', { messageId: 'one' });
      await h.settle();
    }
    expect(h.logged.some(({ event }) => event === 'flow_set.unknown')).toBe(true);
    expect(await h.store.turns.items(row!.id, 5)).toHaveLength(1);
    h.sila.house.records.sessionOf = open;
    await h.sila.sweepOnce();
    await h.settle();
    expect(await h.store.turns.items(row!.id, 5)).toEqual([]);
    expect(await h.store.turns.quarantined(5)).toEqual([]);
  });
});
