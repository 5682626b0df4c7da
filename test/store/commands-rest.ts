// Random commands for the quiet parts of a store: keys, files, staff, notices, flow sets, ratings, questions and what is learned from them.
import fc from 'fast-check';
import type { Store } from '../../src/store/contract.js';
import { command } from './commands.js';
import { bytes, hintOf, itemOf, noticeOf, turnOf } from './rows.js';

const time = fc.integer({ min: 0, max: 60 });
const which = fc.integer({ min: 0, max: 3 });
const some = fc.integer({ min: 0, max: 2 });
/** For what mostly has an id of its own. */
const own = fc.integer({ min: 0, max: 1_000_000_000 });

const subject = some.map((n) => `address:${n}`);
const keys = [
  command('put key', { subject, some }, (store, _, { subject: of, some: n }) =>
    store.keys.putIfAbsent(of, bytes(`key ${n}`)),
  ),
  command('replace key', { subject, from: some, to: some }, (store, _, { subject: of, from, to }) =>
    store.keys.replace(of, bytes(`key ${from}`), bytes(`key ${to}`)),
  ),
  command('destroy key', { n: which, at: time }, (store, _, { n, at }) => store.keys.destroy(`address:${n}`, at)),
];

const file = fc.integer({ min: 0, max: 5 }).map((n) => `f${n}`);
const files = [
  command('add file', { file, owner: some, at: time }, (store, _, { file: id, owner, at }) =>
    store.files.add({
      ...{ id, owner: `o${owner}`, bytes: at, mime: 'image/png', digestKey: 'd', at },
      ...{ sealed: bytes(id), caseNumber: null, caseSealed: null },
    }),
  ),
  command('attach file', { file, some }, (store, _, { file: id, some: n }) =>
    store.files.attach(id, String(n), bytes(`case ${n}`)),
  ),
  command('remove file', { file }, (store, _, { file: id }) => store.files.remove(id)),
  command('retain', { some, at: time }, (store, _, { some: n, at }) =>
    store.retentions.put({ address: `a${n}`, by: 's1', at, sealed: bytes(`why ${at}`) }),
  ),
  command('lift', { some }, (store, _, { some: n }) => store.retentions.lift(`a${n}`)),
];

const staff = [
  command('add staff', { id: which, login: which, at: time }, (store, _, { id, login, at }) =>
    store.staff.add({
      ...{ id: `s${id}`, login: `l${login}`, name: 'هدى', role: 'researcher', password: 'p' },
      ...{ disabledAt: null, createdAt: at },
    }),
  ),
  command('password', { id: which, own }, (store, _, { id, own: n }) => store.staff.setPassword(`s${id}`, `p${n}`)),
  command('disable', { id: which, at: fc.option(time, { nil: null }) }, (store, _, { id, at }) =>
    store.staff.setDisabled(`s${id}`, at),
  ),
  command('sign in', { token: which, id: which, until: time }, (store, _, { token, id, until }) =>
    store.staff.addSession({ tokenHash: `t${token}`, staff: `s${id}`, csrf: 'c', startedAt: 0, expiresAt: until }),
  ),
  command('sign out', { token: which }, (store, _, { token }) => store.staff.endSession(`t${token}`)),
  command('end sessions', { id: which }, (store, _, { id }) => store.staff.endSessionsOf(`s${id}`)),
  command('link staff', { key: which, id: which, at: time }, (store, _, { key, id, at }) =>
    // No two at the same time: their order would be nobody's.
    store.staff.link({ key: `k${key}`, staff: `s${id}`, channel: `c${key % 2}`, at: at * 10 + key }),
  ),
  command('unlink staff', { id: which, some }, (store, _, { id, some: n }) => store.staff.unlink(`s${id}`, `c${n}`)),
  command('audit', { id: which, some, at: time }, (store, _, { id, some: n, at }) =>
    store.staff.audit({ at, staff: `s${id}`, act: 'read', subject: `case ${n}` }),
  ),
];

const kind = fc.constantFrom<('handoff' | 'danger' | 'new_case')[]>('handoff', 'danger', 'new_case');
const way = fc.constantFrom('mail', 'group');
const notices = [
  command('notice', { n: file, kind, at: time }, (store, _, { n, kind: of, at }) =>
    store.notices.add(noticeOf(n, { kind: of, at })),
  ),
  command('see', { n: file, at: time }, (store, _, { n, at }) => store.notices.seen(n, at)),
  command(
    'tell',
    { which, way, again: fc.option(time, { nil: null }) },
    async (store, _, { which: n, way: by, again }) => {
      const notice = (await store.notices.list({ limit: 9 }))[n];
      if (notice) await store.notices.told(notice.id, by, again);
    },
  ),
  command('untold', { way, since: time, now: time }, (store, _, { way: by, since, now }) =>
    store.notices.untold(by, { kinds: ['handoff', 'danger'], since: since / 2, now, limit: 3 }),
  ),
];

const flowSets = [
  command('put set', { some, own }, (store, _, { some: n, own: body }) => store.flowSets.put(`h${n}`, `${body}`, 1)),
  command('set current', { which }, (store, _, { which: n }) => store.flowSets.setCurrent(`h${n}`)),
];

