/** What serves each clause of each charity's policy, and what is wrong with that. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowSet } from '../../src/engine/types.js';
import type { Said } from '../pack-files.js';
import { type Clause, policiesPath, type Policies, type Screen, type Tag } from './read.js';

/** A flow or article as it stands in the page. */
export interface Server {
  readonly kind: 'flow' | 'article';
  readonly file: string;
  readonly id: string;
  readonly steps: readonly string[];
}
export interface Row {
  readonly clause: Clause;
  readonly line: number;
  readonly text: string;
  readonly servers: readonly Server[];
  readonly screens: readonly Screen[];
}
export interface Covered {
  /** Rows by charity, in the order of its policy. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly findings: readonly Said[];
}

/** The flows that each charity has, by its id; a tag counts only where its flow and step are. */
export type Sets = ReadonlyMap<string, Pick<FlowSet, 'flows'>>;

/** `root`: where the files of screens are looked for. */
export function coverPolicies(policies: Policies, tags: readonly Tag[], sets: Sets, root: string): Covered {
  const rows = new Map<string, Row[]>();
  for (const charity of policies.titles.keys()) {
    const own = policies.clauses.flatMap((clause) => rowOf(clause, charity, policies, tags, sets));
    rows.set(
      charity,
      own.sort((a, b) => a.line - b.line),
    );
  }
  const findings = [
    ...tags.flatMap((tag) => tagFault(tag, policies, sets)),
    ...policies.clauses.flatMap((clause) => screenFaults(clause, policies)),
    ...[...policies.screens].flatMap(([id, screen]) => fileFaults(id, screen, root)),
    ...[...rows].flatMap(([charity, own]) => own.flatMap((row) => unserved(charity, row))),
  ];
  return { rows, findings };
}

function rowOf(clause: Clause, charity: string, policies: Policies, tags: readonly Tag[], sets: Sets): Row[] {
  const quote = clause.quotes.get(charity);
  if (!quote) return [];
  const own = tags.filter((tag) => tag.clause === clause.id && counts(tag, charity, sets));
  const files = [...new Set(own.map(({ file }) => file))];
  const servers = files.map((file) =>
    serverOf(
      file,
      own.filter((tag) => tag.file === file),
    ),
  );
  const screens = clause.screens.flatMap((id) => policies.screens.get(id) ?? []);
  return [{ clause, line: quote.line, text: quote.text, servers, screens }];
}

function serverOf(file: string, tags: readonly Tag[]): Server {
  const steps = tags.flatMap(({ step }) => step ?? []);
  return { kind: file.endsWith('.md') ? 'article' : 'flow', file, id: tags[0]?.of ?? '', steps };
}

/** Whether the charity has what is tagged. */
function counts(tag: Tag, charity: string, sets: Sets): boolean {
  if (tag.charity !== undefined && tag.charity !== charity) return false;
  if (tag.file.endsWith('.md')) return true;
  const flow = sets.get(charity)?.flows[tag.of];
  if (!flow || tag.step === undefined) return flow !== undefined;
  const { step: name } = tag;
  return Object.hasOwn(flow.ends, name) || flow.steps.some(({ id }) => id === name || id.startsWith(`${name}_`));
}

function tagFault(tag: Tag, { clauses, titles }: Policies, sets: Sets): Said[] {
  const clause = clauses.find(({ id }) => id === tag.clause);
  const at = { file: tag.file, line: tag.line, code: 'policy_tag' };
  if (!clause)
    return [{ ...at, message: `No policy has a clause "${tag.clause}".`, cure: `Its id stands in ${policiesPath}.` }];
  const charities = [...titles.keys()].filter((charity) => clause.quotes.has(charity));
  if (charities.some((charity) => counts(tag, charity, sets))) return [];
  const what = tag.step === undefined ? tag.of : `${tag.of}@${tag.step}`;
  return [
    {
      ...at,
      message: `"${what}" serves "${tag.clause}" in no charity whose policy has the clause.`,
      cure: 'Name a step or end that is there, or remove the tag.',
    },
  ];
}

function screenFaults(clause: Clause, { screens }: Policies): Said[] {
  return clause.screens
    .filter((id) => !screens.has(id))
    .map((id) => ({
      file: policiesPath,
      line: clause.at,
      code: 'policy_screen',
      message: `There is no screen "${id}".`,
      cure: `Known: ${[...screens.keys()].join(', ')}.`,
    }));
}

/** Only where the program's own files are: a charity's folder of flows has no tests. */
function fileFaults(id: string, { source, test }: Screen, root: string): Said[] {
  if (!existsSync(join(root, 'test'))) return [];
  return [source, test]
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => ({
      file: policiesPath,
      line: 1,
      code: 'policy_screen',
      message: `The screen "${id}" names ${path}, which is not there.`,
      cure: 'Name the file of now.',
    }));
}

function unserved(charity: string, { clause, servers, screens }: Row): Said[] {
  if (servers.length + screens.length > 0) return [];
  return [
    {
      file: policiesPath,
      line: clause.at,
      code: 'policy_unserved',
      message: `Nothing serves "${clause.id}" of ${charity}.`,
      cure: `Tag what does with "policy: [${clause.id}]".`,
    },
  ];
}
