/** One-time codes that somebody wrote to us though nobody should: taken out before a message is kept. */
import { plain, tokens } from '../../engine/text/normalise.js';

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
  String.raw`(?<other>\p{L}+)?[\s:]*${ONTO}(?<named>${OF_CODES})\p{L}{0,3}(?<between>(?:[\s:=،,."'«(]+\p{L}+){0,3})[\s:=،,."'«(•-]*$`,
  'iu',
);
/** The digits, and right behind them a word of codes that is not followed by digits of its own. */
const BEHIND = new RegExp(
  String.raw`^[\s،,.»")]*(?<onto>(?:(?:هذا|هو|هي|هذي|this|is|my|the|it's|its|verification|one[ -]time|login|security)\s+){0,4})(?:ال)?(?<named>${OF_CODES})(?!\p{L}{0,3}[\s:=]*\p{Nd})(?<between>(?:\p{L}{0,3}\s+\p{L}+){0,2})`,
  'iu',
);
/** Behind the digits: what they are for. */
const FOR =
  /^[\s،,]*(?:(?:for|of|to)\s+(?:(?:the|my|our|a)\s+)?|(?:حق|حقت|تبع|الخاص|الخاصه|الخاصة)\s+|(?=ل\p{L}{3}))(?<what>\p{L}+)/iu;

/** Codes that nobody else may know, in plain form; what is written onto a word may stand before it. */
const SECRET =
  /^[وفبلك]?(?:ال|لل)?(?:تحقق|تحققي|تفعيل|دخول|نفاذ|سري|سريه|سر|مرور|ابشر|توكلنا)$|^(?:otp|pin|password|verification|verify|one|time|login|security|authentication|absher|nafath|tawakkalna)$/;
const A_CODE = new RegExp(String.raw`^[وفبلك]?(?:ال|لل)?(?:كود|رمز)\p{L}{0,3}$|^(?:codes?|ramz)$`, 'u');
/** Words in plain form that say nothing of what a code is of: whose it is, how it came, who sent it. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(
  tokens(
    plain(
      `هو هي هذا هذي هذه في على من الى عن مع اللي الي الذي التي حق حقي حقك حقه حقتي لي لك لكم عندي معي انا تبعي ذا كان يقول
       وصل وصلني وصلتني جا جاني جاتني جاء جاءني ارسلوه ارسلته ارسلتوه ارسلتوها ارسلوا طلبتوه طلبوه طلبته طلبتوا المطلوب الجديد الاخير تفضل تفضلوا خذ هاك وهو وهي
       البنك بنك الراجحي الرسالة رسالة بالرسالة برسالة الجوال جوالي بالجوال الواتس واتساب تاكيد التاكيد رقم رقمه الرقم وكان
       is are was it its s this that which the a an my your our his her their i me you we he she they here and so ok okay yes no hi hello please
       got get received sent send came come enter take use new last bank sms message text phone mobile whatsapp confirmation from by in on to at for of number no`,
    ),
  ),
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

/**
 * The same for any other message: only what is named as secret, or stands beside a bare word of codes. `told`: where people tell at length
 * what is filed for them, a bare one may well be a booking's, and what is hidden is gone for good. So only what is named as secret is.
 */
export function hideNamedCodes(text: string, { told = false } = {}): string {
  if (!SPEAKS_OF_CODES.test(text)) return text;
  return text.replace(CODE, (code, at: number) => {
    const [before, behind] = [text.slice(Math.max(0, at - REACH), at), text.slice(at + code.length, at + REACH)];
    const named = nameOf(before, behind);
    return named === 'secret' || (named === 'bare' && !told) ? dotted(code) : code;
  });
}

/** Letters on either side that are looked at. */
const REACH = 60;

/** What the words around digits call them: a secret, a code and no more, or anything else. */
type Name = 'secret' | 'bare' | 'else';

function nameOf(before: string, behind: string): Name {
  if (NEAR_DIGITS.test(before) || DIGITS_NEAR.test(behind)) return 'else';
  const ahead = BEFORE.exec(before)?.groups;
  if (ahead) {
    const { other = '', named = '', between = '' } = ahead;
    if ([other, between, firstWord(behind)].some((words) => OF_ELSE.test(words))) return 'else';
    return unlessFor(behind, nameIn(other, named, between));
  }
  const after = BEHIND.exec(behind)?.groups;
  if (!after || OF_ELSE.test(after['between'] ?? '')) return 'else';
  return nameIn(after['onto'] ?? '', after['named'] ?? '', after['between'] ?? '');
}

/** "The code 4455 for the visit": what it is for is said behind it. */
function unlessFor(behind: string, name: Name): Name {
  const what = plain(FOR.exec(behind)?.groups?.['what'] ?? '');
  if (name !== 'bare' || what === '' || SAYS_NOTHING.has(what)) return name;
  return SECRET.test(what) ? 'secret' : 'else';
}

/** By the words before and behind the word of codes; where another such word follows, that one counts. */
function nameIn(other: string, named: string, between: string): Name {
  const own: Name = tokens(plain(named)).some((word) => SECRET.test(word)) ? 'secret' : 'bare';
  // "Door code": in Arabic what a code is of stands behind it.
  const first = /^\p{Script=Latin}/u.test(named) ? tokens(plain(other)).reduce(heard, own) : own;
  return tokens(plain(between)).reduce(heard, first);
}

function heard(name: Name, word: string): Name {
  if (A_CODE.test(word)) return 'bare';
  if (SECRET.test(word)) return 'secret';
  return name === 'secret' || SAYS_NOTHING.has(word) ? name : 'else';
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
