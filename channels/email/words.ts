// The words of a letter: of its HTML where it has one, for there programs mark what they quote; else of its plain text.
import { cleanText } from '../common/text.js';
import { plainOf, type Letter } from './letter.js';
import { caps } from './limits.js';
import { isForward } from './introductions.js';
import { isAnsweredBetween, ownWords } from './quotes.js';
import { standingOf } from './standing.js';

/** What the person wrote; empty for a letter without words of its own. */
export async function wordsOf(letter: Pick<Letter, 'subject' | 'thread' | 'text' | 'html'>): Promise<string> {
  const standing = standingOf(letter);
  const isAnswer = standing === 'answers';
  // What an HTML text quotes has no end that can be seen; where somebody wrote on below it, the plain one says more.
  const written = isAnswer && isAnsweredBetween(letter.text) ? '' : letter.html.slice(0, MOST_HTML);
  const end = isAnswer ? quoteAt(written) : written.length;
  const own = written === '' ? '' : ownWords(await plainOf(written.slice(0, end)), standing);
  return cleanText(own === '' ? ownWords(letter.text, standing) : own);
}

/** Of an HTML text no more is read: a letter of twenty thousand letters with all that Word writes around them. */
const MOST_HTML = 20 * caps.words;

/** Where programs mark what they quote: Gmail, Apple Mail, Thunderbird, Outlook of every kind, Yahoo. */
const QUOTES: readonly RegExp[] = [
  /<div[^<>]{0,200}\bclass="?gmail_quote/i,
  /<blockquote[^<>]{0,200}\btype="?cite/i,
  /<div[^<>]{0,200}\bclass="?moz-cite-prefix/i,
  /<[a-z]+[^<>]{0,200}\bid="?(divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)/i,
  /<[a-z]+[^<>]{0,200}\bname="?messageReplySection/i,
  /<div[^<>]{0,200}\bclass="?yahoo_quoted/i,
  /<div[^<>]{0,200}border-top: ?solid #e1e1e1 1\.0pt/i,
];

/** Of what a program quotes its first words lie within so much. */
const HEADING = 2_000;

/** The end, where nothing is written before it: it was written below then, or is passed on whole, as what a program says it passes on. */
function quoteAt(html: string): number {
  const places = QUOTES.map((quote) => html.search(quote)).filter((at) => at >= 0);
  const first = Math.min(...places, html.length);
  const below = html.slice(first, first + HEADING).split(/<[^<>]*>/);
  if (below.some(isForward)) return html.length;
  const body = html.slice(0, first).replace(/^[^]*?<body\b[^<>]*>/i, '');
  const above = body.replace(/<(style|title)\b[^<]*<\/\1>/gi, '').replace(/<[^<>]*>/g, '');
  return /[\p{L}\p{N}]/u.test(above.replace(/&[a-z]+;|&#\d+;/gi, '')) ? first : html.length;
}
