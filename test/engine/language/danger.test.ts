// flows/danger.yaml: groups are spelt out, and a phrase that could never be heard, or always, is a finding.
import { expect, test } from 'vitest';
import { prepare } from '../../../src/engine/prepare.js';
import { dangersIn } from '../../../src/engine/read/danger.js';
import { compileForTest, tryCompile } from '../../support/compile.js';

const flows = {
  menu: `
flow: menu
title: { ar: القائمة, en: Menu }
on_wrong_answer: { tries: any }
on_silence: { after: 20h, go: done }
steps:
  - id: name
    ask: { ar: ما اسمك؟, en: Your name? }
    answer: name
    class: personal
ends:
  done: {}
`,
};
const danger = (phrase: string, unless = 'سابقا'): string => `
groups: { kin: [ابوي, امي] }
danger:
  - kind: medical
    phrases: ["${phrase}"]
    unless: ["${unless}"]
    say: { ar: اتصل بالإسعاف, en: Call an ambulance }
  - kind: medical
    phrases: [نزيف]
    say: { ar: اتصل, en: Call }
`;

test('a group stands for its words', () => {
  const prepared = prepare(compileForTest(flows, { danger: danger('<kin> يموت', '<kin> كان') }));
  const kinds = (text: string): string[] => dangersIn(prepared, text).map(({ kind }) => kind);
  expect(kinds('امي تموت')).toEqual([]);
  expect(kinds('امي يموت')).toEqual(['medical']);
  expect(kinds('امي يموت، امي كان')).toEqual([]);
});

test('one rule is enough, what excuses it excuses no other, and a kind is told once', () => {
  const prepared = prepare(compileForTest(flows, { danger: danger('يموت') }));
  const texts = (text: string): (string | undefined)[] => dangersIn(prepared, text).map(({ say }) => say['en']);
  expect(texts('يموت ونزيف')).toEqual(['Call an ambulance']);
  expect(texts('يموت سابقا ونزيف')).toEqual(['Call']);
});

const timed = `${danger('يموت', 'من سنين')}
now: [الحين, now]
calm: [يموت هنا (كل يوم|)]
`;

test('what stands after the last word of now is read by itself too', () => {
  const prepared = prepare(compileForTest(flows, { danger: timed }));
  const kinds = (text: string): string[] => dangersIn(prepared, text).map(({ kind }) => kind);
  expect(kinds('مريض من سنين يموت')).toEqual([]);
  expect(kinds('مريض من سنين والحين يموت')).toEqual(['medical']);
  expect(kinds('الحين مريض من سنين والحين يموت الحين')).toEqual(['medical']);
  expect(kinds('يموت من سنين الحين')).toEqual([]);
  expect(kinds('الحين يموت من سنين')).toEqual([]);
});

test('a calm message holds against what sounds like danger, against no phrase, and only as the whole message', () => {
  const prepared = prepare(compileForTest(flows, { danger: timed.replace('"يموت"', '"ينزف"') }));
  const kinds = (text: string): string[] =>
    dangersIn(prepared, text, { kind: 'medical', sure: true }).map(({ kind }) => kind);
  expect(kinds('يموت هنا')).toEqual([]);
  expect(kinds('يموت هنا كل يوم')).toEqual([]);
  expect(kinds('امي يموت هنا')).toEqual(['medical']);
  expect(kinds('يموت هنا كل يوم الحقوني')).toEqual(['medical']);
  expect(kinds('يموت هنا كل')).toEqual(['medical']);
});

test('a set of before, without words of now, is heard as it was', () => {
  const { dangerWords: _, ...set } = compileForTest(flows, { danger: timed });
  const kinds = (text: string): string[] => dangersIn(prepare(set), text).map(({ kind }) => kind);
  expect(kinds('يموت')).toEqual(['medical']);
  expect(kinds('مريض من سنين والحين يموت')).toEqual([]);
});

test.each([
  ['<kim> يموت', 'names a group that there is not'],
  ['(ابوي يموت', 'has a bracket without its other half'],
  ['.. يموت', 'begins or ends with ..'],
  ['؟؟', 'may be no word at all'],
])('"%s" is a finding', (phrase, fault) => {
  const { findings } = tryCompile(flows, { danger: danger(phrase) });
  expect(findings.map(({ file, code, message }) => [file, code, message.includes(fault)])).toEqual([
    ['flows/danger.yaml', 'bad_value', true],
  ]);
});

test('a word of now that is two words is a finding', () => {
  const { findings } = tryCompile(flows, { danger: timed.replace('now]', 'right now]') });
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ['bad_value', '"right now" is no single word.'],
  ]);
});
