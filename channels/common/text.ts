// Cleans words at the edge: what no person types and no store should keep is taken out, everything else stays as typed.

/**
 * Removes control characters except line break and tab, joins line endings, replaces lone surrogates, keeps at most eight combining
 * marks on a letter (thousands on one letter paint over the whole page). Length never grows.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controls, '').replace(loneSurrogates, '\uFFFD').replace(manyMarks, '$1');
}

// C0 without \t and \n, DEL, C1.
const controls = /[^\P{Cc}\t\n]/gu;
const loneSurrogates = /\p{Cs}/gu;
const manyMarks = /(\p{M}{8})\p{M}+/gu;

/** A file's name as a label: last part of a path, no controls and no direction marks, at most 120 letters; never used as a path. */
export function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  const clean = cleanText(last)
    .replace(/[\n\t\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .trim();
  return clean.slice(-120);
}
