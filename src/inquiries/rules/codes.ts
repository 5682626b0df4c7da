/** One-time codes that somebody wrote to us though nobody should: taken out before a message is kept. */

/** Four to eight digits of any script that stand alone, grouped or not, and are no amount of money. */
const CODE =
  /(?<![\p{Nd}+])(?:\p{Nd}{3}[ -]\p{Nd}{3}|\p{Nd}{4,8})(?!\p{Nd}|[.,]\p{Nd}|\s*(?:ريال|ر\.س|الف|ألف|sar\b|riyal))/giu;

/** Where no word of codes stands, numbers are sums and dates. */
const SPEAKS_OF_CODES =
  /كود|رمز|نفاذ|الرقم السري|رقم سري|رقم التحقق|رقم تحقق|كلم[ةه] (?:ال)?(?:سر|مرور)|\b(?:otp|codes?|pin|password|ramz)\b/i;

/** The text with every digit of such codes as a dot. */
export function hideCodes(text: string): string {
  if (!SPEAKS_OF_CODES.test(text)) return text;
  return text.replace(CODE, (code) => code.replace(/\p{Nd}/gu, '•'));
}
