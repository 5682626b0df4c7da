// Letters that no person wrote: they are never answered, so that two machines never write to each other for ever.
import { addressOf } from './address.js';
import type { Envelope } from './letter.js';

/** Why a letter is a machine's; null for a person's. */
export function automatic(letter: Envelope, ours: string): string | null {
  const { head, from } = letter;
  if (addressOf(from.address) === ours) return 'own';
  if (isReport(letter)) return 'report';
  // RFC 3834, 5: everything but "no", whatever stands behind it.
  if (head('auto-submitted').some((value) => !/^\s*no\b/i.test(value))) return 'auto_submitted';
  // A bounce has nobody to go back to (RFC 5321, 4.5.5).
  if (head('return-path').some((value) => /^\s*<\s*>/.test(value))) return 'no_return';
  if (NOBODY.test(from.address)) return 'nobody';
  if (!isOurList(letter, ours)) {
    if (head('precedence').some((value) => /^\s*(bulk|junk|list|auto_reply)\b/i.test(value))) return 'precedence';
    if (head('list-id').length + head('list-unsubscribe').length > 0) return 'list';
  }
  // What the charity's own server takes for spam gets no answer that confirms the address.
  if ([...head('x-spam-flag'), ...head('x-spam-status')].some((value) => /^\s*yes\b/i.test(value))) return 'spam';
  const marked = [...head('x-autoreply'), ...head('x-autorespond'), ...head('x-autoresponder')];
  if (marked.some((value) => !/^\s*no\b/i.test(value))) return 'marked';
  // What an Exchange server answers by itself says what must not be answered (MS-OXCMAIL, 2.2.3.2.14).
  const suppressed = head('x-auto-response-suppress').some((value) => /\b(all|oof|autoreply)\b/i.test(value));
  return suppressed || AWAY.test(letter.subject) ? 'away' : null;
}

const NOBODY = /^(mailer-daemon|postmaster|(do[-_.]?)?not?[-_.]?reply|bounces?|abuse|listserv|majordomo)([-+_.=]|@)/i;
/** Subjects of absence notes of programs that set no field at all. */
const AWAY =
  /^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|undelivered mail|رد تلقائي|الرد التلقائي|إجابة تلقائية|خارج المكتب)/i;

/** Our address may be a group of the charity's, which hands people's letters on under its own name (RFC 2919). */
function isOurList({ head }: Envelope, ours: string): boolean {
  return head('list-id').some((value) => value.toLowerCase().includes(`<${ours.replace('@', '.')}>`));
}

function isReport({ head }: Envelope): boolean {
  return head('content-type').some((value) => /^\s*multipart\/report\b/i.test(value));
}
