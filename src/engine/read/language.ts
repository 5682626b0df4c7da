/** The language in which a person is spoken to: told by their first words, or by the next ones where those told nothing. */
import type { Turn } from '../turn.js';
import type { Found, PersonInput } from '../types.js';

/** From the first message on the person is spoken to in its language, be it of danger; what staff began is spoken in theirs. */
export function settleLanguage(turn: Turn, input: PersonInput, text: string, words: string): void {
  const { session } = turn;
  const told = input.choice === undefined ? toldBy(turn, input, text, words) : undefined;
  if (!session.met && !session.hold && session.stack.length === 0) {
    session.language = known(turn, told) ?? known(turn, guess(turn, input)) ?? firstOf(turn);
    if (told === undefined) session.languageOpen = true;
    return;
  }
  if (session.languageOpen) heedNext(turn, input, told);
}

/** After a first message such as "ok" the next one decides, as long as nothing was chosen or begun in the language that was guessed. */
function heedNext(turn: Turn, { choice }: PersonInput, told: string | undefined): void {
  const { session, prepared } = turn;
  const begun = choice !== undefined || session.stack.some(({ flow }) => flow !== prepared.set.start);
  if (!begun) session.language = known(turn, told) ?? session.language;
  if (begun || told !== undefined) delete session.languageOpen;
}

/** The language that the words are in; undefined where they could be in any. */
function toldBy(turn: Turn, input: PersonInput, text: string, words: string): string | undefined {
  if (/\p{Script=Arabic}/u.test(text)) return 'ar';
  if (!LATIN.test(text)) return undefined;
  const tongue = tongueOf(turn);
  if (!tongue) return withoutTongue(turn, input, words);
  if (tongue.values?.['sure'] === undefined) return undefined;
  return tongue.outcome === 'english' ? 'en' : 'ar';
}

/** What the channel knows; where it knows nothing, and of a phone in a language that the pack lacks, what the few Latin letters look like. */
function guess(turn: Turn, { language, choice }: PersonInput): string | undefined {
  const channel = language?.slice(0, 2);
  const tongue = choice === undefined ? tongueOf(turn) : undefined;
  if (!tongue || known(turn, channel) !== undefined) return channel;
  return channel !== undefined || tongue.outcome === 'english' ? 'en' : 'ar';
}

/** The shell heard which of the two it is: it has the list of English words. */
function tongueOf(turn: Turn): Found | undefined {
  return turn.context.given?.['tongue'];
}

const LATIN = /[A-Za-z]{2}/;

/**
 * Where nobody heard: Latin letters of somebody whose phone speaks Arabic are Arabic written in Latin, unless they are English words
 * that we know.
 */
function withoutTongue(turn: Turn, { language }: PersonInput, words: string): string {
  if (language?.slice(0, 2) !== 'ar') return 'en';
  const english = Object.values(turn.prepared.set.words).flatMap((lists) => lists['en'] ?? []);
  return english.some((word) => ` ${words} `.includes(` ${turn.prepared.plain(word)} `)) ? 'en' : 'ar';
}

function known({ prepared }: Turn, language: string | undefined): string | undefined {
  return language !== undefined && prepared.set.languages.includes(language) ? language : undefined;
}

function firstOf(turn: Turn): string {
  return turn.prepared.set.languages[0] ?? turn.language;
}
