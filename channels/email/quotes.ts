// Finds what a person wrote in an answer: what their program copied from earlier letters, and their signature, are left out.
import { caps } from './limits.js';

/** Direction marks: programs put them around names and dates. */
const MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
/** A line is looked at no further than this. */
const LINE = 400;
/** Lines that a broken introduction may span. */
const SPAN = 3;

/** The line over each letter of ours, by itself: whatever stands below it in an answer is ours. */
export const ABOVE = '-- -- --';

/**
 * The writer's own words. Words below a quotation count too (there are who write there); of a letter that is passed on whole, all of it.
 */
export function ownWords(text: string): string {
  const lines = text
    .slice(0, 4 * caps.words)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  return withoutSignature(withoutQuotes(lines))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, caps.words);
}

function withoutQuotes(all: readonly string[]): string[] {
  const ours = all.findIndex((line) => bare(line).startsWith(ABOVE));
  const lines = ours < 0 ? all : all.slice(0, ours);
  const at = lines.findIndex((_, index) => beginsQuote(lines, index) > 0);
  if (at < 0) return withoutUnknown(lines, ours >= 0);
  const before = lines.slice(0, at).filter((line) => !isQuoted(line));
  if (before.some(hasWords)) return before;
  const rest = lines.slice(at);
  // Nothing above: it was written below, between quoted lines; or all of it is passed on.
  return rest.some(isQuoted) ? rest.slice(beginsQuote(lines, at)).filter((line) => !isQuoted(line)) : [...rest];
}

/** `isCut`: below the last line something of ours was quoted without signs. */
function withoutUnknown(lines: readonly string[], isCut: boolean): string[] {
  const quoted = lines.findIndex(isQuoted);
  if (quoted < 0) return isCut ? withoutIntroduction(lines) : [...lines];
  return [...withoutIntroduction(lines.slice(0, quoted)), ...lines.slice(quoted).filter((line) => !isQuoted(line))];
}

/** What stands right above a quotation, names somebody or a day and ends with a colon, introduces it in whatever language. */
function withoutIntroduction(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => bare(line) !== '');
  const gap = lines.slice(0, Math.max(0, last)).findLastIndex((line) => bare(line) === '');
  const first = gap < 0 || last - gap > SPAN ? last : gap + 1;
  const introduces = /:$/.test(bare(lines[last] ?? '')) && /@|\p{N}{2}/u.test(lines.slice(first, last + 1).join(' '));
  return introduces ? lines.slice(0, first) : [...lines];
}

/** How many lines introduce a quotation here; 0: none. */
function beginsQuote(lines: readonly string[], at: number): number {
  const first = bare(lines[at] ?? '');
  if (first === '') return 0;
  if (SEPARATOR.test(first) || isHeadBlock(lines, at)) return 1;
  if (!BEGINS.test(first)) return 0;
  for (let span = 1; span <= SPAN; span++) {
    const joined = bare(lines.slice(at, at + span).join(' '));
    if (INTRODUCTIONS.some((introduction) => introduction.test(joined))) return span;
  }
  return 0;
}

/** Outlook, Yahoo and others, in both languages; a rule of underscores; a letter that is passed on. */
const SEPARATOR =
  /^(-{2,} ?(original message|forwarded message|original appointment|الرسالة الأصلية|رسالة أصلية|الرسالة المحولة|رسالة محولة|رسالة معاد توجيهها|الرسالة المعاد توجيهها) ?-{2,}|_{20,}|begin forwarded message:|بدء الرسالة المحولة:|بدء الرسالة المعاد توجيهها:)$/i;
const BEGINS = /^[>\s]*(on|le|في|بتاريخ|يوم|كتب|كتبت|\d)/i;
const INTRODUCTIONS: readonly RegExp[] = [
  /^on .{4,300} wrote ?:$/i,
  // Gmail: «في الأحد، 22 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة …:»
  /^(في|بتاريخ) .{4,300} تمت كتابة ما يلي بواسطة .{1,200}:$/,
  // Apple, Thunderbird, Yahoo: «في 22/11/2026، الساعة 12:00، كتب …:»
  /^(في|بتاريخ|يوم) .{4,300}[،, ](كتب|كتبت|كتب\/كتبت)[ /].{1,200}:$/,
  /^(كتب|كتبت) .{1,200} (في|بتاريخ|يوم) .{4,120}:$/,
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,40} .{1,150}<[^<>\s]+@[^<>\s]+> ?:$/,
];

/** "From: … / Sent: … / To: …", one under the other, in both languages. */
function isHeadBlock(lines: readonly string[], at: number): boolean {
  if (!/^\*?(from|من)\*? ?:/i.test(bare(lines[at] ?? ''))) return false;
  const next = lines.slice(at + 1, at + 7).map(bare);
  const named = next.filter((line) =>
    /^\*?(sent|date|to|cc|subject|تاريخ الإرسال|تم الإرسال|أرسلت|أُرسلت|التاريخ|إلى|نسخة|الموضوع)\*? ?:/i.test(line),
  );
  return named.length >= 2;
}

/** "-- ", what a phone adds, what Outlook adds. */
const SIGNATURES: readonly RegExp[] = [
  /^-- ?$/,
  /^(sent from my|sent from mail for|get outlook for|أرسلت من|أُرسلت من|مرسل من|تم الإرسال من|مرسلة من|الحصول على outlook).{0,80}$/i,
];

function withoutSignature(lines: readonly string[]): string[] {
  const at = lines.findIndex((line, index) => index > 0 && SIGNATURES.some((one) => one.test(line.replace(MARKS, ''))));
  const above = at < 0 ? lines : lines.slice(0, at);
  return above.some(hasWords) ? [...above] : [...lines];
}

const bare = (line: string): string => line.slice(0, LINE).replace(MARKS, '').trim();
const isQuoted = (line: string): boolean => /^[\s\u200E\u200F]*>/.test(line.slice(0, LINE));
const hasWords = (line: string): boolean => /[\p{L}\p{N}]/u.test(line);
