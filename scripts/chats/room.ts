/** Where a transcript is played: the charity's set and articles, and what the person and the house bring along. */
import { Texts } from '../../src/conversation/texts.js';
import type { CharityFacts, FlowSet, Text } from '../../src/engine/types.js';
import {
  createAdviser,
  createFinder,
  parseRules,
  tonguesOf,
  type Article,
  type Finder,
  type Lessons,
  type RuleLexicon,
  type Tongue,
  type Trained,
} from '../../src/inquiries/index.js';
import { Marker } from './marks.js';
import { byTitle } from './titles.js';
import { traced, type Traced } from './tracer.js';

/** What is played: a compiled pack, or only the flows of a test. */
export interface Pack {
  readonly set: FlowSet;
  readonly articles: readonly Article[];
  readonly texts?: Readonly<Record<string, Text>>;
  readonly rules?: string;
  readonly lessons?: Lessons;
}

/** Named as in the shell's own house, so that what the shell knows of a message is known here. */
export interface House {
  readonly set: FlowSet;
  readonly charity: CharityFacts;
  readonly texts: Texts;
  readonly rules?: RuleLexicon;
  readonly tongue?: (text: string) => Tongue | undefined;
  readonly traced: Traced;
  readonly marker: Marker;
  readonly finder: Finder & { readonly articles: readonly Article[] };
}

/** A case that was there before the transcript, of the person or of somebody else. */
export interface PastCase {
  readonly own: boolean;
  readonly status: string;
}

export interface Room {
  readonly house: House;
  /** Where answers come from: the house's finder, with each article shortened to its title unless they are wanted whole. */
  readonly finder: House['finder'];
  readonly language?: string;
  readonly channel: string;
  readonly cases: readonly PastCase[];
  /** The conversation is linked with one on another channel. */
  readonly linked: boolean;
}

/** Sunday 2 November 2025, 09:00 in Riyadh. */
export const start = Date.UTC(2025, 10, 2, 6);

/** Prepares a charity once for any number of transcripts; without a trained model questions are only searched for. */
export function openHouse({ set, articles, texts = {}, rules, lessons }: Pack, trained?: Trained): House {
  const follower = traced(set);
  const now = (): number => start;
  const finder = lessons && trained ? createAdviser(lessons, trained, articles, now) : createFinder(articles, now);
  return {
    set,
    charity: set.charity,
    texts: new Texts(texts, set.languages),
    ...(rules !== undefined && { rules: parseRules('flows/rules.yaml', rules) }),
    ...(lessons && { tongue: tonguesOf(lessons) }),
    traced: follower,
    marker: new Marker(follower.prepared),
    finder: { ...finder, articles },
  };
}

/** The charity that a transcript's header names. */
export function charityOf(transcript: string): string {
  return header(transcript, 'charity') ?? 'safe-treatment';
}

/**
 * The room that a transcript's header describes: `# language: ar`, `# channel: website`, `# cases: own submitted, other approved, linked`,
 * `# answers: whole` (else an article stands as its title).
 */
export function roomFor(transcript: string, house: House): Room {
  const language = header(transcript, 'language');
  const past = (header(transcript, 'cases') ?? '').split(',').map((one) => one.trim());
  return {
    house,
    finder: header(transcript, 'answers') === 'whole' ? house.finder : byTitle(house.finder),
    ...(language !== undefined && { language }),
    channel: header(transcript, 'channel') ?? 'website',
    linked: past.includes('linked'),
    cases: past
      .map((one) => one.split(' '))
      .flatMap(([whose, status]) => (status === undefined ? [] : [{ own: whose === 'own', status }])),
  };
}

function header(transcript: string, name: string): string | undefined {
  return new RegExp(`^# ${name}:(.*)$`, 'm').exec(transcript)?.[1]?.trim();
}
