// Where programs begin to quote: a line between two letters, the head of the letter before, "On … wrote:" in many languages.
import { bare, isOurs, isQuoted } from './lines.js';

/** `passed`: what follows is passed on, and said by doing so. */
export interface Introduction {
  /** The first line below it. */
  end: number;
  passed: boolean;
}

/** Lines that a broken introduction may span. */
const SPAN = 3;
/** Lines of a head, empty ones among them. */
const HEAD = 8;
/** Lines within which a letter of ours follows on what introduces it. */
export const NEAR = 12;

/**
 * What introduces a quotation from this line on. A person may write "From:" and "the doctor wrote:" too: it counts only with an address, a
 * head with a time of day too, or right above what is quoted for sure.
 */
export function introductionAt(lines: readonly string[], at: number): Introduction | null {
  const first = bare(lines[at]);
  if (first === '') return null;
  if (FORWARDED.test(first)) return { end: headEnd(lines, at + 1), passed: !leadsToOurs(lines, at + 1) };
  if (ORIGINAL.test(first)) return { end: headEnd(lines, at + 1), passed: false };
  const head = RULE.test(first) ? nextWritten(lines, at + 1) : at;
  const end = headEnd(lines, head);
  if (end > head) return isHead(lines, head, end) ? { end, passed: false } : null;
  if (head > at) return isSure(lines, head) ? { end: head, passed: false } : null;
  const span = spanAt(lines, at);
  return span > 0 ? { end: at + span, passed: false } : null;
}

/** Behind no more than a head stands a letter of ours: no news to us, however it comes back. */
export function leadsToOurs(lines: readonly string[], at: number): boolean {
  const below = lines.slice(at, at + NEAR).map((line) => bare(line).replace(/^[>\s]+/, ''));
  return isOurs(below.find((line) => line !== '' && !FIELD.test(line)));
}

/** It says that what stands below it is somebody else's letter, passed on. */
export function isForward(line: string): boolean {
  return FORWARDED.test(bare(line));
}

const FORWARDED =
  /^(-{2,} ?(forwarded (message|letter)|الرسالة المحولة|الرسالة المحوّلة|رسالة محولة|رسالة محوّلة|رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة مُعاد توجيهها) ?-{2,}|begin forwarded message:|بدء الرسالة المحولة:|بدء الرسالة المعاد توجيهها:|بداية الرسالة المُعاد توجيهها:)$/i;
/** Outlook's; in an HTML text it is drawn. */
const RULE = /^(_{10,}|-{10,})$/;
const ORIGINAL = /^-{2,} ?(original message|original appointment|الرسالة الأصلية|رسالة أصلية|الرسالة الاصلية) ?-{2,}$/i;

const FROM = /^\*?(from|من)\*? ?:/i;
const FIELD =
  /^\*?(from|sent|date|to|cc|subject|reply-to|importance|من|تاريخ الإرسال|تم الإرسال|أرسلت|أُرسلت|التاريخ|إلى|الى|نسخة|الموضوع|الأهمية)\*? ?:/i;

/** "From: … / Sent: … / To: …", one under the other, in both languages: where they end; `at` where there is none. */
function headEnd(lines: readonly string[], at: number): number {
  const start = nextWritten(lines, at);
  if (!FROM.test(bare(lines[start]))) return at;
  let end = start;
  for (let next = start; next < Math.min(lines.length, start + HEAD); next++)
    if (FIELD.test(bare(lines[next]))) end = next + 1;
  return end;
}

/** An office writes so above its letters, and a program above one that it passes on. */
export function hasHead(text: string): boolean {
  const lines = text.split('\n');
  return lines.some((_, at) => fieldsOf(lines, at, headEnd(lines, at)).length > 2);
}

function fieldsOf(lines: readonly string[], at: number, end: number): string[] {
  return lines
    .slice(at, end)
    .map(bare)
    .filter((line) => FIELD.test(line));
}

function isHead(lines: readonly string[], at: number, end: number): boolean {
  const fields = fieldsOf(lines, at, end);
  const isNamed = fields.some((line) => line.includes('@'));
  if (isSure(lines, end)) return isNamed || fields.length > 1;
  return fields.length > 2 && (isNamed || fields.some((line) => TIME.test(line)));
}

const TIME = /\p{N}{1,2}:\p{N}{2}/u;
/** A year, or a day by its numbers. */
const DATED = /(?<!\p{N})\p{N}{4}(?!\p{N})|\p{N}{1,2}[-/.]\p{N}{1,2}[-/.]\p{N}{2}/u;
/** How an introduction begins in the languages of programs here; a number alone is an answer, a date is not. */
const BEGINS = /^(on|le|am|el|em|il|op|den|في|بتاريخ|يوم|كتب|كتبت)\s|^\p{N}{1,4}[-/.]\p{N}/iu;
const INTRODUCTIONS: readonly RegExp[] = [
  /^on .{4,300} wrote ?:$/i,
  // Gmail: «في الأحد، 22 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة …:»
  /^(في|بتاريخ) .{4,300} تمت كتابة ما يلي بواسطة .{1,200}:$/,
  // Apple, Thunderbird: «في 22/11/2026، الساعة 12:00، كتب …:»
  /^(في|بتاريخ|يوم) .{4,300}[،, ](كتب|كتبت|كتب\/كتبت)[ /].{1,200}:$/,
  // Yahoo: «في الأحد، 22 نوفمبر 2026 في 12:00 م، … كتب:»
  /^(في|بتاريخ|يوم) .{4,300} (كتب|كتبت|كتب\/كتبت) ?:$/,
  /^(كتب|كتبت) .{1,200} (في|بتاريخ|يوم) .{4,120}:$/,
  /^\p{N}{1,4}[-/.]\p{N}{1,2}[-/.]\p{N}{1,4}.{0,40} .{1,150}<[^<>\s]+@[^<>\s]+> ?:$/u,
];

/** How many lines say "On … wrote:" from here on; 0: none. What a person wrote right above such a line is not part of it. */
function spanAt(lines: readonly string[], at: number): number {
  const spans = Array.from({ length: SPAN }, (_, more) => more + 1);
  const isBegun = BEGINS.test(bare(lines[at]));
  for (const span of isBegun ? spans : [1]) {
    const end = at + span;
    if (!introduces(lines, at, end)) continue;
    const isLater = spans.some((less) => less < span && isWhole(lines, at + less, end));
    return isLater ? 0 : span;
  }
  return 0;
}

/** An introduction with its day, that needs no line more above. */
function isWhole(lines: readonly string[], at: number, end: number): boolean {
  return DATED.test(bare(lines[at])) && introduces(lines, at, end);
}

function introduces(lines: readonly string[], at: number, end: number): boolean {
  const joined = bare(lines.slice(at, end).join(' '));
  if (!joined.endsWith(':')) return false;
  // In whatever language.
  if (isSure(lines, end)) return joined.includes('@') || DATED.test(joined);
  return joined.includes('@') && INTRODUCTIONS.some((introduction) => introduction.test(joined));
}

/** What is written next below is quoted with signs, or begins with the line over our letters. */
function isSure(lines: readonly string[], at: number): boolean {
  const next = lines[nextWritten(lines, at)];
  return isQuoted(next) || isOurs(next);
}

/** Past a few empty lines; not past many, or a letter of nothing else would be walked through again and again. */
function nextWritten(lines: readonly string[], at: number): number {
  let next = at;
  while (next < Math.min(lines.length, at + NEAR) && bare(lines[next]) === '') next++;
  return next;
}
