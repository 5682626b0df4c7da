/** Cuts a message into the questions that it may hold. */
import { plain, tokens } from '../engine/text/normalise.js';

/** More parts than this are a letter, not questions. */
const MOST_PARTS = 4;
const LONGEST = 600;
const SENTENCE_ENDS = /[.!?؟\n؛;]+/;
/** "and" or a comma before a word that asks or wants begins another question. */
const ASKS =
  'كم|كيف|متى|امتى|وين|اين|أين|فين|هل|وش|ايش|إيش|شو|ليش|ليه|لماذا|ما هي|ما هو|ماهي|ابي|أبي|ابغى|أبغى|ابغا|بغيت|ودي|اريد|أريد|عندي سؤال|مين|عندكم';
const ENGLISH_ASKS = 'how|what|where|when|who|why|which|can|could|do|does|is|are|i want|i need';
const ANOTHER = new RegExp(
  `(?:\\s+و\\s*|\\s+وبعد\\s+|[،,]\\s*و?)(?=(?:${ASKS})(?:\\s|$))|(?:\\s+and\\s+(?:also\\s+)?|,\\s*)(?=(?:${ENGLISH_ASKS})\\s)`,
  'giu',
);

/** The parts of a message, in order; the message alone when it has one. Empty parts are left out. */
export function partsOf(text: string): string[] {
  const sentences = text.slice(0, LONGEST).split(SENTENCE_ENDS);
  const parts = sentences.flatMap((sentence) => sentence.split(ANOTHER)).filter((part) => plain(part) !== '');
  return parts.length > MOST_PARTS ? [text] : parts;
}

/** Whether a message cannot be understood by itself: it begins with "and", or is two words that point back. */
export function followsUp(text: string): boolean {
  const said = tokens(plain(text));
  const [first = ''] = said;
  return said.length <= MOST_FOLLOWING && (AND_ASKS.test(plain(text)) || POINTS_BACK.has(first));
}

const MOST_FOLLOWING = 4;
const AND_ASKS = /^(?:و(?:كم|كيف|متي|وين|اين|هل|وش|ايش|ليش|لو|اذا|من|ما|لماذا)(?: |$)|(?:and|what about|how about) )/;
const POINTS_BACK: ReadonlySet<string> = new Set(['طيب', 'والباقي', 'وبعدين', 'وبعد', 'كمان', 'وهل', 'وماذا', 'then']);
