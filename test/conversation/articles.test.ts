// Articles that staff write: checked, used at once by search and then by the classifier, kept by version, one click back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ArticleDraft, ArticleLine } from '../../src/conversation/article-types.js';
import { encode, train, type Lessons } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';
import { smallLessons } from '../support/small-lessons.js';
import { harness, HUDA, SARA, started, type Harness } from './harness.js';

const QUESTION = 'هل توصلون طرود تمور رمضانية؟';
const dates: ArticleDraft = {
  title: { ar: 'طرود التمور', en: 'Date parcels' },
  questions: { ar: [QUESTION, 'متى توزيع التمور'], en: ['Do you give out dates?'] },
  body: { ar: 'نوزع **طرود التمور** في {charity.name}:\n- قبل رمضان', en: 'We give out dates.' },
  audience: [],
  validUntil: null,
  owner: 'reception',
  placeholder: false,
};
const articlesOf = (h: Harness) => h.sila.articles;
const list = (h: Harness): Promise<ArticleLine[]> => articlesOf(h).list(SARA);
const found = (h: Harness, words: string) => h.sila.house.finder.find(words, 'ar');
const stands = async (h: Harness, id: string): Promise<ArticleLine | undefined> =>
  (await list(h)).find((one) => one.id === id);

describe('an article of staff', () => {
  it('answers at once, as plain words, over a restart, until it is taken back; and again', async () => {
    const home = mkdtempSync(join(tmpdir(), 'sila-articles-'));
    onTestFinished(() => {
      rmSync(home, { recursive: true, force: true });
    });
    const h = await harness({ dir: home });
    expect(found(h, QUESTION).outcome).not.toBe('answered');
    const id = await articlesOf(h).write(null, 0, dates, HUDA);
    await h.tell('a', 'السلام عليكم');
    expect((await h.tell('a', QUESTION)).join('\n')).toContain('نوزع طرود التمور في جمعية العلاج الآمن:\n• قبل رمضان');
    await h.stop();

    const again = await started({ dir: home });
    expect(found(again, QUESTION).best?.id).toBe(id);
    expect(await stands(again, id)).toMatchObject({ origin: 'own', version: 1, by: HUDA.id, draft: dates });
    await articlesOf(again).goBack(id, 1, SARA);
    expect(found(again, QUESTION).outcome).not.toBe('answered');
    expect(await stands(again, id)).toMatchObject({ origin: 'gone', version: 2, draft: dates });
    await expect(articlesOf(again).goBack(id, 1, SARA)).rejects.toMatchObject({ code: 'conflict' });
    await articlesOf(again).goBack(id, 2, SARA);
    expect(found(again, QUESTION).best?.id).toBe(id);
    const acts = (await again.store.staff.auditTrail({ limit: 99 })).map(({ act, subject, staff }) => [
      act,
      subject,
      staff,
    ]);
    expect(acts).toContainEqual(['article.written', `${id}.1`, HUDA.id]);
    expect(acts).toContainEqual(['article.taken_back', `${id}.2`, SARA.id]);
  });

  it('takes the place of one of the pack, and gives it back', async () => {
    const h = await started();
    const [shipped] = await list(h);
    const { id = '', draft } = shipped ?? {};
    expect(shipped).toMatchObject({ origin: 'pack', version: 0, by: null });
    const edited = { ...(draft ?? dates), body: { ar: 'نص جديد للجواب', en: 'A new text.' } };
    await articlesOf(h).write(id, 0, edited, HUDA);
    expect((await list(h)).map((one) => one.id)).toEqual(pack('safe-treatment').articles.map((one) => one.id));
    expect(await stands(h, id)).toMatchObject({ origin: 'changed', version: 1, draft: edited });
    await expect(articlesOf(h).write(id, 0, edited, SARA)).rejects.toMatchObject({ code: 'conflict' });
    await articlesOf(h).write(id, 1, { ...edited, owner: 'quality' }, SARA);
    await articlesOf(h).goBack(id, 2, SARA);
    expect((await stands(h, id))?.draft).toEqual(edited);
    const versions = await articlesOf(h).versions(id, SARA);
    expect(versions.map(({ version, by, draft: said }) => [version, by, said?.owner])).toEqual([
      [3, SARA.id, edited.owner],
      [2, SARA.id, 'quality'],
      [1, HUDA.id, edited.owner],
    ]);
    await expect(articlesOf(h).write('nothing', 0, edited, SARA)).rejects.toMatchObject({ code: 'not_found' });
    await expect(articlesOf(h).goBack('nothing', 1, SARA)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('past its last day is not given, and its owner is told', async () => {
    const h = await started();
    const id = await articlesOf(h).write(null, 0, { ...dates, validUntil: '2026-02-28' }, HUDA);
    expect(found(h, QUESTION).outcome).not.toBe('answered');
    expect(await stands(h, id)).toMatchObject({ over: true });
    await h.sila.sweepOnce();
    const notices = await h.store.notices.list({ limit: 99 });
    expect(notices.map((one) => one.id)).toContain(`article_over.${id}.2026-02-28`);
    expect(h.logged).toContainEqual({
      event: 'article.over',
      facts: { article: id, owner: 'reception', day: '2026-02-28' },
    });
  });

  it('is seen before it is used', async () => {
    const h = await started();
    const { preview, faults, doubts } = articlesOf(h).check(null, dates);
    expect(preview).toEqual({
      ar: 'نوزع طرود التمور في جمعية العلاج الآمن:\n• قبل رمضان',
      en: 'We give out dates.',
    });
    expect(faults).toEqual([]);
    expect(doubts).toEqual([{ code: 'few', about: '3', other: '' }]);
    const begun = articlesOf(h).check(null, { ...dates, title: {}, body: { ar: 'نص {charity.name}', en: 'a {brace' } });
    expect(begun.preview).toEqual({ ar: 'نص جمعية العلاج الآمن' });
  });

  it.each<[string, Partial<ArticleDraft>, object]>([
    ['a title is missing', { title: { ar: 'عنوان' } }, { code: 'title_missing', language: 'en' }],
    ['no question', { questions: { ar: [' '], en: ['a?'] } }, { code: 'questions_missing', language: 'ar' }],
    ['no text', { body: { ar: 'نص', en: ' \n ' } }, { code: 'body_missing', language: 'en' }],
    ['a language begins in it', { body: { ar: 'نص\n## en\nx', en: 'x' } }, { code: 'heading', about: '## en' }],
    ['an unknown fact', { body: { ar: '{charity.fax}', en: 'x' } }, { code: 'unknown_name', about: 'charity.fax' }],
    ['a brace that is open', { body: { ar: 'نص {charity', en: 'x' } }, { code: 'template' }],
    ['a turned direction', { body: { ar: 'نص \u202e321', en: 'x' } }, { code: 'hidden', language: 'ar' }],
    [
      'an account number',
      { body: { ar: 'نص', en: 'Pay to SA03 8000 0000 6080 1016 7519' } },
      { code: 'account', language: 'en' },
    ],
    ['a day that there is not', { validUntil: '2026-02-31' }, { code: 'broken' }],
  ])('is refused when %s', async (_, change, fault) => {
    const h = await started();
    const draft = { ...dates, ...change };
    expect(articlesOf(h).check(null, draft).faults).toMatchObject([fault]);
    await expect(articlesOf(h).write(null, 0, draft, SARA)).rejects.toMatchObject({ code: 'invalid' });
    expect(await h.store.articles.newest()).toEqual([]);
  });
});

describe('an article and the classifier', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-article-models-'));
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const bundle = { ...pack('safe-treatment'), lessons: smallLessons };
  const trained: Lessons[] = [];
  const training = {
    dir,
    train: (all: Lessons) => {
      trained.push(all);
      return Promise.resolve(encode(train(all)));
    },
  };

  it('learn from its questions; a question can be taught to mean it', async () => {
    const h = await started({ bundle, training });
    await expect.poll(() => h.logged.some(({ event }) => event === 'questions.ready')).toBe(true);
    const id = await articlesOf(h).write(null, 0, dates, HUDA);
    expect(found(h, QUESTION).best?.id).toBe(id);
    await expect.poll(() => trained.at(-1)?.examples.some(({ text }) => text === QUESTION)).toBe(true);
    await expect.poll(() => h.logged.filter(({ event }) => event === 'questions.ready').length).toBe(2);
    expect(
      found(h, 'ابي طرود التمر')
        .others.concat(found(h, 'ابي طرود التمر').best ?? [])
        .map((one) => one.id),
    ).toContain(id);
    const overview = await h.sila.learning?.overview(SARA);
    expect(overview?.meanings).toContainEqual({
      intent: `article-${id}`,
      about: { ar: 'طرود التمور', en: 'Date parcels' },
      title: dates.title,
    });
  });

  it('that another process wrote answer when this one looks, and are learned', async () => {
    const h = await started({ bundle, training });
    await expect.poll(() => h.logged.some(({ event }) => event === 'questions.ready')).toBe(true);
    const other = await started({ bundle });
    const id = await articlesOf(other).write(null, 0, dates, HUDA);
    const [version] = await other.store.articles.newest();
    if (version) await h.store.articles.write(version);
    expect(found(h, QUESTION).outcome).not.toBe('answered');
    await h.sila.learning?.follow();
    expect(found(h, QUESTION).best?.id).toBe(id);
    const { length } = trained;
    await h.sila.learning?.follow();
    expect(trained).toHaveLength(length);
  });

  it('of a newer program that cannot be read are as if they were not there', async () => {
    const h = await started();
    const [shipped] = await list(h);
    const id = shipped?.id ?? '';
    await h.store.articles.write({ article: id, version: 1, body: '---\nnew: { form: 1 }\n---\n', by: HUDA.id, at: 1 });
    expect(await articlesOf(h).load()).toBe(true);
    expect((await stands(h, id))?.draft).toEqual(shipped?.draft);
    expect(await articlesOf(h).versions(id, SARA)).toEqual([{ version: 1, by: HUDA.id, at: 1, draft: null }]);
  });

  it.each([
    ['word for word', 'وين موقعكم؟', 'faults', 'contradicts'],
    ['nearly', 'وين موقعكم وين', 'doubts', 'near'],
  ] as const)('are told of a question that means something else already, %s', async (_, question, where, code) => {
    const h = await started({ bundle, training });
    const draft = { ...dates, questions: { ar: [question], en: ['a', 'b', 'c', 'd'] } };
    expect(articlesOf(h).check(null, draft)[where]).toEqual([
      expect.objectContaining({ code, about: question, other: 'وين موقعكم' }),
    ]);
  });
});
