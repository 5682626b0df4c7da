/** Takes out of a question what could tell who asked it, before it is kept for staff to learn from. */
import { DOUBTFUL_NAMES, GIVEN_NAMES } from './given-names.js';
import { words } from './terms.js';

export interface Known {
  /** Names that this person gave, as they gave them. */
  readonly names: readonly string[];
  /** Whether a plain word is one that questions are made of: what stands in the pack's own examples. */
  readonly isWord: (word: string) => boolean;
}

export const MASK = '•••';

/** What is kept of a longer message: a question has fewer letters, and a letter tells too much. */
const LONGEST = 300;
/** From so many digits on, a number may be a phone, an ID, a card, a code or a date of birth. */
const FEWEST_DIGITS = 4;
const MAIL = /[^\s@<>]+@[^\s@<>]+/gu;
const LINK = /(?:https?:\/\/|www\.)\S+/giu;
const IBAN =
  /(?<![\p{L}\p{N}])[A-Za-z]{2}\p{Nd}{2}(?:[ -]?[A-Za-z\p{Nd}]{4}){3,7}(?:[ -]?[A-Za-z\p{Nd}]{1,4})?(?![\p{L}\p{N}])/gu;
const NUMBER = /[+(]?\p{Nd}(?:[\s\-–—_./()،,]{0,3}\p{Nd})*/gu;
/** Letters and digits mixed as codes are: at least three digits, or a row of capitals with a digit. */
const CODE =
  /(?<![\p{L}\p{N}])(?=(?:[A-Za-z]*\p{Nd}){3}|(?=[A-Z]*\p{Nd})[A-Z\p{Nd}]{5,}(?![\p{L}\p{N}]))[A-Za-z\p{Nd}]{4,}(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Words after which a name stands: all that follow are masked, as long as they are no words of questions. The first one is, whatever it is. */
const NAMED = new Set(
  words(
    'اسمي اسمه اسمها واسمي واسمه واسمها انادى المدعو المدعوة الاستاذ الاستاذة الاخ الاخت السيد السيدة الشيخ الدكتور name mr mrs ms dr',
  ),
);
/** Words after which a name may stand: what follows is masked where it is no word of questions. */
const MAYBE = new Set(
  words(
    'انا معك معاك معكم وياك اخوك اخوكم اختك اختكم ابني ولدي بنتي ابنتي زوجي زوجتي امي ابوي والدي والدتي اخي اختي اخوي جدي جدتي عمي خالي طفلي طفلتي ام ابو ابن بنت بن is am im call son daughter',
  ),
);
/** Before a name that is a word of questions too these leave no doubt; "my son" does: "my son is on a machine". */
const SURE = new Set(words('ابو ام ابن بن بنت اخوك اخوكم اختك اختكم'));
const MOST_PARTS = 4;
/** Numbers said in words, as somebody dictates a phone. */
const SAID = new Set(
  words(
    'صفر واحد اثنين اثنان ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثمان تسعه تسع zero one two three four five six seven eight nine oh',
  ),
);

/**
 * E-mail addresses, links, IBANs, numbers of four digits and more, codes, dictated numbers, the person's own names, common names and what
 * stands where a name stands become dots. Masking twice is the same as masking once. A rare name in the middle of a sentence stays.
 */
export function maskQuestion(text: string, known: Known): string {
  const bare = text
    .slice(0, LONGEST)
    .replace(MAIL, MASK)
    .replace(LINK, MASK)
    .replace(IBAN, MASK)
    .replace(NUMBER, (number) => ((number.match(/\p{Nd}/gu)?.length ?? 0) >= FEWEST_DIGITS ? MASK : number))
    .replace(CODE, MASK);
  return maskWords(bare, known)
    .replace(/\s+/g, ' ')
    .replace(/•••(?:[\s•]*•••)+/g, MASK)
    .trim();
}

interface Spoken {
  readonly word: string;
  readonly at: number;
  readonly end: number;
  /** Something was masked between it and the word before. */
  readonly afterMask: boolean;
}

function maskWords(text: string, known: Known): string {
  const spoken = spokenIn(text);
  const hidden = new Set([...dictated(spoken), ...named(spoken, known)]);
  let masked = '';
  let from = 0;
  for (const { at, end } of hidden.size === 0 ? [] : spoken.filter((one) => hidden.has(one))) {
    masked += `${text.slice(from, at)}${MASK}`;
    from = end;
  }
  return masked + text.slice(from);
}

function spokenIn(text: string): Spoken[] {
  let last = 0;
  return [...text.matchAll(WORD)].map(({ index: at, 0: said }) => {
    const afterMask = text.slice(last, at).includes(MASK);
    last = at + said.length;
    return { word: words(said)[0] ?? '', at, end: last, afterMask };
  });
}

/** Names by themselves, and what stands where names stand. */
function named(spoken: readonly Spoken[], { names, isWord }: Known): Spoken[] {
  const own = new Set(names.flatMap((name) => words(name)).filter((word) => word.length > 1));
  let place: 'named' | 'maybe' | undefined;
  let parts = 0;
  return spoken.filter(({ word, afterMask }, at) => {
    if (afterMask && place === 'named') place = 'maybe';
    const among = isAmongNames(word, spoken[at - 1]?.word, spoken[at + 1]?.word, parts);
    const fits = place !== undefined && parts < MOST_PARTS && (place === 'named' || among || !isWord(word));
    // The person's own name is known whole; after another given name its family may follow.
    if (!fits && isName(word, own)) return true;
    if (fits || among || isName(word, GIVEN_NAMES)) {
      parts++;
      place = 'maybe';
      return true;
    }
    place = NAMED.has(word) ? 'named' : MAYBE.has(word) ? 'maybe' : undefined;
    parts = 0;
    return false;
  });
}

/** Whether a name that is a word of questions too stands where only names do: in the middle of a name, after "Abu", before a family's name. */
function isAmongNames(word: string, before = '', after = '', parts = 0): boolean {
  if (!DOUBTFUL_NAMES.has(word)) return false;
  return parts > 0 || SURE.has(before) || after === 'بن' || after === 'بنت' || GIVEN_NAMES.has(after);
}

/** With or without a conjunction or preposition in front. */
function isName(word: string, names: ReadonlySet<string>): boolean {
  const bare = /^[وبلف]./.test(word) ? word.slice(1) : word;
  return names.has(word) || names.has(bare);
}

function dictated(spoken: readonly Spoken[]): Spoken[] {
  const runs: Spoken[][] = [[]];
  for (const one of spoken) {
    if (SAID.has(one.word)) runs.at(-1)?.push(one);
    else runs.push([]);
  }
  return runs.filter(({ length }) => length >= FEWEST_DIGITS).flat();
}
