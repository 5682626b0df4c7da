/** What `npm run flows` can be asked for. */
import { parseArgs } from 'node:util';

export interface Options {
  /** The folder that holds `flows`. */
  readonly root: string;
  readonly quiet: boolean;
  /** Lists what charities still have to fill in. */
  readonly placeholders: boolean;
  /** Tells what was proven, in `language`. */
  readonly explain: boolean;
  readonly language: string;
  /** Draws the flows, and what transcripts show of them. */
  readonly draw: boolean;
  /** Prints what transcripts show; fails when anything is missing. */
  readonly coverage: boolean;
  /** Writes transcripts that show what is missing. */
  readonly cover: boolean;
  /** Writes what serves each clause of the policies. */
  readonly policies: boolean;
  /** Writes the JSON schemas for editors. */
  readonly schema: boolean;
}

export function readOptions(args: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      root: { type: 'string', default: '.' },
      language: { type: 'string', default: 'en' },
      quiet: flag,
      placeholders: flag,
      explain: flag,
      draw: flag,
      coverage: flag,
      cover: flag,
      policies: flag,
      schema: flag,
    },
  });
  return values;
}
