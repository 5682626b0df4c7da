/** Plays transcripts of the shipped charities: conversations as tests. How a transcript is written stands in scripts/chats/talk.ts. */
import { readFileSync } from 'node:fs';
import { playIn } from '../../scripts/chats/play.js';
import { charityOf } from '../../scripts/chats/room.js';
import type { Mark } from '../../scripts/chats/marks.js';
import type { StepResult } from '../../src/engine/types.js';
import { houseOf } from './houses.js';

export { start } from '../../scripts/chats/room.js';

export interface Played {
  text: string;
  /** Every step at which the person answered, as `flow/step`. */
  visited: Set<string>;
  results: readonly StepResult[];
  /** What was shown of the flows. */
  marks: readonly Mark[];
}

/** The transcript as it reads with the engine, the flows and the lessons of now. */
export function play(transcript: string): Played {
  const { text, results, marks } = playIn(houseOf(charityOf(transcript)), transcript);
  const visited = new Set(
    results.flatMap(({ read }) => (read.flow === undefined ? [] : [`${read.flow}/${read.step ?? ''}`])),
  );
  return { text, visited, results, marks };
}

export function readChat(path: string): string {
  return readFileSync(path, 'utf8');
}
