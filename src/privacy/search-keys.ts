/** Keyed hashes that find a case by name, phone, ID or number without the store knowing any of them. */

/** What is known of a person. Absent facts are not searched by. */
export interface SearchFacts {
  readonly names?: readonly string[];
  readonly phones?: readonly string[];
  readonly ids?: readonly string[];
  readonly caseNumber?: string;
}

export interface SearchTools {
  /** `Vault.hash`. */
  readonly hash: (purpose: string, ...parts: readonly string[]) => string;
  /** Folds letters and turns all digits into ASCII (engine/text). */
  readonly normalise: (text: string) => string;
}

const SHORTEST_PREFIX = 3;
const LONGEST_PREFIX = 24;
/** Digits of a phone number without country code and leading zero; what all ways of writing it share. */
const PHONE_DIGITS = 9;
const ID_DIGITS = 10;
const LAST_DIGITS = 4;
const CASE_DIGITS = 13;

/** The keys to store beside a case. Equal facts give equal keys: this is what a search by hash gives away. */
export function searchKeys(facts: SearchFacts, tools: SearchTools): string[] {
  const words = (facts.names ?? []).flatMap((name) => wordsOf(name, tools));
  const phones = digits(facts.phones, tools).filter((number) => number.length >= PHONE_DIGITS);
  const ids = digits(facts.ids, tools).filter((number) => number.length >= LAST_DIGITS);
  const keys = [
    ...words
      .flatMap(forms)
      .flatMap(prefixes)
      .map((word) => tools.hash('name', word)),
    ...phones.map((number) => tools.hash('phone', number.slice(-PHONE_DIGITS))),
    ...ids.map((number) => tools.hash('id', number)),
    ...[...ids, ...phones].map((number) => tools.hash('last', number.slice(-LAST_DIGITS))),
    ...digits(facts.caseNumber ? [facts.caseNumber] : [], tools).map((number) => tools.hash('case', number)),
  ];
  return [...new Set(keys)];
}

/**
 * What a member of staff typed, as sets of keys: a case is found when it carries every key of one of the sets. Several sets when the
 * digits may be a phone or an ID; none when there is nothing to search by.
 */
export function queryKeys(query: string, tools: SearchTools): string[][] {
  const names = wordsOf(query, tools).map((word) => tools.hash('name', word.slice(0, LONGEST_PREFIX)));
  const number = digits([query], tools)[0] ?? '';
  const readings = number === '' ? [[]] : readNumber(number, tools);
  const sets = readings.map((keys) => [...names, ...keys]);
  return sets.filter((keys) => keys.length > 0);
}

function readNumber(number: string, { hash }: SearchTools): string[][] {
  const readings: string[][] = [];
  if (number.length === LAST_DIGITS) readings.push([hash('last', number)]);
  if (number.length === ID_DIGITS) readings.push([hash('id', number)]);
  if (number.length >= PHONE_DIGITS && number.length !== CASE_DIGITS) {
    readings.push([hash('phone', number.slice(-PHONE_DIGITS))]);
  }
  if (number.length === CASE_DIGITS) readings.push([hash('case', number)]);
  return readings;
}

function wordsOf(text: string, { normalise }: SearchTools): string[] {
  return normalise(text)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
}

/** A family name is looked for with and without its article. */
function forms(word: string): string[] {
  return word.startsWith('ال') && word.length > SHORTEST_PREFIX + 1 ? [word, word.slice(2)] : [word];
}

function prefixes(word: string): string[] {
  const letters = word.slice(0, LONGEST_PREFIX);
  if (letters.length <= SHORTEST_PREFIX) return [letters];
  return Array.from({ length: letters.length - SHORTEST_PREFIX + 1 }, (_, index) =>
    letters.slice(0, SHORTEST_PREFIX + index),
  );
}

function digits(texts: readonly string[] | undefined, { normalise }: SearchTools): string[] {
  return (texts ?? []).map((text) => normalise(text).replace(/[^0-9]/g, '')).filter((number) => number !== '');
}
