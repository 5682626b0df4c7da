/** Sentences that teach two things at once: whichever is right, the other one is wrong. */
import { plain } from '../engine/text/normalise.js';
import { lineOf } from './lesson-files.js';
import type { LessonFinding, Read } from './lesson-files.js';

/** A sentence and what it teaches. */
export interface Labelled {
  readonly text: string;
  readonly label: string;
}

/** The sentences that stand under two labels, however they are spelt, with the first of `sources` that holds them (else `otherwise`). */
export function tornBetween(
  sentences: readonly Labelled[],
  sources: readonly string[],
  read: Read,
  { otherwise, cure }: { readonly otherwise: string; readonly cure: string },
): LessonFinding[] {
  const owners = new Map<string, Set<string>>();
  for (const { text, label } of sentences) {
    const key = plain(text);
    owners.set(key, (owners.get(key) ?? new Set()).add(label));
  }
  const torn = sentences.filter(({ text }) => (owners.get(plain(text))?.size ?? 0) > 1);
  const told = new Map(torn.map(({ text }) => [plain(text), text]));
  return [...told].map(([key, text]) => {
    const file = sources.find((one) => read(one)?.includes(text)) ?? otherwise;
    return {
      file,
      line: lineOf(read, file, text),
      message: `"${text}" stands under ${[...(owners.get(key) ?? [])].join(' and ')}.`,
      cure,
    };
  });
}

/** The sentences of lists by kind, each under the name of its list. */
export function labelled(lists: Readonly<Record<string, readonly string[] | undefined>> | undefined): Labelled[] {
  return Object.entries(lists ?? {}).flatMap(([label, texts]) => (texts ?? []).map((text) => ({ text, label })));
}
