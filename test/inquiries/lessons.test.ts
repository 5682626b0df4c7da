// The lessons of the shipped packs are whole, and faults in lessons are said with their place and cure.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gatherLessons, STRAY, lessonSources } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const read = (path: string): string => readFileSync(path, 'utf8');

describe.each(['safe-treatment', 'qutoof'])('lessons of %s', (charity) => {
  const { flags } = parse(read(`flows/charities/${charity}/charity.yaml`)) as { flags: Record<string, boolean> };
  const files = readdirSync('flows', { recursive: true }).map((name) => `flows/${String(name)}`);
  const gathered = gatherLessons(read, flags, pack(charity).articles, lessonSources(files, charity));
  const { lessons, findings, warnings } = gathered;

  test('have no fault, and twenty examples of every intent', () => {
    expect([...findings, ...warnings].map(({ line, message }) => `${line} ${message}`)).toEqual([]);
    expect(lessons?.intents.length).toBeGreaterThanOrEqual(45);
  });

  test('hold what every voice wrote of danger and of the rules', () => {
    for (const kind of ['medical', 'self_harm', 'violence', 'calm'] as const)
      expect(lessons?.alarms?.[kind].length).toBeGreaterThan(700);
    for (const kind of ['fraud', 'medical-advice', 'insult', 'person', 'opt-out', 'calm'] as const)
      expect(lessons?.ruled?.[kind]?.length).toBeGreaterThan(100);
  });

  test('hold a hundred and fifty strays', () => {
    expect(lessons?.examples.filter(({ intent }) => intent === STRAY).length).toBeGreaterThanOrEqual(150);
  });
});

