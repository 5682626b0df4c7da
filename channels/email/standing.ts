// What a letter is to the letters before it: only one that answers holds words that its writer did not mean to send.
import type { Letter } from './letter.js';
import { caps } from './limits.js';
import { ABOVE, withoutMarks } from './lines.js';

/** `begins`: nothing can be quoted in it. `passes_on`: what somebody else wrote is what its writer wants to say. */
export type Standing = 'begins' | 'answers' | 'passes_on';

export function standingOf({
  subject,
  thread,
  text,
  html,
}: Pick<Letter, 'subject' | 'thread' | 'text' | 'html'>): Standing {
  const title = withoutMarks(subject.slice(0, 400)).replace(/^(\s*\[[^[\]]{1,40}\])+/, '');
  // Programs name the letter that they pass on as they name the one that they answer: the subject goes before.
  if (PASSES_ON.test(title)) return 'passes_on';
  return thread.length > 0 ||
    ANSWERS.test(title) ||
    [text, html].some((one) => OURS.test(one.slice(0, 20 * caps.words)))
    ? 'answers'
    : 'begins';
}

/** What programs write before the subject of an answer. */
const ANSWERS = /^\s*(re|aw|sv|antw|rép|رد|ردّ|إجابة|جواب)\s*(\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]/i;
const PASSES_ON =
  /^\s*(fwd?|tr|wg|إعادة توجيه|اعادة توجيه|إعادة التوجيه|محول|محولة|مُحوّل|تحويل)\s*(\[\d{1,3}\])?\s*[:：]/i;
/** The whole line over our letters; half of it anybody may draw. */
const OURS = new RegExp(`${ABOVE} [^\\n<>]{1,300} ${ABOVE}`);
