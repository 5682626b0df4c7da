/** Finds the places at which a message may be two: sentence ends, "and", words that ask or want, in Arabic, English and Latin letters. */
import { plain, tokens } from '../engine/text/normalise.js';

/** A message in two parts. */
export interface Cut {
  readonly parts: readonly [string, string];
  /** A sign says that another question begins here: a sentence ends, "also", "and how". Otherwise it may only be another word. */
  readonly marked: boolean;
}

/** In characters: what is longer was pasted. */
const LONGEST = 600;
/** More sentences than this are a letter, not questions. */
const MOST_SENTENCES = 4;
/** More places than this are a letter too, of which only the signs are looked at. */
const MOST_CUTS = 8;

/** The ways to cut a message in two, at most eight and the pairs of four sentences. None for a letter. */
export function cutsOf(text: string): Cut[] {
  const read = text.slice(0, LONGEST);
  const places = placesIn(read);
  const signs = places.filter(({ marked }) => marked);
  const few = [places, signs].find(({ length }) => length <= MOST_CUTS) ?? [];
  const cuts = few.map(({ end, start, marked }) => ({
    parts: [read.slice(0, end), read.slice(start)] as const,
    marked,
  }));
  return [...cuts, ...pairsOf(partsOf(read))].filter(({ parts }) => parts.every((part) => plain(part) !== ''));
}

/** The sentences of a message, in order; the message alone when it has one, or too many. */
export function partsOf(text: string): string[] {
  const sentences = text
    .slice(0, LONGEST)
    .split(SENTENCE_END)
    .filter((part) => plain(part) !== '');
  return sentences.length > MOST_SENTENCES ? [text] : sentences;
}

/** Neighbours are cut already, where they are all. */
function pairsOf(sentences: readonly string[]): Cut[] {
  if (sentences.length < 3) return [];
  return sentences.flatMap((one, at) =>
    sentences.slice(at + 1).map((other) => ({ parts: [one, other] as const, marked: true })),
  );
}

const SENTENCE_END = /[.!?؟\n؛;]+/;
const COMMA = /[،,&+:]/;
const WORD = /[^\s.!?؟؛;،,&+:]+/gu;

/** Words that ask, wherever they stand; in plain form. */
const ASKING = wordsOf(`
  كم بكم كيف شلون وشلون متي امتي وين اين فين منين وينكم هل وش ايش شو شنو ليش ليه لماذا ماذا ماهي ماهو مين لمن لمين قديش
  how what where when who why which
  wain wen ween kam kaif keef kef kif meta mata esh eish aish wesh wsh leesh leish lesh hal
`);
/** Words that ask behind "and" or a comma, and are something else in the middle of a question. */
const ASKING_BEHIND_AND = wordsOf('ما من هي can could do does is are am will should may any please');
/** Words that want, tell or send for something. */
const WANTING = wordsOf(`
  ابي ابيكم ابغي ابغا بغيت ودي نبي نبغي اريد نريد ارغب اود عايز عايزه بدي حاب حابه محتاج محتاجه احتاج نحتاج اقدر ممكن ياليت لازم اذا عندي عندكم عطوني
  ارسلوا علموني قولوا خلوا
  abi abgha abghi widdi
`);
const AND = wordsOf('و and w wa o we');
/** What begins something further, whatever follows. */
const FURTHER = wordsOf(
  'كمان وكمان كما ثم بعدين وبعدين بعدها وبعدها وبعد ايضا وايضا كذلك وكذلك برضو وبرضو also plus then kaman kman ba3dain b3den',
);
/** "Or", and words that begin with the letter of "and" and mean something of their own. */
const NOT_AND = wordsOf(`
  ولا والله وين وينكم وينه وينها وش وشو ويش وشلون وقت وقتكم وقته وصل وصلت وصلني وصلكم ورق ورقه وضع وضعي وضعنا وزن وزاره وظيفه وظايف وكيل وكاله وفاه
  وسط واحد واحده واتس واتساب واجب واجبات واجباتي واضح واضحه والد والدي والدتي والدنا ولد ولدي ولدنا ولي ولاده وثيقه وثايق ودي ودنا ود وقف وصفه
`);
const SHORTEST_AFTER_AND = 2;

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(tokens(plain(text)));
}

/** Where the part before ends, and where the one after it starts. */
interface Place {
  readonly end: number;
  readonly start: number;
  readonly marked: boolean;
}

function placesIn(text: string): Place[] {
  const words = [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ index, end: index + word.length, word }));
  return words.flatMap((word, at) => {
    const before = words[at - 1];
    return before ? (placeAt(text, before.end, word, words[at + 1]?.word) ?? []) : [];
  });
}

interface Word {
  readonly index: number;
  readonly end: number;
  readonly word: string;
}

/** Whether something may begin with this word. */
function placeAt(text: string, end: number, { index, end: after, word }: Word, next = ''): Place | undefined {
  const gap = text.slice(end, index);
  const said = plain(word);
  if (FURTHER.has(said)) return { end, start: after, marked: true };
  if (AND.has(said)) return { end, start: after, marked: asks(next) };
  const joined = said.startsWith('و') && said.length > SHORTEST_AFTER_AND && !NOT_AND.has(said);
  const bare = joined ? said.slice(1) : said;
  const start = joined ? index + word.indexOf('و') + 1 : index;
  if (SENTENCE_END.test(gap)) return { end, start, marked: true };
  if (joined || COMMA.test(gap)) return { end, start, marked: asks(bare) };
  return ASKING.has(said) || WANTING.has(said) ? { end, start: index, marked: false } : undefined;
}

/** Whether a word asks that stands behind "and" or a comma; "what's" is two words in plain form. */
function asks(word: string): boolean {
  const [first = ''] = tokens(plain(word));
  return ASKING.has(first) || ASKING_BEHIND_AND.has(first);
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
