/** What costs the compiler the most: deep, long and tangled files, and any change of a sound pack. */
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
export const small = `${head}steps:
  - { id: hello, say: { ar: أهلا, en: Hello } }
  - { id: name, ask: { ar: الاسم؟, en: Name? }, answer: name, class: personal }
${ends}`;

const tone = `tone:
  - { about: blame, language: en, avoid: [your mistake], unless: [no], better: Say what is missing. }
longest_line: { ar: 150, en: 180 }
leave_out: [console]
`;

export function codes(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((finding) => finding.code))];
}

/** `scale` 1 is the whole of it: 10,000 steps, 100 kB of brackets, 300 changes. */
export function bulkTests(scale: number): void {
  describe('much YAML', () => {
    it.each([
      ['brackets', '['.repeat(100_000 * scale)],
      ['braces', '{a: '.repeat(50_000 * scale)],
      ['dashes', '- '.repeat(20_000 * scale)],
      ['indentation', Array.from({ length: 3_000 * scale }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ])(`survives ${100 * scale} kB of %s`, (_name, text) => {
      const result = tryCompile({ f: small, deep: text });
      expect(result.set).toBeUndefined();
      expect(result.findings.every((finding) => finding.file === 'flows/deep.yaml')).toBe(true);
    });

    it(`reads a mapping of ${20_000 * scale} keys`, () => {
      const texts = Array.from({ length: 20_000 * scale }, (_, n) => `engine.k${n}: text ${n}`).join('\n');
      const result = tryCompile({ f: small }, { texts: { ar: texts, en: texts } });
      expect(result.findings).toEqual([]);
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
        { numRuns: 300 * scale },
      );
    });
  });

  describe('large flows', () => {
    const count = 10_000 * scale;
    const question = (n: number, more = ''): string =>
      `  - { id: q${n}, ask: { ar: "س${n}", en: "Q${n}" }, answer: text, class: personal${more} }\n`;
    const steps = (count: number, make: (n: number) => string): string =>
      `${head}steps:\n${Array.from({ length: count }, (_, n) => make(n)).join('')}${ends}`;

    it(`compiles ${count} steps`, () => {
      const result = tryCompile({ f: steps(count, (n) => question(n)) }, { limits: [whatsapp, telegram] });
      expect(result.findings).toEqual([]);
      expect(result.set?.flows['f']?.steps).toHaveLength(count);
    });

    it(`follows conditions and variables through ${2_000 * scale} steps`, () => {
      const make = (n: number): string =>
        n === 0
          ? '  - { id: q0, ask: { ar: س, en: Q }, answer: yes_no, class: personal }\n'
          : `  - { id: q${n}, only_if: { q0: yes }, ask: { ar: "س {q${Math.max(0, n - 1)}}", en: "Q {q${Math.max(0, n - 1)}}" }, answer: text, class: personal, on_wrong_answer: { tries: 2, go: ${n > 1 ? `q${n - 1}` : 'staff'} } }\n`;
      const result = tryCompile({ f: steps(2_000 * scale, make) });
      expect(codes(result.findings)).not.toContain('unknown_name');
    });

    if (scale >= 1)
      it('refuses 10,001 steps', () => {
        expect(codes(tryCompile({ f: steps(10_001, (n) => question(n)) }).findings)).toContain('too_many');
      });

    it('refuses more than 10,000 steps written out from a list', () => {
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

    const tangle = 3_000 * scale;
    it('ends on jumps that all lead back', () => {
      const tangled = steps(
        tangle,
        (n) =>
          `  - { id: q${n}, ask: { ar: س, en: Q }, answer: yes_no, class: personal, on: { no: q${(n * 7919) % tangle}, yes: ${n === tangle - 1 ? 'done' : `q${n + 1}`} } }\n`,
      );
      const result = tryCompile({ f: tangled });
      expect(codes(result.findings)).toEqual([]);
    });
  });
}

export function aidFlow(): string {
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
