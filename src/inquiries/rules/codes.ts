/** One-time codes that somebody wrote to us though nobody should: taken out before a message is kept. */

/** Four to eight digits of any script that stand alone, grouped or not, and are no amount of money. */
const CODE =
  /(?<![\p{Nd}+])(?:\p{Nd}{3}[ -]\p{Nd}{3}|\p{Nd}{4,8})(?!\p{Nd}|[.,]\p{Nd}|\s*(?:ريال|ر\.س|الف|ألف|sar\b|riyal))/giu;

/** Words of codes. */
const OF_CODES = String.raw`كود|رمز|نفاذ|الرقم السري|رقم سري|رقم التحقق|رقم تحقق|كلم[ةه] (?:ال)?(?:سر|مرور)|\b(?:otp|codes?|pin|password|ramz)\b`;
/** Where none stands, numbers are sums and dates. */
const SPEAKS_OF_CODES = new RegExp(OF_CODES, 'i');

/** What is written onto the beginning of a word. */
const ONTO = String.raw`(?<!\p{L})(?:[وفبلك]|ال|وال|بال|لل)?`;
/** The word before, a word of codes, at most three more, and the digits. */
const BEFORE = new RegExp(
  String.raw`(?<other>\p{L}+)?[\s:]*${ONTO}(?:${OF_CODES})\p{L}{0,3}(?<between>(?:[\s:=،,."'«(]+\p{L}+){0,3})[\s:=،,."'«(•-]*$`,
  'iu',
);
/** The digits, and right behind them a word of codes. */
const BEHIND = new RegExp(
  String.raw`^[\s،,.»")]*(?:(?:هذا|هو|هي|هذي|this|is|my|the|it's|its)\s+){0,3}(?:ال)?(?:${OF_CODES})(?<between>(?:\s+\p{L}+)?)`,
  'iu',
);
/** What else has a code, a number or a year: none of these is secret. */
const OF_ELSE = new RegExp(
  String.raw`${ONTO}(?:بريد|عنوان|منطق[ةه]|مدين[ةه]|دول[ةه]|خصم|منتج|صنف|مستفيد|طلبي|طلبنا|طلب$|طلب\s|معامل|ملف|حال[ةه]|متطوع|موظف|فرع|مبنى|شارع|فاتور|عملي|حوال|تحويل|[آا]يبان|سويفت|مرجع|خط[أا]|مرض|سن[ةه]|عام(?!\p{L})|ساع|تاريخ|يوم|[اأ]يام|شهر|مر[ةه]|مبلغ|راتب|دخلي|دخل(?!\p{L})|[اإ]يجار)|\b(?:post|zip|area|country|swift|iban|reference|request|case|order|file|building|error|status|promo|discount|icd|years?|days?|amount|dress|qr|bar)`,
  'iu',
);
/** Parts of a longer number: of a request, a phone, a card, a date. */
const NEAR_DIGITS = /[\p{Nd}+][ .\-–—/]?$/u;
const DIGITS_NEAR = /^[ .\-–—/]?\p{Nd}/u;

/** The text with every digit of such codes as a dot: of a message that is about codes that were asked for. */
export function hideCodes(text: string): string {
  if (!SPEAKS_OF_CODES.test(text)) return text;
  return text.replace(CODE, dotted);
}

/** The same for any other message: only what stands beside a word of codes, and is no code of something else. */
export function hideNamedCodes(text: string): string {
  if (!SPEAKS_OF_CODES.test(text)) return text;
  return text.replace(CODE, (code, at: number) => {
    const [before, behind] = [text.slice(Math.max(0, at - REACH), at), text.slice(at + code.length, at + REACH)];
    return isNamed(before, behind) ? dotted(code) : code;
  });
}

/** Letters on either side that are looked at. */
const REACH = 60;

function isNamed(before: string, behind: string): boolean {
  if (NEAR_DIGITS.test(before) || DIGITS_NEAR.test(behind)) return false;
  const { other = '', between } = BEFORE.exec(before)?.groups ?? {};
  if (between !== undefined) return ![other, between, firstWord(behind)].some((words) => OF_ELSE.test(words));
  const named = BEHIND.exec(behind)?.groups;
  return named !== undefined && !OF_ELSE.test(named['between'] ?? '');
}

function firstWord(text: string): string {
  return /^\s*\p{L}+/u.exec(text)?.[0] ?? '';
}

function dotted(code: string): string {
  return code.replace(/\p{Nd}/gu, '•');
}

/** Hidden codes as digits again, for whoever only has to know that a number stood there. */
export function withDigits(text: string): string {
  return text.replace(/•{3,8}/g, (dots) => '0'.repeat(dots.length));
}
