// Publishing while people are in the middle of a flow: carried over with their next message, or refused as a whole.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FlowSets } from '../../src/conversation/flow-sets.js';
import { lookForSet, nextPath, resultPath, writeWhole } from '../../src/conversation/publish-inbox.js';
import { publishSet } from '../../src/conversation/publish.js';
import { hashOf } from '../../src/engine/language/hash.js';
import type { Flow, FlowSet, Moved, Session } from '../../src/engine/types.js';
import type { Bundle } from '../../src/sila.js';
import { pack } from '../support/pack.js';
import { Clock, harness, started, tellAll, type Harness } from './harness.js';

const shipped = pack('safe-treatment').set;

describe('publishing', () => {
  it('reaches people between runs at once, and those in the middle with their next message', async () => {
    const dir = folder();
    const first = await harness({ dir });
    await tellAll(first, 'busy', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    await first.stop();
    const second = await started({ dir, bundle: bundle(worded('صباح الخير')), clock: later(first) });
    expect(second.sila.publication).toEqual({ outcome: 'published' });
    expect((await second.tell('fresh', 'السلام عليكم')).join()).toContain('صباح الخير');
    const set = worded('صباح الخير').hash;
    expect(await stands(second, 'busy')).toMatchObject({ flowSet: shipped.hash, flow: 'aid-request', step: 'kind' });
    // The flow itself is what it was: the answer is taken as ever.
    await second.tell('busy', '1', { messageId: 'later' });
    expect(await stands(second, 'busy')).toMatchObject({ flowSet: set, flow: 'aid-request', step: 'for_whom' });
  });

  it('takes the answer to a renamed question under its new name, by words and by the old button', async () => {
    for (const way of ['words', 'button'] as const) {
      const h = await started();
      await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
      const button = h.channel.sent.at(-1)?.options[0]?.id ?? '';
      expect((await publishSet(h.sila.house, renamed('kind', 'need_kind', true), false)).outcome).toBe('published');
      await (way === 'words' ? h.tell('p', '1') : h.tell('p', '', { choice: button }));
      expect(await stands(h, 'p')).toMatchObject({ flow: 'aid-request', step: 'for_whom' });
      expect(Object.keys((await sessionOf(h, 'p')).stack[0]?.answers ?? {})).toContain('need_kind');
    }
  });

  it('puts the question of now to whoever answers one that reads differently', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    const set = renamed('kind', 'need_kind', true, (flow) => ({
      ...flow,
      steps: flow.steps.map((step) =>
        step.id === 'need_kind' && step.kind === 'ask' ? { ...step, choices: step.choices?.toReversed() ?? [] } : step,
      ),
    }));
    await publishSet(h.sila.house, set, false);
    const said = (await h.tell('p', '1')).join('\n');
    expect(said).toContain('حدّثنا أسئلتنا');
    expect((await sessionOf(h, 'p')).stack[0]?.answers).not.toHaveProperty('need_kind');
    // The last of the list is what was the first.
    const kinds = shipped.flows['aid-request']?.steps.flatMap((one) =>
      one.id === 'kind' && one.kind === 'ask' ? (one.choices ?? []) : [],
    );
    await h.tell('p', String(kinds?.length));
    expect((await sessionOf(h, 'p')).stack[0]?.answers['need_kind']).toBe(kinds?.[0]?.id);
  });

  it('is refused when somebody would be stranded: the set before runs on, staff and log say where', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    await tellAll(h, 'q', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    const done = await publishSet(h.sila.house, renamed('kind', 'need_kind', false), false);
    expect(done).toEqual({ outcome: 'refused', stranded: [{ flow: 'aid-request', step: 'kind', people: 2 }] });
    expect(await h.store.flowSets.current()).toBe(shipped.hash);
    expect((await h.store.notices.list({ limit: 9 })).map(({ kind }) => kind)).toContain('flows_refused');
    expect(h.logged.find(({ event }) => event === 'flow_set.refused')?.facts).toMatchObject({
      people: 2,
      places: 'aid-request/kind: 2',
    });
    await h.tell('p', '1');
    expect(await stands(h, 'p')).toMatchObject({ flowSet: shipped.hash, step: 'for_whom' });
  });

  it('is refused at the start too, and a set that was superseded does not come back by a restart', async () => {
    const dir = folder();
    const first = await harness({ dir });
    await tellAll(first, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    await first.stop();
    const second = await harness({ dir, bundle: bundle(renamed('kind', 'need_kind', false)), clock: later(first) });
    expect(second.sila.publication.outcome).toBe('refused');
    await second.tell('p', '1', { messageId: 'later' });
    expect(await stands(second, 'p')).toMatchObject({ flowSet: shipped.hash, step: 'for_whom' });
    const newer = worded('صباح الخير');
    expect((await publishSet(second.sila.house, newer, false)).outcome).toBe('published');
    await second.stop();
    const third = await started({ dir, clock: later(second) });
    expect(third.sila.publication).toEqual({ outcome: 'older' });
    expect(await third.store.flowSets.current()).toBe(newer.hash);
    // Going back is a publication of its own.
    expect((await publishSet(third.sila.house, shipped, false)).outcome).toBe('published');
    expect(await third.store.flowSets.line()).toEqual([shipped.hash, newer.hash, shipped.hash]);
  });

  it('carries drafts over, to be taken up where the person stopped', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق', '1', 'القائمة']);
    await publishSet(h.sila.house, renamed('kind', 'need_kind', true), false);
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', '1']);
    expect(await stands(h, 'p')).toMatchObject({ flow: 'aid-request', step: 'for_whom' });
    expect((await sessionOf(h, 'p')).stack[0]?.answers).toHaveProperty('need_kind');
  });
});

