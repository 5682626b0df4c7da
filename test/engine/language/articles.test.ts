/** Faults of articles, as `npm run flows` finds them. */
import { describe, expect, it } from 'vitest';
import { compileCharity } from '../../../scripts/pack-files.js';
import { testFiles } from '../../support/compile.js';

const flow =
  'flow: f\ntitle: { ar: ف, en: F }\nsteps:\n  - { id: hello, say: { ar: أهلا, en: Hello } }\nends: { done: {} }\n';
const article = `---
id: contact
title: { ar: التواصل, en: Contact }
questions: { ar: [رقمكم], en: [your number] }
---
## ar
اتصل على {charity.phone}
## en
Call {charity.phone}
`;

function found(text: string, more: Record<string, string> = {}): string[] {
  const files = testFiles({ f: flow }, { files: { 'flows/charities/test/articles/contact.md': text, ...more } });
  return compileCharity(files, 'test', []).findings.map(
    (one) => `${one.file.split('/').at(-1) ?? ''}:${one.line} ${one.code}`,
  );
}

describe('articles', () => {
  it('are read with the pack', () => {
    expect(found(article)).toEqual([]);
    const files = testFiles(
      { f: flow },
      { files: { 'flows/charities/test/articles/contact.md': article.replace('id:', 'placeholder: true\nid:') } },
    );
    const pack = compileCharity(files, 'test', []);
    expect(pack.articles).toMatchObject([{ id: 'contact', body: { en: 'Call {charity.phone}' } }]);
    expect(pack.placeholders).toMatchObject([
      { file: 'flows/charities/test/articles/contact.md', text: 'article contact' },
    ]);
  });

  it.each([
    ['an unknown fact', article.replace('Call {charity.phone}', 'Call {charity.fax}'), 'contact.md:9 unknown_name'],
    ['a variable of a person', article.replace('Call {charity.phone}', 'Call {name}'), 'contact.md:9 unknown_name'],
    ['an open brace', article.replace('Call {charity.phone}', 'Call {charity.phone'), 'contact.md:9 template'],
    ['a hidden direction mark', article.replace('Call', 'Call\u200f'), 'contact.md:9 bidi_control'],
    ['a missing title', article.replace('title: { ar: التواصل, en: Contact }\n', ''), 'contact.md:1 article'],
    [
      'a language of the pack that is missing',
      article
        .replace(', en: Contact', '')
        .replace(', en: [your number]', '')
        .replace(/## en[^]*/, ''),
      'contact.md:1 missing_language',
    ],
  ])('%s is found', (_name, text, expected) => {
    expect(found(text)).toContain(expected);
  });

  it('with one id twice are found', () => {
    expect(found(article, { 'flows/charities/test/articles/more.md': article })).toEqual(['more.md:1 duplicate_id']);
  });
});
