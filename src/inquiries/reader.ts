/** Reads what a message asks for: by the trained classifier, and by what its words alone tell. */
import { sureness } from './classifier/bands.js';
import type { Features } from './classifier/features.js';
import type { Lexicon } from './classifier/lexicon.js';
import { Classifier } from './classifier/model.js';
import type { Guess } from './classifier/model.js';
import type { Trained } from './classifier/trained.js';
import { Courtesies } from './courtesy.js';
import { Grief } from './grief.js';
import type { Intent } from './intents.js';
import { LatinWords } from './latin.js';
import { STRAY } from './lessons.js';
import type { Lessons } from './lessons.js';
import { Refusals } from './refusals.js';
import { followsUp } from './split.js';
import { Taught } from './taught.js';
import { Twins } from './twins.js';
import { isMoreThanAWord, wishesIn } from './wishes.js';
import type { Wording } from './wording.js';

/** At most so many wishes are offered. */
export const MOST_OFFERED = 3;
/** In characters: what is longer was pasted, and its beginning says what it is about. */
const LONGEST = 2000;
/** The courtesy that answers whoever mourns. */
const GRIEF = 'grief';

/** What a question seems to ask for, before articles are looked for. */
export interface Reading {
  readonly band: 'answer' | 'offer' | 'none';
  /** Answer: what is asked, one or two. Offer: what may be asked, likeliest first. None: the likeliest, for the record. */
  readonly intents: readonly string[];
  /** All intents of the whole message, likeliest first; strays and, where something is asked, courtesies left out. */
  readonly ranked: readonly string[];
  /** What is said back where nothing is asked, and no courtesy of the lessons is meant: whoever mourns is not thanked. */
  readonly courtesy?: string;
}

type Guessing = (text: string) => readonly Guess[];
export type Look = (text: string) => Features;

/** What words alone tell. */
interface Told {
  readonly refusals: Refusals;
  readonly twins: Twins;
  readonly grief: Grief;
}

function toldBy(wording: Wording, lexicon: Lexicon): Told {
  return { refusals: new Refusals(wording, lexicon), twins: new Twins(wording), grief: new Grief(wording) };
}

/** Makes a reading of a question. */
export class Reader {
  private readonly classifier: Classifier;
  private readonly kinds: ReadonlyMap<string, Intent['kind']>;
  private readonly taught: Taught;
  private readonly courtesies: Courtesies;
  private readonly latin: LatinWords;
  private readonly told: Told | undefined;

  constructor(
    lessons: Lessons,
    private readonly trained: Trained,
    lexicon: Lexicon,
    private readonly look: Look,
  ) {
    this.classifier = new Classifier(trained.model, lexicon);
    this.kinds = new Map(lessons.intents.map(({ name, kind }) => [name, kind]));
    this.courtesies = new Courtesies(lessons);
    this.taught = new Taught(lessons.examples, trained.model.vocabulary, lexicon);
    this.latin = new LatinWords(
      lessons.examples.map(({ text }) => text),
      lexicon,
    );
    this.told = lessons.wording && toldBy(lessons.wording, lexicon);
  }

  /** `topic` is the intent of the last answer. */
  read(question: string, topic: string | undefined): Reading {
    const taught = this.taught.meaningOf(question);
    if (taught === STRAY) return { band: 'none', intents: [], ranked: [] };
    if (taught !== undefined) return { band: 'answer', intents: [taught], ranked: [taught] };
    const guess = this.guessOnce();
    const reading = this.readAll(question, topic, guess);
    if (this.latin.areNone(question)) return { ...reading, band: 'none', intents: reading.intents.slice(0, 1) };
    return this.doubted(this.unrefused(reading, question, guess), question);
  }

  /** Whether a message says something that no article is sure to answer. */
  leaves(question: string): boolean {
    return this.read(question, undefined).band !== 'answer' && !this.latin.areNone(question);
  }

