// The second ears: hear what is like an alarm or like what a rule answers, leave calm words alone, are kept with the model; an excuse in exact words is stronger.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { prepare } from '../../src/engine/prepare.js';
import { dangersIn } from '../../src/engine/read/danger.js';
import {
  createAdviser,
  decode,
  encode,
  gatherLessons,
  parseRules,
  readRules,
  train,
} from '../../src/inquiries/index.js';
import type { Adviser, Alarms, Danger, Lessons, RuledKind, RuleLessons, Trained } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const root = resolve(import.meta.dirname, '../..');
const alarms = parse(readFileSync(resolve(root, 'flows/alarms.yaml'), 'utf8')) as Alarms;
const ruled = parse(readFileSync(resolve(root, 'flows/rule-lessons.yaml'), 'utf8')) as RuleLessons;
const lessons: Lessons = {
  intents: [],
  withheld: [],
  examples: ['كيف أتبرع لكم', 'وين موقعكم', 'ابي اقدم طلب مساعدة', 'how do I apply'].map((text) => ({
    text,
    intent: 'a',
  })),
  lexicon: { words: { أريد: ['ابغى', 'ابي'] }, english: ['the', 'how', 'do', 'i', 'my', 'is', 'me'] },
  alarms,
  ruled,
};
let trained: Trained;
let adviser: Adviser;
beforeAll(() => {
  trained = train(lessons);
  adviser = advised(9);
});
/** Of so few examples the classifier knows nothing; `answer` is from where on it is sure all the same. */
const advised = (answer: number): Adviser =>
  createAdviser(lessons, { ...trained, bands: { answer, offer: 0, curve: [] } }, [], () => 0);
const heard = (text: string): Danger | undefined => adviser.danger?.(text)?.kind;

describe('the ear', () => {
  // Said in no alarm and known by no phrase.
  test.each<[string, Danger]>([
    ['اخوي صدره انقبض وعرقه بارد', 'medical'],
    ['دم كثير يطلع من فم ابوي', 'medical'],
    ['help my father is turning blue', 'medical'],
    ['ماني قادر اكمل ابي اموت', 'self_harm'],
    ['الحياة صارت عذاب والموت أهون', 'self_harm'],
    ['mabi a3eesh abi amoot w bas', 'self_harm'],
    ['اخذ مني الجوال وحبسني وضربني', 'violence'],
    ['my brother threatened me with a knife', 'violence'],
  ])('hears %s', (text, kind) => {
    expect(heard(text)).toBe(kind);
  });

  test.each([
    'كم يستغرق الرد على طلبي',
    'زوجتي حامل بالتاسع ونحتاج مستلزمات',
    'عنده ربو وضيق تنفس مزمن ويحتاج جهاز',
    'بموت من الفرحه انقبل طلبي',
    'we are suffocating under debt',
    'موت',
    'حادث سيارة',
    '',
    '🌙'.repeat(10_000),
  ])('leaves %s alone', (text) => {
    expect(heard(text)).toBeUndefined();
  });

  test('hears a message of a million letters in bounded time', () => {
    expect(heard('ابي اموت وارتاح '.repeat(100_000))).toBe('self_harm');
  });

  test('is kept with the model, byte for byte; without alarms there is none', () => {
    expect(decode(encode(trained))).toEqual(trained);
    const { alarms: _, ...without } = lessons;
    const deaf = train(without);
    expect(deaf.ear).toBeUndefined();
    expect(decode(encode(deaf))).toEqual(deaf);
    expect(createAdviser(without, deaf, [], () => 0).danger?.('ابي اموت وارتاح')).toBeUndefined();
  });
});

