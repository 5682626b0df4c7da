/** How we speak: each rule of tone is heard where it is broken, and what is shipped breaks none. */
import { describe, expect, it } from 'vitest';
import { charitiesIn, compileCharity, readPackFiles } from '../../../scripts/pack-files.js';
import { parseSource } from '../../../src/engine/language/source.js';
import { Report } from '../../../src/engine/language/finding.js';
import { heardIn, readTone, type Tone, warningCodes } from '../../../src/engine/language/tone.js';
import { testFiles } from '../../support/compile.js';

const files = readPackFiles('.');
const tone = toneOf(files.find(({ path }) => path === 'flows/tone.yaml')?.text ?? '');
const at = { file: 'flows/f.yaml', line: 7 };

describe('the tone of what is shipped', () => {
  it.each(charitiesIn(files))('%s has no warnings', (charity) => {
    expect(compileCharity(files, charity, []).warnings).toEqual([]);
  });

  it('is heard with at least forty rules in each language', () => {
    for (const language of ['ar', 'en']) {
      const phrases = tone.rules.filter((rule) => rule.language === language).flatMap(({ avoid }) => [...avoid.keys()]);
      expect(phrases.length).toBeGreaterThan(35);
      expect(phrases).not.toContain('');
    }
  });
});

describe('a broken tone', () => {
  it.each([
    ['ar', 'لقد أخطأتَ في كتابة الرقم.', 'tone_blame'],
    ['ar', 'الرقم غير صالح، ونرجو كتابته مرة أخرى.', 'tone_blame'],
    ['ar', 'وعليه نفيدكم بأن الطلب قيد الدراسة.', 'tone_officialese'],
    ['ar', 'ويجب عليك إرسال الهوية.', 'tone_officialese'],
    ['ar', 'اختر من القائمة.', 'tone_gender'],
    ['ar', 'عزيزي المستفيد، شكرًا لك.', 'tone_gender'],
    ['en', 'You entered an invalid number.', 'tone_blame'],
    ['en', 'You must send your ID prior to Sunday.', 'tone_officialese'],
    ['en', 'Dear sir, thank you.', 'tone_gender'],
    ['ar', 'كلمة '.repeat(80), 'tone_long'],
  ])('%s: %s', (language, text, code) => {
    const heard = heardIn(text, language, at, tone);
    expect(heard.map((one) => one.code)).toContain(code);
    for (const one of heard) {
      expect(one).toMatchObject(at);
      expect(one.cure).not.toBe('');
    }
  });

  it('is a warning at its line, and refuses nothing', () => {
    const flow =
      'flow: f\ntitle: { ar: ف, en: F }\nsteps:\n  - id: hello\n    say:\n      ar: اكتب اسمك\n      en: Hello\nends: { done: {} }\n';
    const rule = 'tone:\n  - { about: gender, language: ar, avoid: [اكتب], better: نرجو كتابة }\nlongest_line: {}\n';
    const pack = compileCharity(testFiles({ f: flow }, { files: { 'flows/tone.yaml': rule } }), 'test', []);
    expect(pack.findings).toEqual([]);
    expect(pack.set).toBeDefined();
    expect(pack.warnings).toEqual([
      {
        file: 'flows/f.yaml',
        line: 6,
        code: 'tone_gender',
        message: expect.stringContaining('اكتب'),
        cure: 'نرجو كتابة',
      },
    ]);
  });

  it('is heard in articles too', () => {
    const path = 'flows/charities/safe-treatment/articles/contact.md';
    const changed = files.map((file) =>
      file.path === path ? { path, text: file.text.replace('## ar\n', '## ar\nيجب عليك الاتصال.\n') } : file,
    );
    expect(compileCharity(changed, 'safe-treatment', []).warnings.map((one) => `${one.file} ${one.code}`)).toEqual([
      `${path} tone_officialese`,
    ]);
  });

  it('knows every code', () => {
    expect([...warningCodes].sort()).toEqual(['tone_blame', 'tone_gender', 'tone_long', 'tone_officialese']);
  });
});

describe('a good tone', () => {
  it.each([
    ['ar', 'لن يُرفض طلبك لهذا، وللمستفيد حق التظلم.'],
    ['ar', 'أُرسل الطلب من هذا الحساب.'],
    ['en', 'My brother or sister'],
    ['en', 'We were invited to the meeting.'],
  ])('%s: %s', (language, text) => {
    expect(heardIn(text, language, at, tone)).toEqual([]);
  });
});

function toneOf(text: string): Tone {
  const report = new Report();
  const node = parseSource({ path: 'flows/tone.yaml', text }, report);
  if (!node || !report.empty) throw new Error('flows/tone.yaml cannot be read');
  return readTone(node, report);
}
