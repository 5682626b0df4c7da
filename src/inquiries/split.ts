/** Cuts a message into the questions that it may hold. */
import { plain, tokens } from '../engine/text/normalise.js';

/** More parts than this are a letter, not questions. */
const MOST_PARTS = 4;
/** More places where "and" stands are a letter too. */
const MOST_CUTS = 6;
const LONGEST = 600;
/** A part of fewer words than this is a remark, not a question of its own. */
const SHORTEST_PART = 2;
const SENTENCE_ENDS = /[.!?؟\n؛;]+/;
/** "and" or a comma before a word that asks or wants begins another question. */
const ASKS =
  'كم|كيف|متى|امتى|وين|اين|أين|فين|هل|وش|ايش|إيش|شو|ليش|ليه|لماذا|ما هي|ما هو|ماهي|ابي|أبي|ابغى|أبغى|ابغا|بغيت|ودي|اريد|أريد|أرغب|أود|عايز|عايزة|بدي|عندي سؤال|مين|من|ما|عندكم';
const ENGLISH_ASKS =
  "how|what|what's|where|where's|when|who|why|which|can|could|do|does|is|are|i want|i need|i would|please";
const ARABIZI_ASKS =
  'wain|wen|ween|kam|keef|kef|kif|meta|mata|esh|eish|wesh|wsh|leesh|leish|lesh|hal|abi|abgha|abi3|widdi';
const THEN = 'كمان|كما|ثم|بعدين|بعدها|وبعد|أيضا|ايضا|كذلك';
const ANOTHER = new RegExp(
  [
    `(?:\\s+و\\s*|[،,]\\s*و?)(?=(?:${ASKS})(?:\\s|$))`,
    `[\\s،,]+و?(?:${THEN})\\s+`,
    `(?:\\s+(?:and|also|plus)(?:\\s+(?:also|then))?\\s+|,\\s*(?:and\\s+)?(?:also\\s+)?)(?=(?:${ENGLISH_ASKS})\\s)`,
    `\\s+(?:w|wa|o|we)\\s+(?=(?:${ARABIZI_ASKS})\\s)`,
  ].join('|'),
  'giu',
);
/** Where "and" stands before anything: another question may begin there, or only another word. ولا is "or". */
const AND = /\s+(?:و\s*(?!لا\s)(?=\p{L}{2})|(?:and|w|wa)\s+)|\s*[،,]\s*/giu;

/** The parts of a message, in order; the message alone when it has one. Empty parts are left out. */
export function partsOf(text: string): string[] {
  const sentences = text.slice(0, LONGEST).split(SENTENCE_ENDS);
  const parts = sentences.flatMap((sentence) => sentence.split(ANOTHER)).filter((part) => plain(part) !== '');
  return parts.length > MOST_PARTS ? [text] : parts;
}

/** The ways to cut a message in two where "and" or a comma stands, both parts longer than a remark. None for a letter. */
export function cutsOf(text: string): (readonly [string, string])[] {
  const found = [...text.slice(0, LONGEST).matchAll(AND)];
  if (found.length > MOST_CUTS) return [];
  return found
    .map(({ index, 0: and }) => [text.slice(0, index), text.slice(index + and.length)] as const)
    .filter((both) => both.every(isQuestion));
}

/** Whether a part is long enough to ask something by itself. */
export function isQuestion(part: string): boolean {
  return tokens(plain(part)).length >= SHORTEST_PART;
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
