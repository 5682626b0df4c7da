/** Whatever stands in a file, the compiler answers with findings, and never with an exception; a hang is caught by the test's time limit. */
import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../src/engine/language/index.js';
import { testFiles, tryCompile } from '../../support/compile.js';
import { aidFlow, bulkTests, codes, small } from './bulk.js';

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

  it('refuses a file of 9 MB without reading it', () => {
    const result = tryCompile({ f: small, big: `# ${'x'.repeat(9_000_000)}` });
    expect(codes(result.findings)).toEqual(['too_big']);
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

bulkTests(0.1);
