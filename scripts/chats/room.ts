/** Where a transcript is played: the charity's set and articles, and what the person and the house bring along. */
import { createFinder, type Article, type Finder } from '../../src/inquiries/index.js';
import type { FlowSet } from '../../src/engine/types.js';
import { Marker } from './marks.js';
import { traced, type Traced } from './tracer.js';

export interface House {
  readonly set: FlowSet;
  readonly articles: readonly Article[];
  readonly traced: Traced;
  readonly marker: Marker;
  readonly finder: Finder;
}

/** A case that was there before the transcript, of the person or of somebody else. */
export interface PastCase {
  readonly own: boolean;
  readonly status: string;
}

export interface Room {
  readonly house: House;
  readonly language?: string;
  readonly channel: string;
  readonly cases: readonly PastCase[];
  /** The conversation is linked with one on another channel. */
  readonly linked: boolean;
}

/** Sunday 2 November 2025, 09:00 in Riyadh. */
export const start = Date.UTC(2025, 10, 2, 6);

/** Prepares a charity once for any number of transcripts. */
export function openHouse(set: FlowSet, articles: readonly Article[]): House {
  const follower = traced(set);
  return {
    set,
    articles,
    traced: follower,
    marker: new Marker(follower.prepared),
    finder: createFinder(articles, () => start),
  };
}

/** The charity that a transcript's header names. */
export function charityOf(transcript: string): string {
  return header(transcript, 'charity') ?? 'safe-treatment';
}

/** The room that a transcript's header describes: `# language: ar`, `# channel: website`, `# cases: own submitted, other approved, linked`. */
export function roomFor(transcript: string, house: House): Room {
  const language = header(transcript, 'language');
  const past = (header(transcript, 'cases') ?? '').split(',').map((one) => one.trim());
  return {
    house,
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
