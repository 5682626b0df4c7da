// Pure translation of what we say into letters: in the thread of the person's last one, as plain text and as HTML.
import type { FileRef } from '../../src/engine/types.js';
import type { Outgoing } from '../channel.js';
import { bubbles } from '../common/choices.js';
import { addressOf } from './address.js';
import { directionOf, htmlOf } from './html.js';
import { limits } from './limits.js';
import type { MessageIds } from './message-id.js';
import { ABOVE } from './quotes.js';

export interface OutLetter {
  to: string;
  messageId: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  inReplyTo?: string;
  references?: string;
  /** Sent as an attachment. */
  file?: FileRef;
}

/** Words of flows/texts. */
export type Say = (key: string, language: string) => string;

/** A message goes as one letter, or as several in order where its words are longer than one may be. */
export function translateOut(message: Outgoing, ids: MessageIds, say: Say): OutLetter[] {
  const { text, options, file, user, reply } = message;
  const parts = bubbles(text, options, limits).map((bubble) => bubble.text);
  const words = parts.length === 0 && file ? [''] : parts;
  return words.map((part, index) => ({
    // The address as the person writes it, where it is that person's.
    to: addressOf(reply['to'] ?? '') === user ? (reply['to'] ?? user) : user,
    messageId: ids.make(message.id, index, user),
    ...wordsOf(message, part, options.length > 0 && index === words.length - 1, say),
    headers: headersOf(message),
    ...(reply['id'] !== undefined && { inReplyTo: reply['id'] }),
    ...(reply['references'] !== undefined && { references: reply['references'] }),
    ...(file && index === 0 && { file }),
  }));
}

function wordsOf({ reply }: Outgoing, part: string, chooses: boolean, say: Say) {
  const language = directionOf(part) === 'rtl' ? 'ar' : 'en';
  const above = `${ABOVE} ${say('email.above', language)} ${ABOVE}`;
  const below = chooses ? say('email.choose', language) : '';
  const subject = (reply['subject'] ?? '').replace(/^((re|رد)\s*:\s*)+/i, '').trim();
  return {
    subject: subject === '' ? say('email.subject', language) : `Re: ${subject}`,
    text: [above, language === 'ar' ? fromRight(part) : part, below].filter((one) => one !== '').join('\n\n'),
    html: htmlOf({ above, text: part, below }),
  };
}

/** Plain text has no direction but that of a line's first letter: where it is a Latin one, a mark before it keeps the line from right to left. */
function fromRight(text: string): string {
  return text.replace(/^(?=[^\p{L}\n]*[A-Za-z])/gmu, '\u200F');
}

/** A machine's answer says so, that no other machine answers it (RFC 3834, 5); what staff write is a person's. */
function headersOf({ author }: Outgoing): Record<string, string> {
  return {
    'X-Auto-Response-Suppress': 'All',
    ...(author !== 'staff' && { 'Auto-Submitted': 'auto-replied' }),
  };
}
