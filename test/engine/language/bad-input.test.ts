/** Whatever stands in a file, the compiler answers with findings, and never with an exception; a hang is caught by the test's time limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits as telegram } from '../../../channels/telegram/limits.js';
import { limits as whatsapp } from '../../../channels/whatsapp/limits.js';
import { compilePack, type Finding } from '../../../src/engine/language/index.js';
import { testCharity, testFiles, tryCompile } from '../../support/compile.js';

const head = `flow: f
title: { ar: ف, en: F }
on_wrong_answer: { tries: 3, go: staff }
on_silence: { after: 20h, go: quiet }
`;
const ends = `ends:
  done: {}
  staff: { handoff: true }
  quiet: {}
`;
const small = `${head}steps:
  - { id: hello, say: { ar: أهلا, en: Hello } }
  - { id: name, ask: { ar: الاسم؟, en: Name? }, answer: name, class: personal }
${ends}`;

const tone = `tone:
  - { about: blame, language: en, avoid: [your mistake], unless: [no], better: Say what is missing. }
longest_line: { ar: 150, en: 180 }
leave_out: [console]
`;

function codes(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((finding) => finding.code))];
}

describe('hostile YAML', () => {
  it('does not let repetitions grow', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `b${n + 1}: &b${n + 1} [${Array(10).fill(`*b${n}`).join(', ')}]`,
    );
    const bomb = `b0: &b0 [x]\n${levels.join('\n')}\n`;
    const result = tryCompile({ f: small, bomb });
    expect(codes(result.findings)).toContain('alias');
  });

  it('follows no repetition of itself', () => {
    expect(codes(tryCompile({ f: `${small}steps2: &a [*a]\n` }).findings)).toContain('unknown_key');
    expect(codes(tryCompile({ f: '&a [*a]' }).findings)).toEqual(expect.arrayContaining(['too_deep']));
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['dashes', '- '.repeat(20_000)],
    ['indentation', Array.from({ length: 3_000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
  ])('survives 100 kB of %s', (_name, text) => {
    const result = tryCompile({ f: small, deep: text });
    expect(result.set).toBeUndefined();
    expect(result.findings.every((finding) => finding.file === 'flows/deep.yaml')).toBe(true);
  });

  it('refuses a file of 9 MB without reading it', () => {
    const result = tryCompile({ f: small, big: `# ${'x'.repeat(9_000_000)}` });
    expect(codes(result.findings)).toEqual(['too_big']);
  });

  it('reads a mapping of 20,000 keys', () => {
    const texts = Array.from({ length: 20_000 }, (_, n) => `engine.k${n}: text ${n}`).join('\n');
    const result = tryCompile({ f: small }, { texts: { ar: texts, en: texts } });
    expect(result.findings).toEqual([]);
  });

  it.each([
    '',
    '   ',
    '# only a comment',
    '---\n---\n',
    '\u0000',
    '\ufeff',
    'just words',
    '- a\n- b',
    '42',
    'null',
    '%YAML 9.9\n---\na: 1',
    '\ud800',
    'a: b: c',
    '\t- x',
    '? [a]\n: b',
    '!!binary x',
    '__proto__: { a: b }',
    'flow: __proto__',
    'flow: constructor',
  ])('finds fault with %j', (text) => {
    expect(tryCompile({ f: small, odd: text }).findings.length).toBeGreaterThan(0);
    for (const path of [
      'flows/words.yaml',
      'flows/danger.yaml',
      'flows/texts/ar.yaml',
      'flows/cases.yaml',
      'flows/tone.yaml',
      'flows/charities/test/charity.yaml',
    ]) {
      const tone = { 'flows/tone.yaml': 'tone: []\nlongest_line: {}' };
      const files = testFiles({ f: small, aid: aidFlow() }, { files: tone }).map((file) =>
        file.path === path ? { path, text } : file,
      );
      expect(compilePack(files, 'test', []).findings.length, path).toBeGreaterThan(0);
    }
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('takes a file with Windows line ends and a byte order mark', () => {
    expect(tryCompile({ f: `\ufeff${small.replaceAll('\n', '\r\n')}` }).findings).toEqual([]);
  });
});

describe('any change of a sound pack', () => {
  const files = testFiles({ f: small, aid: aidFlow() }, { files: { 'flows/tone.yaml': tone } });

  it('is compiled or answered with findings that name a place', () => {
    const bits = [
      '\n',
      '  ',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '#',
      '&a ',
      '*a',
      '|',
      '>',
      '!',
      'null',
      '{name}',
      'go: ',
      'only_if: { x: y }',
      '\u202e',
      '999999999999999999999',
    ];
    const change = fc.record({
      file: fc.nat(files.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(30),
      put: fc.constantFrom(...bits),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = files.map((file) => ({ ...file }));
        for (const { file, at, cut, put } of changes) {
          const target = changed[file]!;
          const index = Math.floor(at * target.text.length);
          target.text = target.text.slice(0, index) + put + target.text.slice(index + cut);
        }
        const { set, findings } = compilePack(changed, 'test', [whatsapp, telegram]);
        expect(set === undefined).toBe(findings.length > 0);
        for (const finding of findings) {
          expect(finding.line).toBeGreaterThanOrEqual(1);
          expect(finding.message).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('large flows', () => {
  const question = (n: number, more = ''): string =>
    `  - { id: q${n}, ask: { ar: "س${n}", en: "Q${n}" }, answer: text, class: personal${more} }\n`;
  const steps = (count: number, make: (n: number) => string): string =>
    `${head}steps:\n${Array.from({ length: count }, (_, n) => make(n)).join('')}${ends}`;

  it('compiles 10,000 steps', () => {
    const result = tryCompile({ f: steps(10_000, (n) => question(n)) }, { limits: [whatsapp, telegram] });
    expect(result.findings).toEqual([]);
    expect(result.set?.flows['f']?.steps).toHaveLength(10_000);
  });

  it('follows conditions and variables through 2,000 steps', () => {
    const make = (n: number): string =>
      n === 0
        ? '  - { id: q0, ask: { ar: س, en: Q }, answer: yes_no, class: personal }\n'
        : `  - { id: q${n}, only_if: { q0: yes }, ask: { ar: "س {q${Math.max(0, n - 1)}}", en: "Q {q${Math.max(0, n - 1)}}" }, answer: text, class: personal, on_wrong_answer: { tries: 2, go: ${n > 1 ? `q${n - 1}` : 'staff'} } }\n`;
    const result = tryCompile({ f: steps(2_000, make) });
    expect(codes(result.findings)).not.toContain('unknown_name');
  });

  it('refuses 10,001 steps, and as many written out from a list', () => {
    expect(codes(tryCompile({ f: steps(10_001, (n) => question(n)) }).findings)).toContain('too_many');
    const papers = Array.from({ length: 200 }, (_, n) => `  - { id: p${n}, label: { ar: و${n}, en: P${n} } }`).join(
      '\n',
    );
    const charity = testCharity.replace(/papers:[^]*/, `papers:\n${papers}\n`);
    const each = steps(
      51,
      (n) => `  - { id: q${n}, each: charity.papers, ask: { ar: س, en: Q }, answer: file, class: personal }\n`,
    );
    expect(codes(tryCompile({ f: each }, { charity }).findings)).toContain('too_many');
  });

  it('ends on jumps that all lead back', () => {
    const tangled = steps(
      3_000,
      (n) =>
        `  - { id: q${n}, ask: { ar: س, en: Q }, answer: yes_no, class: personal, on: { no: q${(n * 7919) % 3_000}, yes: ${n === 2_999 ? 'done' : `q${n + 1}`} } }\n`,
    );
    const result = tryCompile({ f: tangled });
    expect(codes(result.findings)).toEqual([]);
  });
});

function aidFlow(): string {
  return `flow: aid
title: { ar: طلب, en: Aid }
on_wrong_answer: { tries: 3, go: staff }
on_silence: { after: 20h, go: saved }
steps:
  - { id: consent, consent: { ar: توافق؟, en: Agree? }, version: "1", class: personal, on: { no: staff } }
  - { id: kind, ask: { ar: النوع؟, en: Kind? }, short: { ar: ن, en: K }, choices: charity.aid_types, class: sensitive }
  - { id: papers, each: charity.papers, item_for: kind, ask: { ar: "{item.label}", en: "{item.label}" }, short: { ar: "{item.label}", en: "{item.label}" }, answer: file, class: sensitive }
  - { id: route, branch: [{ if: { kind: surgery }, go: check }, { go: file_it }] }
  - { id: check, review: [kind, papers], ask: { ar: صحيح؟, en: Right? }, class: sensitive }
  - { id: file_it, submit: case/aid-request }
ends:
  done: { say: { ar: "{number}", en: "{number}" }, then: flow/f }
  staff: { handoff: true }
  saved: { park: true }
`;
}
