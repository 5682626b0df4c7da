// The learning loop over a small pack: what is kept of questions and what is not; taught, trained, compared, promoted, taken back.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LearningOverview } from '../../src/conversation/learning-types.js';
import { compare, encode, gatherLessons, STRAY, train } from '../../src/inquiries/index.js';
import type { Lessons } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';
import { harness, HUDA, SARA, started, type Harness } from './harness.js';

const NAMES = ['contact', 'donate', 'medicine', 'volunteer', 'how-long', 'visit'];
const EXAMPLES = 14;
const STRAYS = 30;

/** A few intents of the shipped pack, so that a training takes no time. Ears know calm words by all examples: over few of them anything alarms. */
const bundle = { ...pack('safe-treatment'), lessons: small() };
const dir = mkdtempSync(join(tmpdir(), 'sila-learning-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});
const training = {
  dir,
  train: (lessons: Lessons) => Promise.resolve(encode(train(lessons))),
  compare: (contest: Parameters<typeof compare>[0]) => Promise.resolve(compare(contest)),
};

function small(): Lessons {
  const { articles } = pack('safe-treatment');
  const read = (path: string): string => readFileSync(path, 'utf8');
  const gathered = gatherLessons(read, {}, articles);
  if (!gathered.lessons) throw new Error('the pack has no lessons');
  const { alarms: _alarms, ruled: _ruled, ...lessons } = gathered.lessons;
  const some = (intent: string, most: number) => lessons.examples.filter((one) => one.intent === intent).slice(0, most);
  return {
    ...lessons,
    intents: lessons.intents.filter(({ name }) => NAMES.includes(name)),
    examples: [...NAMES.flatMap((name) => some(name, EXAMPLES)), ...some(STRAY, STRAYS)],
  };
}

async function ready(): Promise<Harness> {
  const h = await started({ bundle, training });
  await expect.poll(() => h.logged.some(({ event }) => event === 'questions.ready')).toBe(true);
  return h;
}

const look = async (h: Harness): Promise<LearningOverview> => {
  const learning = h.sila.learning;
  if (!learning) throw new Error('nothing is learned');
  return learning.overview(SARA);
};
const kept = async (h: Harness): Promise<string[]> =>
  (await look(h)).clusters.flatMap(({ questions }) => questions.map(({ kind, text }) => `${kind} ${text}`));

async function trained(h: Harness): Promise<LearningOverview> {
  await h.sila.learning?.train(SARA);
  await expect.poll(async () => (await look(h)).training).not.toBe('running');
  return look(h);
}

/** Words far from every example: nothing is near. */
const ODD = 'هل توصلون طرود تمور رمضانية';

describe('what is kept of a question', () => {
  it('is kept once, counted, with its words masked and nothing that leads to the person', async () => {
    const h = await ready();
    const name = 'دحيم الثنيان';
    let told = 0;
    h.sila.house.hints.watch(({ kind }) => {
      if (kind === 'questions') told++;
    });
    await h.tell('a', 'السلام عليكم', { name });
    await h.tell('a', `أنا دحيم هويتي 1098765439 وجوالي ٠٥٥ ١٢٣ ٤٥٦٧ ${ODD}؟`);
    await h.tell('b', `${ODD}؟`);
    await h.tell('c', `${ODD}؟`);
    expect(told).toBe(3);
    const questions = (await look(h)).clusters.flatMap((one) => one.questions);
    expect(questions.map(({ text }) => text)).toContain(ODD + '؟');
    expect(questions.find(({ text }) => text === `${ODD}؟`)?.count).toBe(2);
    const all = JSON.stringify(questions);
    for (const canary of ['دحيم', 'الثنيان', '1098765439', '٤٥٦٧']) expect(all).not.toContain(canary);
    // An id may have these digits by chance, the words may not.
    expect(questions.map(({ text }) => text).join(' ')).not.toContain('4567');
    const rows = await h.store.questions.open(99);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(
      ['count', 'id', 'key', 'kind', 'language', 'month', 'sealed', 'state'].sort(),
    );
    const found = await h.store.turns.conversations({ limit: 9 });
    for (const { id, address } of found) {
      expect(rows.some((row) => [row.id, row.key].includes(id) || [row.id, row.key].includes(address))).toBe(false);
    }
    // Not even in another form does the folder show a masked thing or the question itself.
    const bytes = readdirSync(h.dir).flatMap((one) =>
      one.endsWith('.db') || one.endsWith('-wal') ? [readFileSync(join(h.dir, one))] : [],
    );
    for (const canary of ['دحيم', '1098765439', 'تمور رمضانية'])
      for (const form of [
        Buffer.from(canary),
        Buffer.from(canary, 'utf16le'),
        Buffer.from(Buffer.from(canary).toString('base64')),
      ])
        expect(bytes.some((one) => one.includes(form))).toBe(false);
  });

  it.each([
    ['danger', 'ابني لا يتنفس الآن هل توصلون تمور؟'],
    ['fraud', 'اتصل واحد يقول انه منكم ويطلب رمز التحقق 482913 هل توصلون تمور؟'],
  ])('leaves out %s', async (_, words) => {
    const h = await ready();
    await h.tell('a', 'السلام عليكم');
    await h.tell('a', words);
    expect(await kept(h)).toEqual([]);
  });

  it('leaves out the words of a form, and everything of a confidential one', async () => {
    const h = await ready();
    await h.tell('a', 'السلام عليكم');
    await h.tell('a', 'شكوى');
    await h.tell('a', `${ODD}؟`);
    expect((await kept(h)).filter((one) => one.includes('تمور'))).toEqual([]);
  });

  it('leaves out a name that was given in an answer before', async () => {
    const h = await ready();
    for (const said of ['السلام عليكم', 'طلب مساعدة', 'أوافق', 'توفير الدواء', 'لي', 'ثنيان غيث المطروشي', 'القائمة'])
      await h.tell('a', said);
    await h.tell('a', `هل توصلون لثنيان المطروشي طرود تمور رمضانية؟`);
    const all = (await kept(h)).join();
    expect(all).toContain('تمور رمضانية');
    expect(all).not.toMatch(/ثنيان|المطروشي/);
  });

  it('says when an answer did not help', async () => {
    const h = await ready();
    for (const said of ['السلام عليكم', 'استفسار', 'كم رقم الجمعية', 'لا، أحتاج موظفًا']) await h.tell('a', said);
    expect(await kept(h)).toEqual(['unhelpful كم رقم الجمعية']);
  });

  it('says when staff were asked for after it', async () => {
    const h = await ready();
    await h.tell('a', 'السلام عليكم');
    await h.tell('a', `${ODD}؟`);
    await h.tell('a', 'موظف');
    expect((await kept(h)).sort()).toEqual([`handed_off ${ODD}؟`, `unsure ${ODD}؟`]);
  });
});

describe('an answer that did not help', () => {
  const FORM = ['السلام عليكم', 'طلب مساعدة', 'أوافق'];
  const ASKED = 'كم رقم الجمعية؟';
  const promised = (said: readonly string[]): boolean =>
    said.includes(pack('safe-treatment').texts[SEEN]?.['ar'] ?? '');
  const SEEN = 'engine.question.unhelpful';

  async function say(h: Harness, all: readonly string[]): Promise<string[]> {
    let last: string[] = [];
    for (const words of all) last = await h.tell('a', words);
    return last;
  }

  it.each([
    ['at the menu', FORM.slice(0, 1)],
    ['in a form, at a sensitive question', FORM],
  ])('is heard %s, put before staff once, and the person is told', async (_, before) => {
    const h = await ready();
    await say(h, [...before, ASKED]);
    expect(promised(await h.tell('a', 'مو هذا سؤالي'))).toBe(true);
    expect(promised(await h.tell('a', 'مو هذا سؤالي'))).toBe(false);
    expect((await kept(h)).filter((one) => one.startsWith('unhelpful'))).toEqual([`unhelpful ${ASKED}`]);
  });

  it('is put before staff with the question that was doubted, when the answer was picked', async () => {
    const h = await ready();
    await say(h, ['السلام عليكم', `${ODD}؟`]);
    const [first] = h.channel.sent.at(-1)?.options ?? [];
    expect(promised(await say(h, [first?.label ?? '', 'ما فهمت']))).toBe(true);
    expect((await kept(h)).sort()).toEqual([`unhelpful ${ODD}؟`, `unsure ${ODD}؟`]);
  });

  it('leaves nothing of a question at a sensitive question when nobody says so', async () => {
    const h = await ready();
    await say(h, [...FORM, ASKED, 'توفير الدواء', 'موظف']);
    expect(await kept(h)).toEqual([]);
  });

  it('leaves nothing of it either when the form was left by silence and staff are asked for later', async () => {
    const h = await ready();
    await say(h, [...FORM, ASKED]);
    const [{ id } = { id: '' }] = await h.store.turns.conversations({ limit: 1 });
    const stands = async () => (await h.store.turns.conversation(id))?.flow;
    // A reminder, perhaps put off to daytime, comes before the silence.
    for (let days = 0; days < 3 && (await stands()) === 'aid-request'; days++) {
      h.clock.pass(24 * 3_600_000);
      await h.sila.sweepOnce();
      await h.settle();
    }
    expect(await stands()).not.toBe('aid-request');
    await say(h, ['موظف']);
    expect(await kept(h)).toEqual([]);
  });

  it('leaves nothing in a confidential form, and promises nothing', async () => {
    const h = await ready();
    const said = await say(h, ['السلام عليكم', 'شكوى', ASKED, 'مو هذا سؤالي']);
    expect(said[0]).toBe(pack('safe-treatment').texts['engine.question.sorry']?.['ar']);
    expect(await kept(h)).toEqual([]);
  });

  it('goes to staff where a "no" is said to "did this help?"', async () => {
    const h = await ready();
    await say(h, ['السلام عليكم', ASKED, 'لا']);
    expect(await kept(h)).toEqual([`unhelpful ${ASKED}`]);
    expect((await h.store.notices.list({ limit: 9 })).map(({ kind }) => kind)).toEqual(['handoff']);
  });
});

describe('what staff teach', () => {
  it('answers once it was compared and promoted, until it is taken back', async () => {
    const h = await ready();
    const learning = h.sila.learning!;
    await h.tell('a', 'السلام عليكم');
    await h.tell('a', `${ODD}؟`);
    const [first] = (await look(h)).clusters;
    const ids = first?.questions.map(({ id }) => id) ?? [];
    await expect(learning.teach(ids, 'nothing', HUDA)).rejects.toMatchObject({ code: 'invalid' });
    await learning.teach(ids, 'donate', HUDA);
    await expect(learning.teach(ids, 'donate', HUDA)).rejects.toMatchObject({ code: 'conflict' });
    const { clusters, candidate, lessons } = await trained(h);
    expect(clusters).toEqual([]);
    expect(lessons).toMatchObject([{ intent: 'donate', by: HUDA.id, learned: false }]);
    expect(candidate).toMatchObject({ fit: true, lessons: 1 });
    const id = candidate?.id ?? '';
    await expect(learning.promote(id, HUDA)).rejects.toMatchObject({ code: 'not_allowed' });
    const donation = h.sila.house.finder.article('donate');
    await learning.promote(id, SARA);
    expect((await look(h)).current?.id).toBe(id);
    expect(h.sila.house.finder.find(ODD, 'ar').best?.id).toBe(donation?.id);
    await expect(learning.promote(id, SARA)).rejects.toMatchObject({ code: 'conflict' });
    await learning.goBack(id, SARA);
    expect((await look(h)).current).toBeNull();
    expect(h.sila.house.finder.find(ODD, 'ar').outcome).not.toBe('answered');
    await learning.takeBack(lessons[0]?.id ?? '', HUDA);
    expect((await look(h)).clusters).toHaveLength(1);
    const acts = (await h.store.staff.auditTrail({ limit: 99 })).map(({ act }) => act);
    for (const act of ['question.taught', 'model.trained', 'model.promoted', 'model.withdrawn', 'lesson.ended'])
      expect(acts).toContain(act);
  });

  it('still answers after a restart, and a candidate of an older pack does not', async () => {
    const home = mkdtempSync(join(tmpdir(), 'sila-home-'));
    onTestFinished(() => {
      rmSync(home, { recursive: true, force: true });
    });
    const h = await harness({ bundle, training, dir: home });
    await plant(h, [ODD], 'donate');
    const { candidate } = await trained(h);
    await h.sila.learning?.promote(candidate?.id ?? '', SARA);
    await plant(h, ['ابي اعرف وش طريقة المصعد عندكم'], 'visit');
    const later = (await trained(h)).candidate;
    expect(later?.lessons).toBe(2);
    await h.stop();

    const { lessons } = bundle;
    const newer = { ...bundle, lessons: { ...lessons, examples: lessons.examples.slice(1) } };
    const again = await started({ bundle: newer, training, dir: home });
    await expect.poll(() => again.sila.house.finder.find(ODD, 'ar').best?.id).toBe('donate');
    expect((await look(again)).candidate).toMatchObject({ id: later?.id, fit: false });
    await expect(again.sila.learning?.promote(later?.id ?? '', SARA)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each<[string, (weight: number) => number, number[], boolean]>([
    [
      'is answered by its words alone where learning makes the model weaker',
      (weight) => (weight > 0 ? 1 : 0),
      [1 / 3, 0],
      true,
    ],
    ['is not answered where nothing helps', () => 1, [1 / 3, 0], false],
    [
      'is not answered, by its words neither, where learning does harm',
      (weight) => (weight > 0 ? 20 : 0),
      [1 / 3],
      false,
    ],
  ])('%s', async (_, lost, weights, fit) => {
    const weighed: number[] = [];
    const compared: typeof training.compare = (contest) => {
      const weight = contest.candidate[0]?.weight ?? 1;
      weighed.push(weight);
      return Promise.resolve({ ...compare(contest), strays: { lost: lost(weight), won: 0 } });
    };
    const h = await started({ bundle, training: { ...training, compare: compared } });
    await plant(h, [ODD], 'donate');
    const { candidate } = await trained(h);
    expect(weighed).toEqual(weights);
    expect(candidate).toMatchObject({ fit, figures: { weight: weights.at(-1) } });
    const promoted = h.sila.learning?.promote(candidate?.id ?? '', SARA);
    if (fit) await promoted;
    else await expect(promoted).rejects.toMatchObject({ code: 'conflict' });
    expect(h.sila.house.finder.find(`${ODD} لو سمحتم`, 'ar').best?.id).toBe(fit ? 'donate' : undefined);
  });

  it('never answers when it contradicts itself', async () => {
    const h = await ready();
    await plant(h, [ODD], 'donate');
    await plant(h, [`${ODD} هنا`], 'visit');
    const { candidate } = await trained(h);
    expect(candidate?.figures.torn.toSorted()).toEqual([ODD, `${ODD} هنا`].toSorted());
    await expect(h.sila.learning?.promote(candidate?.id ?? '', SARA)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('never answers when it contradicts the pack, and says with which words', async () => {
    const h = await ready();
    const [wrong] = bundle.lessons.examples.filter(({ intent }) => intent === 'donate');
    await plant(h, [wrong?.text ?? ''], 'volunteer');
    const { candidate } = await trained(h);
    expect(candidate?.fit).toBe(false);
    expect(candidate?.figures.torn).toEqual([wrong?.text]);
    await expect(h.sila.learning?.promote(candidate?.id ?? '', SARA)).rejects.toMatchObject({ code: 'conflict' });
    expect((await look(h)).current).toBeNull();
  });
});

/** Lessons as if staff had taught them. */
async function plant(h: Harness, texts: readonly string[], intent: string): Promise<void> {
  const { ids, records, store, now } = h.sila.house;
  const lessons = await Promise.all(
    texts.map(async (text) => {
      const id = ids.next();
      return { id, key: id, intent, by: HUDA.id, at: now(), sealed: await records.lesson.seal('', id, { v: 1, text }) };
    }),
  );
  await store.questions.teach(lessons);
}
