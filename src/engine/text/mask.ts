/** Hides the parts of an answer that a bystander should not read. */

/** A Saudi ID or residence number: `1098765439` → `******5439`. */
export function maskId(id: string): string {
  return '*'.repeat(Math.max(id.length - 4, 0)) + id.slice(-4);
}

/** A phone number in any writing: the first digits of its country or network and the last two stay: `05******67`. */
export function maskPhone(phone: string): string {
  const kept = phone.startsWith('+') ? 5 : 2;
  if (phone.length < kept + 4) return '*'.repeat(phone.length);
  return phone.slice(0, kept) + '*'.repeat(phone.length - kept - 2) + phone.slice(-2);
}

/** An IBAN: country and last four stay: `SA********************7519`. */
export function maskIban(iban: string): string {
  return iban.slice(0, 2) + '*'.repeat(Math.max(iban.length - 6, 0)) + iban.slice(-4);
}

/** An e-mail address: first letter and domain stay: `s***@example.org`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? maskText(email) : `${firstOf(email)}***${email.slice(at)}`;
}

/** Words: the first letter of each stays, the length does not show: `س*** ع***`. */
export function maskName(name: string): string {
  return name
    .split(' ')
    .map((part) => `${firstOf(part)}***`)
    .join(' ');
}

/** Anything else: letters and digits become stars, except up to four at the end and never more than half of them. */
export function maskText(text: string): string {
  const hideable = text.match(HIDEABLE)?.length ?? 0;
  let hidden = hideable - Math.min(4, Math.floor(hideable / 2));
  return text.replace(HIDEABLE, (letter) => (hidden-- > 0 ? '*' : letter));
}

/** A star counts too, so that masking twice is the same as masking once. */
const HIDEABLE = /[\p{L}\p{M}\p{N}*]/gu;

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2a);
}