describe('the ear for what rules answer', () => {
  const rules = readFileSync(resolve(root, 'flows/rules.yaml'), 'utf8');
  const phrases = (text: string): string | undefined => readRules(text, parseRules('flows/rules.yaml', rules))?.kind;

  // Said in no lesson and known by no phrase.
  test.each<[string, RuledKind]>([
    ['عطيتهم رقم نفاذ وبعدها طار راتبي', 'fraud'],
    ['فيه قروب تليجرام باسمكم يطلب من كل عضو عشرين ريال', 'fraud'],
    ['a guy outside your office said he can get my file approved for 500', 'fraud'],
    ['سكر صايم ١٤٠ يعتبر عالي', 'medical-advice'],
    ['امي تغسل كلى، ينفع تاكل تمر', 'medical-advice'],
    ['هل القسطرة خطيرة على واحد عمره ثمانين', 'medical-advice'],
    ['مسوين فيها خير وانتم اكبر حرامية', 'insult'],
    ['أنتم بلا ضمير ولا إحساس', 'insult'],
    ['لو تعطوني احد من خدمة العملاء', 'person'],
    ['تكفى خل احد من الموظفين يدخل على المحادثه', 'person'],
  ])('or the phrases beside it: %s', (text, kind) => {
    expect(phrases(text) ?? adviser.ruled?.(text)).toBe(kind);
  });

  test('hears what phrases do not', () => {
    const unforeseen = ['فيه قروب تليجرام باسمكم يطلب من كل عضو عشرين ريال', 'سكر صايم ١٤٠ يعتبر عالي'];
    expect(unforeseen.map(phrases)).toEqual([undefined, undefined]);
  });

  test.each([
    'كيف اتبرع وكم اقل مبلغ',
    'الرابط حق رفع الاوراق ما فتح معي',
    'كم رسوم العملية وهل تدفعونها',
    'امي عندها سكر وضغط ونحتاج مساعدة بالدوا',
    'الله يعطيكم العافية ولا يحرمكم الاجر',
    'زوجي موظف وراتبه خمسة الاف',
    'ابي احد يساعدني بالايجار',
    'يا',
    '',
  ])('leaves %s alone', (text) => {
    expect(adviser.ruled?.(text)).toBeUndefined();
  });

  test('is quiet where an article is sure to answer', () => {
    const asked = 'سكر صايم ١٤٠ يعتبر عالي';
    expect([adviser.ruled?.(asked), advised(-9).ruled?.(asked)]).toEqual(['medical-advice', undefined]);
  });

  test('is not there without lessons', () => {
    const { ruled: _, ...without } = lessons;
    const deaf = train(without);
    expect(decode(encode(deaf))).toEqual(deaf);
    expect(createAdviser(without, deaf, [], () => 0).ruled?.('سكر صايم ١٤٠ يعتبر عالي')).toBeUndefined();
  });
});

describe('danger that is heard', () => {
  const prepared = prepare(pack('safe-treatment').set);
  const kinds = (text: string, kind?: Danger, sure = false): string[] =>
    dangersIn(prepared, text, kind && { kind, sure }).map((one) => one.kind);

  test('counts beside what exact phrases name, each kind once', () => {
    expect(kinds('دم كثير يطلع من فم ابوي')).toEqual([]);
    expect(kinds('دم كثير يطلع من فم ابوي', 'medical')).toEqual(['medical']);
    expect(kinds('ابوي ما يتنفس', 'medical')).toEqual(['medical']);
    expect(kinds('ابوي ما يتنفس', 'violence')).toEqual(['medical', 'violence']);
  });

  test('does not count where exact words name that kind and excuse it', () => {
    const excused = 'اتمنى اموت وانا ساجد';
    expect(kinds(excused)).toEqual([]);
    expect(kinds(excused, 'self_harm')).toEqual([]);
  });

  test('counts all the same where it is sure: an excuse beside a cry does not silence it', () => {
    expect(kinds('اتمنى اموت وانا ساجد', 'self_harm', true)).toEqual(['self_harm']);
  });
});

test('a file of alarms with a fault is named with its line; a pack without one has lessons all the same', () => {
  const read =
    (text: string | undefined) =>
    (path: string): string | undefined =>
      path === 'flows/alarms.yaml' ? text : readFileSync(resolve(root, path), 'utf8');
  const flags = { health: true, social: true };
  const { findings } = gatherLessons(read('medical: [a]\nself_harm: []\n'), flags, []);
  expect(findings.map(({ file }) => file)).toContain('flows/alarms.yaml');
  const without = gatherLessons(read(undefined), flags, []);
  expect(without.findings).toEqual([]);
  expect(without.lessons?.alarms).toBeUndefined();
  expect(
    gatherLessons(read(readFileSync(resolve(root, 'flows/alarms.yaml'), 'utf8')), flags, []).lessons?.alarms,
  ).toEqual(alarms);
});
