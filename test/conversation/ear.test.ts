// Danger and fraud that no phrase foresaw: as soon as the ear has learned, the person hears the safety text and staff are called, in the middle of anything.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { encode, train } from '../../src/inquiries/index.js';
import type { Alarms, Lessons, RuleLessons } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';
import { started, type Harness } from './harness.js';
import { FATIMA, fileRequest } from './request.js';

const dir = mkdtempSync(join(tmpdir(), 'sila-ear-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Told in words of no phrase and no alarm. */
const UNFORESEEN = 'دم كثير يطلع من فم ابوي';
const UNFORESEEN_OPT_OUT = 'مليت من اعلاناتكم ذي على جوالي كل يوم';
const UNFORESEEN_FRAUD = 'فيه قروب تليجرام باسمكم يطلب من كل عضو عشرين ريال';
/** What is calm in the ears of a pack is mostly what people want. */
const { examples } = parse(readFileSync('flows/training/patients.yaml', 'utf8')) as {
  examples: Record<string, string[]>;
};
const lessons: Lessons = {
  intents: [],
  withheld: [],
  examples: Object.values(examples).flatMap((texts) => texts.map((text) => ({ text, intent: 'any' }))),
  lexicon: { words: { أريد: ['ابي'] }, english: ['the'] },
  alarms: parse(readFileSync('flows/alarms.yaml', 'utf8')) as Alarms,
  ruled: parse(readFileSync('flows/rule-lessons/everybody.yaml', 'utf8')) as RuleLessons,
};

async function listening(): Promise<Harness> {
  // Of so few examples the classifier knows nothing: it is sure of no answer.
  const unsure = { answer: 9, offer: 8, curve: [] };
  const training = {
    dir,
    train: (one: Lessons) => Promise.resolve(encode({ ...train(one), bands: unsure })),
  };
  const h = await started({ bundle: { ...pack('safe-treatment'), lessons }, training });
  await expect.poll(() => h.logged.some(({ event }) => event === 'questions.ready')).toBe(true);
  return h;
}

const kinds = async (h: Harness) => (await h.store.notices.list({ limit: 99 })).map(({ kind }) => kind);

it('is heard at the menu, and staff are called', async () => {
  const h = await listening();
  await h.tell('p', 'السلام عليكم');
  const said = await h.tell('p', UNFORESEEN);
  expect(said.join('\n')).toContain('997');
  expect(await kinds(h)).toEqual(['danger']);
});

it('is heard in the middle of a form, and what was typed is filed all the same', async () => {
  const h = await listening();
  await fileRequest(h, FATIMA, 'need');
  const { conversation } = await h.write(FATIMA.user, UNFORESEEN);
  await h.settle();
  expect(await kinds(h)).toEqual(['danger']);
  expect((await h.store.turns.conversation(conversation))?.step).not.toBe('need');
});

it('is not heard in a need full of medical words, nor before anything was learned', async () => {
  const h = await listening();
  await fileRequest(h, FATIMA, 'need');
  await h.write(FATIMA.user, 'والدي عنده جلطة قديمة ونزيف سابق ويحتاج جهاز أكسجين وعلاج طبيعي كل أسبوع');
  await h.settle();
  expect(await kinds(h)).toEqual([]);
  const deaf = await started();
  await deaf.tell('p', 'السلام عليكم');
  await deaf.tell('p', UNFORESEEN);
  expect(await kinds(deaf)).toEqual([]);
});

it('hears fraud of which no phrase knows: people are warned and staff are told, and in a form it is an answer like any other', async () => {
  const h = await listening();
  await h.tell('p', 'السلام عليكم');
  const said = await h.tell('p', UNFORESEEN_FRAUD);
  expect(said[0]).toBe(pack('safe-treatment').texts['engine.rule.fraud']?.['ar']);
  expect(await kinds(h)).toEqual(['fraud']);
  await fileRequest(h, FATIMA, 'need');
  await h.tell(FATIMA.user, UNFORESEEN_FRAUD);
  expect(await kinds(h)).toEqual(['fraud']);
});

describe('who only sounds like opting out', () => {
  const texts = pack('safe-treatment').texts;
  const text = (key: string): string => texts[key]?.['ar'] ?? key;

  const steps = async (h: Harness) => (await h.store.turns.conversations({ limit: 9 })).map(({ step }) => step);

  it('is asked, and gets no more messages after a yes', async () => {
    const h = await listening();
    await h.tell('p', 'السلام عليكم');
    expect((await h.tell('p', UNFORESEEN_OPT_OUT))[0]).toContain(text('engine.rest.ask'));
    expect(await kinds(h)).toEqual([]);
    expect(await h.tell('p', 'نعم')).toEqual([text('engine.rest.begun')]);
    expect(await kinds(h)).toEqual(['opted_out']);
  });

  it('is asked, and hears after a no that all stays', async () => {
    const h = await listening();
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', UNFORESEEN_OPT_OUT);
    expect((await h.tell('p', 'لا')).join('\n')).toContain(text('engine.rest.kept'));
    expect(await kinds(h)).toEqual([]);
  });

  it.each([
    'وقفوا الرسائل',
    'نعم اوقفوها',
    'stop',
    'نعم',
    'ايه لو سمحتم',
    'yes please',
    'yes, stop them',
    'ايوه وقفوها الله يعافيكم',
    'فكوني من رسايلكم',
  ])('may say "%s" for a yes, in the middle of a request, which is kept', async (words) => {
    const h = await listening();
    await fileRequest(h, FATIMA, 'applicant_name');
    expect((await h.tell(FATIMA.user, UNFORESEEN_OPT_OUT))[0]).toContain(text('engine.rest.ask'));
    expect(await h.tell(FATIMA.user, words)).toEqual([text('engine.rest.begun')]);
    expect(await kinds(h)).toEqual(['opted_out']);
    await h.tell(FATIMA.user, 'القائمة');
    await h.tell(FATIMA.user, 'إكمال طلبي');
    expect(await steps(h)).toEqual(['applicant_name']);
  });

  it('goes on with a request that was under way after a no', async () => {
    const h = await listening();
    await fileRequest(h, FATIMA, 'applicant_name');
    await h.tell(FATIMA.user, UNFORESEEN_OPT_OUT);
    await h.tell(FATIMA.user, 'لا');
    expect(await steps(h)).toEqual(['applicant_name']);
  });

  it.each([UNFORESEEN_OPT_OUT, `لا، اقصد ${UNFORESEEN_OPT_OUT}`])(
    'is neither silenced by "%s" nor asked again at once',
    async (words) => {
      const h = await listening();
      await h.tell('p', 'السلام عليكم');
      await h.tell('p', UNFORESEEN_OPT_OUT);
      const said = (await h.tell('p', words)).join('\n');
      expect(said).not.toContain(text('engine.rest.ask'));
      expect(said).not.toContain(text('engine.rest.begun'));
      expect(await kinds(h)).toEqual([]);
    },
  );

  it('is asked after a rest too: who comes back is not sent away by a guess', async () => {
    const h = await listening();
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', 'إيقاف الرسائل');
    const said = await h.tell('p', UNFORESEEN_OPT_OUT);
    expect(said[0]).toBe(text('engine.rest.over'));
    expect(said[1]).toContain(text('engine.rest.ask'));
    expect((await h.tell('p', 'لا شكرا لكم')).join('\n')).toContain(text('engine.rest.kept'));
  });
});