describe('processes with two sets at once', () => {
  it('never bring a session back to an older set, and use the newest that they can read', async () => {
    const h = await started();
    await tellAll(h, 'p', ['السلام عليكم', 'طلب مساعدة', 'أوافق']);
    const before = await sessionOf(h, 'p');
    // A newer program publishes a set that this one cannot read.
    const future = JSON.stringify({ ...shipped, version: 2, hash: 'future' });
    await h.store.flowSets.put('future', future, 1);
    await h.store.flowSets.setCurrent('future');
    await h.tell('p', '1');
    expect(await stands(h, 'p')).toMatchObject({ flowSet: shipped.hash, step: 'for_whom' });
    const flows = new FlowSets(h.store);
    await expect(flows.of({ ...before, set: 'future' })).rejects.toMatchObject({ hash: 'future' });
    // Another process that had the older set in hand follows what was published since.
    const other = new FlowSets(h.store);
    await other.of(before);
    const newer = renamed('for_whom', 'whose', true);
    expect((await flows.publish(newer, 2)).outcome).toBe('published');
    expect((await other.of(before)).session).toMatchObject({ set: newer.hash });
  });

  it('carry a session over every set in between: a name that came back means something else', async () => {
    const h = await started();
    const flows = new FlowSets(h.store);
    const versions = ['x', '', 'x'].map((id, index) => {
      const steps = shipped.flows['aid-request']?.steps ?? [];
      const extra = steps.flatMap((step) =>
        step.kind === 'ask' && step.answer === 'text' ? [{ ...step, id, ask: { ar: `${index}`, en: `${index}` } }] : [],
      );
      const flow = { ...shipped.flows['aid-request']!, steps: [...extra.slice(0, id === '' ? 0 : 1), ...steps] };
      return hashed({ ...shipped, flows: { ...shipped.flows, 'aid-request': flow } });
    });
    for (const set of versions) expect((await flows.publish(set, 1)).outcome).toBe('published');
    const frame = { flow: 'aid-request', run: 'r', step: 'consent', answers: { x: 'كلام' }, trail: [] };
    const { session } = await flows.of({ v: 1, set: versions[0]!.hash, language: 'ar', stack: [frame] });
    expect(session?.set).toBe(versions[2]!.hash);
    expect(session?.stack[0]?.answers).toEqual({});
  });

  it('leave the bell to another where they do not know the set, and nothing is put aside', async () => {
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

describe('the folder for sets', () => {
  it('publishes what waits there once, and answers', async () => {
    const h = await started();
    const dir = join(h.dir, 'publish');
    await lookForSet(h.sila.house, dir);
    const set = worded('صباح الخير');
    writeWhole(dir, nextPath(dir), { v: 1, id: 'a', set });
    await lookForSet(h.sila.house, dir);
    expect(answer(dir)).toEqual({ id: 'a', outcome: 'published' });
    rmSync(resultPath(dir));
    await lookForSet(h.sila.house, dir);
    expect(() => answer(dir)).toThrow('ENOENT');
    writeWhole(dir, nextPath(dir), { v: 1, id: 'b', set });
    await lookForSet(h.sila.house, dir);
    expect(answer(dir)).toEqual({ id: 'b', outcome: 'current' });
  });

  it.each([
    ['half a file', 'unreadable', '{"v":1,"id":"a","set":{'],
    ['nothing of ours', 'unreadable', '[]'],
    [
      'a set that was changed by hand',
      'unreadable',
      JSON.stringify({ v: 1, id: 'a', set: { ...shipped, start: 'rating' } }),
    ],
    ['a set of a newer program', 'unreadable', JSON.stringify({ v: 1, id: 'a', set: { ...shipped, version: 2 } })],
    ['the set of another charity', 'charity', JSON.stringify({ v: 1, id: 'a', set: pack('qutoof').set })],
  ])('takes no %s', async (_name, outcome, text) => {
    const h = await started();
    const dir = join(h.dir, 'publish');
    writeWhole(dir, resultPath(dir), {});
    writeFileSync(nextPath(dir), text);
    await lookForSet(h.sila.house, dir);
    expect(answer(dir)).toMatchObject({ outcome });
    expect(await h.store.flowSets.current()).toBe(shipped.hash);
  });
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sila-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const later = (h: Harness) => new Clock(h.clock.at + 120_000);
const answer = (dir: string): unknown => JSON.parse(readFileSync(resultPath(dir), 'utf8'));

function bundle(set: FlowSet): Bundle {
  return { ...pack('safe-treatment'), set };
}

function hashed(set: FlowSet): FlowSet {
  const { hash: _, ...body } = set;
  return { ...body, hash: hashOf(body) };
}

/** The pack with another first word. */
function worded(word: string): FlowSet {
  return hashed(JSON.parse(JSON.stringify(shipped).replaceAll('كيف يمكننا خدمتك؟', word)) as FlowSet);
}

/** The aid request with a step under another name, as an author would write it; `told`: with its moves. */
function renamed(from: string, to: string, told: boolean, more: (flow: Flow) => Flow = (flow) => flow): FlowSet {
  const rename = (_key: string, value: unknown) => (value === from ? to : value);
  const json = JSON.stringify(shipped.flows['aid-request'], rename);
  const moved: Moved = { steps: { [from]: to }, answers: { [from]: to }, flows: [] };
  const flow = more({ ...(JSON.parse(json) as Flow), ...(told && { moved }) });
  return hashed({ ...shipped, flows: { ...shipped.flows, 'aid-request': flow } });
}

async function stands(h: Harness, user: string) {
  const home = await h.store.addresses.conversationOf('main', h.sila.house.vault.hash('address', 'main', user));
  return h.store.turns.conversation(home?.conversation ?? '');
}

async function sessionOf(h: Harness, user: string): Promise<Session> {
  const row = await stands(h, user);
  const record = row && (await h.sila.house.records.sessionOf(row));
  if (!record) throw new Error(`${user} has no session`);
  return record.session;
}
