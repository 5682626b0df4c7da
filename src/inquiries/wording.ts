/** Reads flows/wording.yaml: what words alone tell of a message, beside what the classifier learned. */
import { z } from 'zod';
import { phraseFault, Phrases, spellOut } from '../engine/text/phrases.js';
import type { Groups } from '../engine/text/phrases.js';

const word = z.coerce.string().trim().min(1);
const words = z.array(word).min(1);
const group = z.string().regex(/^[a-z_]+$/);
const said = z.strictObject({ phrases: words, unless: words.default([]) });
export const wordingFile = z
  .strictObject({
    /** Groups whose words are every stem with every ending. */
    forms: z.record(group, z.strictObject({ stems: words, endings: z.array(z.coerce.string()).min(1) })).default({}),
    /** A group may name the forms and the groups before it. */
    groups: z.record(group, words),
    refusing: z.strictObject({
      phrases: words,
      unless: words,
      /** By intents that are asked for by refusing something too: what refuses them, in place of `phrases`. */
      only: z.record(z.string(), words),
      /** Words that begin another part of a message. */
      turning: words,
    }),
    /** Wishes that are asked in the same words. */
    which: z.array(z.strictObject({ about: words, sides: z.record(z.string(), words) })),
    grief: said,
  })
  .superRefine((file, context) => {
    const all = groupsOf(file);
    for (const { path, phrase } of phrasesIn(file)) {
      const fault = phraseFault(spellOut(phrase, all));
      if (fault !== undefined) context.addIssue({ code: 'custom', path, message: `the phrase "${phrase}" ${fault}.` });
    }
  });

/** The data of `flows/wording.yaml`. */
export type Wording = z.infer<typeof wordingFile>;

/** The phrases of the file, each with what it tells. */
export function phrasesFor<Owner>(
  wording: Wording,
  owned: Iterable<readonly [phrases: readonly string[], owner: Owner]>,
): Phrases<Owner> {
  const all = groupsOf(wording);
  return new Phrases(
    [...owned].flatMap(([phrases, owner]) => phrases.map((phrase) => [spellOut(phrase, all), owner] as const)),
  );
}

/** The words of a group. */
export function groupOf(wording: Wording, name: string): readonly string[] {
  return groupsOf(wording)[name] ?? [];
}

/** The intents that the file names. */
export function intentsIn({ refusing, which }: Wording): readonly string[] {
  return [...Object.keys(refusing.only), ...which.flatMap(({ sides }) => Object.keys(sides))];
}

interface Placed {
  readonly path: (string | number)[];
  readonly phrase: string;
}

function phrasesIn({ refusing, which, grief }: Wording): Placed[] {
  return [
    ...placed(refusing.phrases, 'refusing', 'phrases'),
    ...placed(refusing.unless, 'refusing', 'unless'),
    ...Object.entries(refusing.only).flatMap(([intent, all]) => placed(all, 'refusing', 'only', intent)),
    ...which.flatMap(({ about, sides }, at) => [
      ...placed(about, 'which', at, 'about'),
      ...Object.entries(sides).flatMap(([intent, all]) => placed(all, 'which', at, 'sides', intent)),
    ]),
    ...placed(grief.phrases, 'grief', 'phrases'),
    ...placed(grief.unless, 'grief', 'unless'),
  ];
}

function placed(phrases: readonly string[], ...list: Placed['path']): Placed[] {
  return phrases.map((phrase, at) => ({ path: [...list, at], phrase }));
}

/** A file never changes, and it is asked again for every phrase. */
const known = new WeakMap<Wording['groups'], Groups>();

function groupsOf({ forms, groups }: Wording): Groups {
  const there = known.get(groups);
  if (there) return there;
  const all: Record<string, readonly string[]> = {};
  for (const [name, { stems, endings }] of Object.entries(forms))
    all[name] = stems.flatMap((stem) => endings.map((ending) => stem + ending));
  for (const [name, list] of Object.entries(groups)) all[name] = list.map((one) => spellOut(one, all));
  known.set(groups, all);
  return all;
}
