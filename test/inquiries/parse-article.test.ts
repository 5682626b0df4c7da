// Articles as files: what is read, and every fault with its line.
import { describe, expect, test } from 'vitest';
import { parseArticle } from '../../src/inquiries/index.js';

const GOOD = `---
id: working-hours
title: { ar: أوقات العمل, en: Working hours }
questions:
  ar: [متى تفتحون؟]
  en: ["When are you open?", Are you open on Friday]
audience: beneficiary
valid_until: 2026-12-31
owner: reception
placeholder: true
---
## ar
من الأحد إلى الخميس.

## العطل
تُعلن في وقتها.

## en
Sunday to Thursday.
`;

describe('parseArticle', () => {
  test('reads front matter and sections into plain JSON', () => {
    const parsed = parseArticle('a.md', GOOD);
    expect(parsed).toEqual({
      article: {
        id: 'working-hours',
        title: { ar: 'أوقات العمل', en: 'Working hours' },
        questions: { ar: ['متى تفتحون؟'], en: ['When are you open?', 'Are you open on Friday'] },
        body: { ar: 'من الأحد إلى الخميس.\n\n## العطل\nتُعلن في وقتها.', en: 'Sunday to Thursday.' },
        audience: ['beneficiary'],
        validUntil: '2026-12-31',
        owner: 'reception',
        placeholder: true,
      },
    });
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
  });

  test('takes the clauses that an article serves, and leaves them in the file', () => {
    const tagged = GOOD.replace('owner: reception', 'owner: reception\npolicy: [reception, answers]');
    expect(parseArticle('a.md', tagged)).toEqual(parseArticle('a.md', GOOD));
    expect(parseArticle('a.md', GOOD.replace('owner: reception', 'policy: reception'))).toMatchObject({
      findings: [{ line: 9 }],
    });
  });

  test('reads Windows line ends and a byte-order mark alike', () => {
    expect(parseArticle('a.md', `\ufeff${GOOD.replaceAll('\n', '\r\n')}`)).toEqual(parseArticle('a.md', GOOD));
  });

  test.each([
    ['no front matter', 'id: x\n', 1, /front matter/],
    ['front matter that never ends', '---\nid: x\n', 1, /front matter/],
    ['broken YAML', GOOD.replace('title: {', 'title: {{'), 4, /./],
    ['an id with spaces', GOOD.replace('working-hours', 'Working Hours'), 2, /^id/],
    ['an unknown key', GOOD.replace('owner:', 'ownr:'), 1, /ownr/],
    ['no id', GOOD.replace('id: working-hours\n', ''), 1, /^id/],
    ['a date that does not exist', GOOD.replace('2026-12-31', '2026-02-31'), 8, /^valid_until/],
    ['an empty list of questions', GOOD.replace('[متى تفتحون؟]', '[]'), 5, /^questions\.ar/],
    ['questions missing in a language', GOOD.replace(/ {2}en: \[.*\n/, ''), 1, /no questions in "en"/],
    ['text missing in a language', GOOD.replace(/## en[^]*/, ''), 11, /text in "en"/],
    ['an empty section', GOOD.replace('Sunday to Thursday.', ''), 11, /text in "en"/],
    ['a section without a title', `${GOOD}## ur\nاتوار\n`, 1, /no title in "ur"/],
  ])('names %s', (_name, text, line, message) => {
    const parsed = parseArticle('charity/a.md', text);
    const findings = 'findings' in parsed ? parsed.findings : [];
    expect(findings[0]).toMatchObject({
      file: 'charity/a.md',
      line,
      message: expect.stringMatching(message),
      cure: expect.stringMatching(/\w/),
    });
  });
});
