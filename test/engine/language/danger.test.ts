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