describe('a fault', () => {
  const intents = `intents:
  - { name: place, kind: article, ar: أين, en: Where }
  - { name: hours, kind: article, ar: متى, en: When }
`;
  const dialect = 'words: { أين: [وين] }\nenglish: [where]\n';
  const found = (training: string | undefined, others: Record<string, string> = {}): string[] => {
    const files: Record<string, string | undefined> = {
      'flows/intents.yaml': intents,
      'flows/dialect.yaml': dialect,
      'flows/training.yaml': training,
      ...others,
    };
    const { findings, warnings } = gatherLessons((path) => files[path], {}, []);
    return [...findings, ...warnings].map(({ file, line, message }) => `${file}:${line} ${message}`);
  };
  const few = (name: string, line: number, count: number): string =>
    `flows/training.yaml:${line} The intent "${name}" has ${count} examples.`;

  test('two intents with the same examples are named', () => {
    const training = 'examples:\n  place: [وين أنتم]\n  hours: [وين انتم]\nstrays: [كم الذهب]\n';
    expect(found(training)).toEqual([
      'flows/training.yaml:3 "وين انتم" stands under place and hours.',
      few('place', 2, 1),
      few('hours', 3, 1),
    ]);
  });

  test('an unknown intent, and one without examples', () => {
    const training = 'examples:\n  plaice: [وين أنتم]\nstrays: [كم الذهب]\n';
    expect(found(training)).toEqual([
      'flows/training.yaml:2 There is no intent "plaice" that is learned.',
      few('place', 1, 0),
      few('hours', 1, 0),
    ]);
  });

  test('a phrase that names no group, and an intent of the wording that there is not', () => {
    const wording = `groups: { not: [ما] }
refusing:
  phrases: [<not> ابي]
  unless:
    - ابي
    - <nott> ابي
  only: { withdraw: [<not> الغي] }
  turning: [بس]
which: []
grief: { phrases: [رحمه الله] }
`;
    const training = 'examples:\n  place: [وين]\nstrays: [كم]\n';
    const told = (text: string): string[] =>
      found(training, { 'flows/wording.yaml': text }).filter((one) => one.startsWith('flows/wording.yaml'));
    expect(told(wording)).toEqual([
      'flows/wording.yaml:6 refusing.unless.1: the phrase "<nott> ابي" names a group that there is not.',
    ]);
    expect(told(wording.replace('nott', 'not'))).toEqual([
      'flows/wording.yaml:7 There is no intent "withdraw" that is learned.',
    ]);
  });

  test('a file that cannot be read, in its form or as YAML', () => {
    expect(found('examples: { place: وين }\nstrays: []\n').map((one) => one.replace(/ .*/, ''))).toEqual([
      'flows/training.yaml:1',
      'flows/training.yaml:2',
    ]);
    expect(found('examples: [')).toHaveLength(1);
    expect(found('examples: { place: [وين] }\n')).toHaveLength(1);
    expect(found('examples: {}\nstrays: [a]', { 'flows/intents.yaml': 'intents: 3' })).toHaveLength(1);
  });

  test('in what a voice wrote, or a charity added, is told with its own file', () => {
    const voice = 'flows/training/givers.yaml';
    const own = 'flows/charities/small/training.yaml';
    const files: Record<string, string> = {
      'flows/intents.yaml': intents,
      'flows/dialect.yaml': dialect,
      'flows/training.yaml': 'examples:\n  place: [وين أنتم]\nstrays: [كم الذهب]\n',
      [voice]: 'examples:\n  plaice: [أين الباب]\n  hours:\n    - وين انتم\n',
      [own]: 'strays: [كم الفضة]\n',
      'flows/charities/large/training.yaml': 'nonsense',
    };
    const sources = lessonSources(Object.keys(files), 'small');
    expect(sources.training).toEqual([own, 'flows/training.yaml', voice]);
    const { lessons, findings } = gatherLessons((path) => files[path], {}, [], sources);
    expect(findings.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      `${voice}:2 There is no intent "plaice" that is learned.`,
      `${voice}:4 "وين انتم" stands under place and hours.`,
    ]);
    expect(lessons?.examples).toContainEqual({ text: 'وين انتم', intent: 'hours', voice: 'givers' });
    expect(lessons?.examples).toContainEqual({ text: 'كم الفضة', intent: STRAY });
  });

  test('in what a voice wrote of danger is said with its file; the sentences of all voices count together', () => {
    const files: Record<string, string> = {
      'flows/intents.yaml': intents,
      'flows/dialect.yaml': dialect,
      'flows/training.yaml': 'examples: { place: [وين] }\nstrays: [كم الذهب]\n',
      'flows/alarms.yaml': 'medical: [ما يتنفس]\nself_harm: [ابي اموت]\nviolence: [يضربني]\ncalm: [تعبت]\n',
      'flows/alarms/elders.yaml': 'medical: [طاح]\nself_harm: [مليت]\nviolence: [حبسني]\ncalm: [ذبحني الشوق]\n',
      'flows/alarms/names.yaml': 'calm: [منى حسن علي]\n',
      'flows/alarms/torn.yaml': 'medicine: [ينزف]\n',
    };
    const sources = lessonSources(Object.keys(files), 'small');
    const { lessons, findings } = gatherLessons((path) => files[path], {}, [], sources);
    expect(new Set(findings.map(({ file }) => file))).toEqual(new Set(['flows/alarms/torn.yaml']));
    expect(lessons?.alarms?.violence).toEqual(['يضربني', 'حبسني']);
    expect(lessons?.alarms?.calm).toEqual(['تعبت', 'ذبحني الشوق', 'منى حسن علي']);
  });

  test('a sentence that is danger and calm, or a rule and calm, is named with its file, however it is spelt', () => {
    const files: Record<string, string> = {
      'flows/intents.yaml': intents,
      'flows/dialect.yaml': dialect,
      'flows/training.yaml': 'examples: { place: [وين] }\nstrays: [كم الذهب]\n',
      'flows/alarms.yaml': 'medical: [أمي طاحت]\nself_harm: [ابي اموت]\nviolence: [يضربني]\ncalm: [تعبت]\n',
      'flows/alarms/elders.yaml': 'calm:\n  - نعست\n  - امي طاحت\n',
      'flows/rule-lessons.yaml':
        'fraud: [ارسل الرمز]\nmedical-advice: [كم حبة]\ninsult: [تبا]\nperson: [موظف]\ncalm: [شكرا]\n',
      'flows/rule-lessons/shy.yaml': 'calm: [ارسل الرمز]\n',
    };
    const { findings } = gatherLessons((path) => files[path], {}, [], lessonSources(Object.keys(files), 'small'));
    expect(findings.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'flows/alarms/elders.yaml:3 "امي طاحت" stands under medical and calm.',
      'flows/rule-lessons.yaml:1 "ارسل الرمز" stands under fraud and calm.',
    ]);
  });

  test('no file at all is no fault: such a pack is searched', () => {
    expect(found(undefined)).toEqual([]);
  });
});
