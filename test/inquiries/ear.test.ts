// The second ear: hears what is like an alarm, leaves calm words alone, is kept with the model; an excuse in exact words is stronger.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { prepare } from '../../src/engine/prepare.js';
import { dangersIn } from '../../src/engine/read/danger.js';
import { createAdviser, decode, encode, gatherLessons, train } from '../../src/inquiries/index.js';
import type { Adviser, Alarms, Danger, Lessons } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const root = resolve(import.meta.dirname, '../..');
const alarms = parse(readFileSync(resolve(root, 'flows/alarms.yaml'), 'utf8')) as Alarms;
const lessons: Lessons = {
  intents: [],
  withheld: [],
  examples: ['كيف أتبرع لكم', 'وين موقعكم', 'ابي اقدم طلب مساعدة', 'how do I apply'].map((text) => ({
    text,
    intent: 'a',
  })),
  lexicon: { words: { أريد: ['ابغى', 'ابي'] }, english: ['the', 'how', 'do', 'i', 'my', 'is', 'me'] },
  alarms,
};
let adviser: Adviser;
beforeAll(() => {
  adviser = createAdviser(lessons, train(lessons), [], () => 0);
});
const heard = (text: string): Danger | undefined => adviser.danger?.(text);

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
    const trained = train(lessons);
    expect(decode(encode(trained))).toEqual(trained);
    const { alarms: _, ...without } = lessons;
    const deaf = train(without);
    expect(deaf.ear).toBeUndefined();
    expect(decode(encode(deaf))).toEqual(deaf);
    expect(createAdviser(without, deaf, [], () => 0).danger?.('ابي اموت وارتاح')).toBeUndefined();
  });
});

describe('danger that is heard', () => {
  const prepared = prepare(pack('safe-treatment').set);
  const kinds = (text: string, kind?: Danger): string[] => dangersIn(prepared, text, kind).map((one) => one.kind);

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
