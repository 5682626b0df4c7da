/** Plays a whole transcript, and writes down how it should read. */
import type { StepResult } from '../../src/engine/types.js';
import type { Mark } from './marks.js';
import { type House, roomFor } from './room.js';
import { beginTalk, hear } from './talk.js';

export interface Played {
  /** The whole transcript as it reads with this engine and these flows. */
  readonly text: string;
  readonly results: readonly StepResult[];
  readonly marks: readonly Mark[];
}

/** The lines of the person, of staff and of time are played; what the bot says is written anew. */
export function playIn(house: House, transcript: string): Played {
  const room = roomFor(transcript, house);
  let talk = beginTalk(room);
  const lines: string[] = [];
  const results: StepResult[] = [];
  const marks: Mark[] = [];
  for (const line of transcript.split('\n')) {
    if (line.startsWith('#')) lines.push(line);
    if (!/^[>~=] /.test(line)) continue;
    if (lines.at(-1)?.startsWith('#')) lines.push('');
    const heard = hear(room, talk, line);
    talk = heard.talk;
    lines.push(...heard.lines);
    results.push(...heard.results);
    marks.push(...heard.marks);
  }
  return { text: `${lines.join('\n').trimEnd()}\n`, results, marks };
}
