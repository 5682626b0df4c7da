// A table of phrasings and counter-phrasings: a line is `+` (recognised) or `-` (not), a tab, and what somebody wrote.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Phrasing {
  readonly text: string;
  readonly meant: boolean;
}

export function table(name: string): Phrasing[] {
  const lines = readFileSync(join(import.meta.dirname, `${name}.tsv`), 'utf8')
    .trimEnd()
    .split('\n');
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const [mark, text, ...rest] = line.split('\t');
      if ((mark !== '+' && mark !== '-') || !text || rest.length > 0) throw new Error(`${name}.tsv: "${line}"`);
      return { text, meant: mark === '+' };
    });
}