  private readAll(question: string, topic: string | undefined, guess: Guessing): Reading {
    const said = this.beyondCourtesy(question.slice(0, LONGEST), guess);
    const whole = guess(said);
    const requests = this.requests(whole);
    const ask = (text: string): readonly Guess[] => this.requests(guess(text));
    const wishes = wishesIn(said, requests, ask, this.trained.bands.answer);
    const courteous = this.isCourtesy(whole) && (this.courtesies.saysOnly(said) || this.asksNothing(requests));
    const asked = courteous && wishes.length === 0 ? whole : requests;
    const reading = this.band(asked);
    const { ranked } = reading;
    if (wishes.length > 1) return { band: 'answer', intents: wishes, ranked };
    if (asked === whole && this.told?.grief.in(said)) return { ...reading, courtesy: GRIEF };
    if (reading.band === 'answer') return reading;
    if (wishes.length > 0) return { band: 'answer', intents: wishes, ranked };
    const back = topic !== undefined && followsUp(question) && this.kinds.has(topic);
    return back ? { ...reading, ...this.following(ranked, topic) } : reading;
  }

  /** A deed that is refused is offered, unless the rest of the message asks for it: "I do not want money, I want to apply". */
  private unrefused(reading: Reading, question: string, guess: Guessing): Reading {
    const { band, intents, ranked } = reading;
    const [first = ''] = intents;
    if (band !== 'answer' || !intents.every((intent) => this.kinds.get(intent) === 'deed')) return reading;
    const left = this.told?.refusals.left(question, first);
    if (left === undefined) return reading;
    const rest = this.band(this.requests(guess(isMoreThanAWord(left) ? left : '')));
    if (rest.band === 'answer' && rest.intents[0] === first) return reading;
    const beside = rest.band === 'answer' ? rest.intents : [];
    return { ...reading, band: 'offer', intents: [...new Set([...beside, first, ...ranked])].slice(0, MOST_OFFERED) };
  }

  /** What is asked in the same words as something else, and does not say which, is asked about. */
  private doubted(reading: Reading, question: string): Reading {
    const { band, intents } = reading;
    const [first = ''] = intents;
    const others = band === 'answer' && intents.length === 1 ? (this.told?.twins.of(question, first) ?? []) : [];
    const known = others.filter((intent) => this.kinds.has(intent));
    return known.length > 0 ? { ...reading, band: 'offer', intents: [first, ...known] } : reading;
  }

  /** For one reading: a message and its parts come up again and again. */
  private guessOnce(): Guessing {
    const known = new Map<string, readonly Guess[]>();
    return (text) => {
      const guesses = known.get(text) ?? this.classifier.rank(this.look(text));
      known.set(text, guesses);
      return guesses;
    };
  }

  /** What is asked beside greeting and thanks, if anything is. */
  private beyondCourtesy(text: string, guess: Guessing): string {
    const rest = this.courtesies.without(text);
    const asks = sureness(this.requests(guess(rest))) >= this.trained.bands.offer;
    return asks ? rest : text;
  }

  /** The question's own meaning first; the topic is what it points back to. */
  private following(ranked: readonly string[], topic: string): Pick<Reading, 'band' | 'intents'> {
    const own = ranked.find((intent) => intent !== topic);
    return { band: 'offer', intents: own === undefined ? [topic] : [own, topic] };
  }

  private band(ranked: readonly Guess[]): Reading {
    const { answer, offer } = this.trained.bands;
    const sure = sureness(ranked);
    const named = ranked.map(({ intent }) => intent).filter((intent) => intent !== STRAY);
    if (sure >= answer) return { band: 'answer', intents: named.slice(0, 1), ranked: named };
    if (sure >= offer) return { band: 'offer', intents: named.slice(0, MOST_OFFERED), ranked: named };
    return { band: 'none', intents: named.slice(0, 1), ranked: named };
  }

  /** Thanks may tell a whole story: then nothing that could be asked is near. */
  private asksNothing(requests: readonly Guess[]): boolean {
    return sureness(requests) < this.trained.bands.offer;
  }

  private isCourtesy([first]: readonly Guess[]): boolean {
    return first !== undefined && this.kinds.get(first.intent) === 'courtesy';
  }

  private requests(ranked: readonly Guess[]): Guess[] {
    return ranked.filter(({ intent }) => this.kinds.get(intent) !== 'courtesy');
  }
}