const intent = fc.constantFrom('hours', 'place', 'stray');
const asked = fc.record({
  kind: fc.constantFrom<('unsure' | 'unhelpful')[]>('unsure', 'unhelpful'),
  key: which,
  month: fc.constantFrom('2025-11', '2025-12'),
  own,
});
const learning = [
  command(
    'ask',
    { own, asked: fc.array(asked, { minLength: 1, maxLength: 4 }), score: fc.integer({ min: 1, max: 5 }) },
    async (store, _, { own: n, asked: all, score }) => {
      const { conversation } = await store.turns.accept(hintOf('a'), itemOf(`i${n}`));
      const taken = await store.turns.take(conversation, 'one', 1, 1);
      return store.turns.commit(
        turnOf(`t${n}`, conversation, taken?.fence ?? 0, `i${n}`, {
          questions: all.map((one) => ({
            ...{ id: `q-${one.kind}-${one.key}-${one.own}`, kind: one.kind, language: 'ar', month: one.month },
            ...{ key: `k${one.key}`, sealed: bytes(`q ${one.own}`) },
          })),
          ratings: [{ id: `r${score}`, service: 'aid', channel: 'website', month: '2025-11', score, comment: null }],
        }),
      );
    },
  ),
  command('teach', { own, key: which, intent, at: time }, async (store, _, { own: n, key, intent: taught, at }) => {
    const id = `l${n}`;
    if ((await store.questions.lessons()).some((lesson) => lesson.id === id)) return;
    await store.questions.teach([{ id, key: `k${key}`, intent: taught, by: 's1', at, sealed: bytes('lesson') }]);
  }),
  command('unteach', { which, at: time }, async (store, _, { which: n, at }) =>
    store.questions.unteach((await store.questions.lessons())[n]?.id ?? 'none', at),
  ),
  command('drop question', { which }, async (store, _, { which: n }) =>
    store.questions.drop([(await store.questions.open(9))[n]?.id ?? 'none']),
  ),
  command('keep model', { own, current: fc.boolean() }, async (store, _, { own: n, current }) => {
    const [id, known] = [`m${n}`, await store.questions.models(999)];
    if (known.some((model) => model.id === id)) return;
    const before = current ? await store.questions.currentModel() : null;
    const lessons = (await store.questions.lessons()).map((lesson) => lesson.id);
    const previous = before?.id ?? null;
    await store.questions.keepModel({ id, hash: 'h', lessons, figures: '{}', at: 1, previous });
  }),
  command('promote', { which, at: time }, async (store, _, { which: n, at }) =>
    store.questions.promote((await store.questions.models(9))[n]?.id ?? 'none', 's1', at),
  ),
  command('withdraw', { at: time }, async (store, _, { at }) =>
    store.questions.withdraw((await store.questions.currentModel())?.id ?? 'none', at),
  ),
  command('tidy', { now: time }, (store, _, { now }) => store.tidy(now)),
];

/** Each part as often as the others; what is learned has the most to meet. */
export const restCommands = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.oneof(...keys) },
    { weight: 2, arbitrary: fc.oneof(...files) },
    { weight: 3, arbitrary: fc.oneof(...staff) },
    { weight: 2, arbitrary: fc.oneof(...notices) },
    { weight: 1, arbitrary: fc.oneof(...flowSets) },
    { weight: 5, arbitrary: fc.oneof(...learning) },
  ),
  { minLength: 20, maxLength: 120 },
);

/** Everything that can be seen of these parts. */
export async function visibleRest(store: Store): Promise<unknown> {
  const each = <T>(look: (n: number) => Promise<T>) => Promise.all([0, 1, 2, 3].map(look));
  return {
    keys: [await store.keys.subjects(null, 9), await store.keys.destroyed(), await store.keys.subjects('address:0', 1)],
    wrapped: await each((n) => store.keys.get(`address:${n}`)),
    files: [await store.files.ids(), ...(await each((n) => store.files.ofOwner(`o${n}`)))],
    held: await each((n) => store.files.ofCase(String(n))),
    retentions: await each((n) => store.retentions.get(`a${n}`)),
    staff: [await store.staff.all(), ...(await each((n) => store.staff.byLogin(`l${n}`)))],
    sessions: await each((n) => store.staff.session(`t${n}`, 30)),
    links: await each(async (n) => [await store.staff.linked(`k${n}`), await store.staff.linksOf(`s${n}`)]),
    audit: [await store.staff.auditTrail({ limit: 99 }), await store.staff.auditTrail({ subject: 'case 1', limit: 3 })],
    chain: await store.staff.verifyAudit(),
    notices: [await store.notices.list({ limit: 99 }), await store.notices.list({ unseen: true, limit: 2 })],
    flowSets: [await store.flowSets.current(), await store.flowSets.line()],
    bodies: await each((n) => store.flowSets.get(`h${n}`)),
    ratings: await store.ratings.summary(),
    questions: await store.questions.open(99),
    lessons: await store.questions.lessons(),
    models: [await store.questions.models(99), await store.questions.currentModel()],
  };
}
