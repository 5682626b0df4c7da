// Writes the page of an upload link: the form, or a courteous word about why there is none. Everything of people is escaped.
import type { Text } from '../engine/types.js';
import { escapeHtml } from './html.js';
import { uploadStyle } from './upload-style.js';

export interface UploadPage {
  language: string;
  /** The other languages of the pack, to change to. */
  others: readonly string[];
  charity: string;
  /** `:root{--brand:…}` */
  theme: string;
  /** `upload.*` of flows/texts. */
  say: (key: string, values?: Record<string, string | number>) => string;
  /** The other language's own name. */
  nameOf: (language: string) => string;
  body: UploadBody;
}

export type UploadBody =
  | { kind: 'form'; question: string; minutes: number; why: readonly string[]; files: number; megabytes: number }
  | { kind: 'done'; files: number; why: readonly string[] }
  | { kind: 'closed'; text: string };

/** The whole style of a page: its hash stands in the policy. */
export function styleOf(theme: string): string {
  return `${theme.trim()}${uploadStyle}`;
}

export function uploadHtml(page: UploadPage): string {
  const { language, charity, say } = page;
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(say('title'))} · ${escapeHtml(charity)}</title>
<style>${styleOf(page.theme)}</style>
</head>
<body>
<header><b>${escapeHtml(charity)}</b>${page.others.map((one) => languageLink(page, one)).join('')}</header>
<main>${bodyOf(page)}</main>
<footer>${escapeHtml(say('foot'))}</footer>
</body>
</html>
`;
}

function languageLink({ nameOf }: UploadPage, language: string): string {
  const code = escapeHtml(language);
  return `<a href="?lang=${code}" lang="${code}" hreflang="${code}" rel="nofollow">${escapeHtml(nameOf(language))}</a>`;
}

function bodyOf(page: UploadPage): string {
  const { body, say } = page;
  switch (body.kind) {
    case 'form':
      return form(page, body);
    case 'done':
      return `<div class="card done">${tick}<h1>${escapeHtml(say('done', { n: body.files }))}</h1>
${why(body.why)}<p>${escapeHtml(say('done.back'))}</p></div>`;
    case 'closed':
      return `<div class="card done">${clock}<h1>${escapeHtml(body.text)}</h1><p>${escapeHtml(say('closed.again'))}</p></div>`;
  }
}

function form({ say, language }: UploadPage, body: Extract<UploadBody, { kind: 'form' }>): string {
  const { question, minutes, files, megabytes } = body;
  return `<h1>${escapeHtml(say('title'))}</h1>
<p class="note">${escapeHtml(say('lead'))}</p>
<form class="card" method="post" enctype="multipart/form-data" action="?lang=${escapeHtml(language)}">
${why(body.why)}<p class="note">${escapeHtml(say('for'))}</p>
<p class="what"><bdi>${escapeHtml(question)}</bdi></p>
<label for="files">${escapeHtml(say('choose'))}</label>
<input id="files" name="files" type="file" multiple required accept="image/jpeg,image/png,image/webp,application/pdf" aria-describedby="limits">
<p class="note" id="limits">${escapeHtml(say('limits', { files, megabytes }))}</p>
<button type="submit">${escapeHtml(say('send'))}</button>
<p class="note">${escapeHtml(say('until', { minutes }))}</p>
</form>`;
}

function why(reasons: readonly string[]): string {
  if (reasons.length === 0) return '';
  return `<div class="why" role="alert">${reasons.map((one) => `<p>${escapeHtml(one)}</p>`).join('')}</div>\n`;
}

const tick =
  '<svg class="mark" viewBox="0 0 56 56" aria-hidden="true"><circle cx="28" cy="28" r="26" fill="#1f8a5b"/><path d="M16 29l8 8 16-17" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></svg>';
const clock =
  '<svg class="mark" viewBox="0 0 56 56" aria-hidden="true"><circle cx="28" cy="28" r="25" fill="none" stroke="#8a6a1f" stroke-width="4"/><path d="M28 14v15l9 6" fill="none" stroke="#8a6a1f" stroke-width="4" stroke-linecap="round"/></svg>';

export function directionOf(language: string): 'rtl' | 'ltr' {
  return /^(ar|fa|ur|he)\b/.test(language) ? 'rtl' : 'ltr';
}

/** A text in a language of the pack, or in its first. */
export function inLanguage(text: Text | undefined, language: string, languages: readonly string[]): string {
  return text?.[language] ?? text?.[languages[0] ?? ''] ?? '';
}
