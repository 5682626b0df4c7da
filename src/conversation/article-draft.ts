// Between what staff fill in and an article: made, read back, and checked as those of the pack are.
import { isDeepStrictEqual } from 'node:util';
import { BIDI_CONTROLS } from '../engine/text/invisible.js';
import type { CharityFacts, Language } from '../engine/types.js';
import { checkArticle, parseArticle, writeArticle } from '../inquiries/index.js';
import type { Article, CheckedFinding } from '../inquiries/index.js';
import type { ArticleDraft, ArticleFault } from './article-types.js';

/** Letters and digits of an account number, however they are spaced. */
const ACCOUNT = /\bSA(?:[\s-]?[0-9٠-٩]){22}/i;
/** But for line break and tab. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;
const SECTION = /^##[ \t]+[a-z]{2,3}[ \t]*$/m;

/** The article, and the file that holds it; or what stands against it. */
export function articleOf(
  id: string,
  draft: ArticleDraft,
  languages: readonly Language[],
  charity: CharityFacts,
): { article: Article; text: string } | { faults: ArticleFault[] } {
  const faults = languages.flatMap((language) => faultsIn(trimmed(draft), language));
  if (faults.length > 0) return { faults };
  const article = assembled(id, trimmed(draft), languages);
  const text = writeArticle(article);
  const parsed = parseArticle(id, text);
  if ('findings' in parsed || !isDeepStrictEqual(parsed.article, article)) return { faults: [fault('broken', null)] };
  const found = checkArticle({ path: id, text, article }, languages, charity);
  return found.length > 0 ? { faults: found.map(asFault) } : { article, text };
}

export function draftOf({ title, questions, body, audience, validUntil, owner, placeholder }: Article): ArticleDraft {
  return {
    ...{ title, questions, body },
    audience: audience ?? [],
    validUntil: validUntil ?? null,
    owner: owner ?? null,
    placeholder: placeholder === true,
  };
}

function trimmed(draft: ArticleDraft): ArticleDraft {
  const each = <A, B>(record: Readonly<Record<Language, A>>, change: (value: A) => B): Record<Language, B> =>
    Object.fromEntries(Object.entries(record).map(([language, value]) => [language, change(value)]));
  const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').trim();
  return {
    ...draft,
    title: each(draft.title, clean),
    questions: each(draft.questions, (all) => [...new Set(all.map(clean).filter((text) => text !== ''))]),
    body: each(draft.body, clean),
    audience: draft.audience.map(clean).filter((text) => text !== ''),
    owner: clean(draft.owner ?? '') || null,
  };
}

function assembled(id: string, draft: ArticleDraft, languages: readonly Language[]): Article {
  const { validUntil, owner, audience } = draft;
  const spoken = <T>(record: Readonly<Record<Language, T>>): Record<Language, T> =>
    Object.fromEntries(
      languages.flatMap((language) => (record[language] === undefined ? [] : [[language, record[language]]])),
    );
  return {
    ...{ id, title: spoken(draft.title), questions: spoken(draft.questions), body: spoken(draft.body) },
    ...(audience.length > 0 && { audience }),
    ...(validUntil !== null && { validUntil }),
    ...(owner !== null && { owner }),
    ...(draft.placeholder && { placeholder: true }),
  };
}

function faultsIn({ title, questions, body }: ArticleDraft, language: Language): ArticleFault[] {
  const [name = '', asked = [], answer = ''] = [title[language], questions[language], body[language]];
  const all = [name, answer, ...asked].join('\n');
  return [
    ...(name === '' ? [fault('title_missing', language)] : []),
    ...(asked.length === 0 ? [fault('questions_missing', language)] : []),
    ...(answer === '' ? [fault('body_missing', language)] : []),
    ...(SECTION.test(answer) ? [fault('heading', language, SECTION.exec(answer)?.[0])] : []),
    ...(all.search(BIDI_CONTROLS) >= 0 ? [fault('hidden', language)] : []),
    ...(ACCOUNT.test(all) ? [fault('account', language)] : []),
  ];
}

function asFault({ code, about }: CheckedFinding): ArticleFault {
  return code === 'missing_language' ? fault('body_missing', about) : fault(code, null, about);
}

function fault(code: ArticleFault['code'], language: Language | null, about = ''): ArticleFault {
  return { code, language, about, other: '' };
}
