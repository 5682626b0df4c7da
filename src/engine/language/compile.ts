/** Turns a pack's files into a flow set, or into findings that say why not. */
import type { Flow, FlowSet, Moved, Text } from '../types.js';
import { checkPack } from './checks/index.js';
import { checkTone } from './checks/tone.js';
import type { DraftFlow, FlowLimits, Lists } from './draft.js';
import { expand } from './expand.js';
import { type Finding, Report } from './finding.js';
import { hashOf } from './hash.js';
import { languageLimits } from './language-limits.js';
import { findPlaceholders, type Placeholder } from './placeholders.js';
import { prune } from './prune.js';
import { type CaseRules, readCases } from './read-cases.js';
import { type Pack, readCharity } from './read-charity.js';
import { nameTemplates } from './name-templates.js';
import { readFlow } from './read-flow.js';
import type { DraftMoved } from './read-moved.js';
import { type DraftTemplate, readTemplates } from './read-templates.js';
import { type DangerFile, readDanger } from './read-danger.js';
import { readGlobalWords, type Words } from './read-words.js';
import { type LanguageFile, readTexts, type Texts, travellingTexts } from './read-texts.js';
import { readTone, type Tone, type Warning } from './tone.js';
import { type Node, parseSource, reportBidi, type SourceFile } from './source.js';

export interface Compiled {
  /** Only when there is no finding. */
  readonly set?: FlowSet;
  /** Every text of flows/texts, by dotted key. */
  readonly texts: Readonly<Record<string, Text>>;
  /** The charity's articles, not yet read. */
  readonly articles: readonly SourceFile[];
  /** What the charity says yes to. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly findings: readonly Finding[];
  readonly placeholders: readonly Placeholder[];
  /** How people are spoken to: told, but no reason to refuse. */
  readonly warnings: readonly Warning[];
  readonly tone: Tone;
}

/**
 * Compiles the pack of one charity. `files` are all files below flows/, with paths such as `flows/menu.yaml`; those of other
 * charities are read for their lists only. `limits` are those of every channel that the flows must fit.
 */
export function compilePack(files: readonly SourceFile[], charity: string, limits: readonly FlowLimits[]): Compiled {
  const report = new Report();
  const read = new Reading(files, charity, report);
  const articles = files.filter((file) => file.path.startsWith(`${read.folder}articles/`) && file.path.endsWith('.md'));
  for (const article of articles) reportBidi(article, report);
  const node = read.file(`${read.folder}charity.yaml`);
  const placeholders = node ? findPlaceholders(node) : [];
  const pack = node && readCharity(node, charity, report);
  const tone = read.tone();
  if (!pack) return { texts: {}, articles, flags: {}, findings: report.findings, placeholders, warnings: [], tone };
  const lists: Lists = { ...pack.lists, known: read.knownValues(pack) };
  const words = read.words(lists);
  const danger = read.danger(lists);
  const texts = read.texts(lists);
  const templates = read.templates(lists);
  const written = read.flows(lists).map((flow) => expand(nameTemplates(flow, templates, lists, report), lists, report));
  const byId = new Map(written.map((flow) => [flow.id, flow]));
  const endsOf = (id: string): DraftFlow['ends'] | undefined =>
    byId.get(id)?.incomplete ? undefined : byId.get(id)?.ends;
  const flows = written.map((flow) => prune(flow, lists, endsOf));
  checkPack({
    written,
    flows,
    pack: lists,
    start: pack.start,
    startAt: { file: `${read.folder}charity.yaml`, line: 1 },
    doors: words?.doors ?? [],
    texts,
    cases: read.cases(written),
    limits,
    report,
  });
  const warnings = checkTone(written, texts, tone);
  const flags = Object.fromEntries([...lists.flags].map(([name, value]) => [name, value === 'yes']));
  const base = { texts: texts.all, articles, flags, placeholders, findings: report.findings, warnings, tone };
  return report.empty && words ? { ...base, set: assemble(pack, flows, words, danger, texts, templates) } : base;
}

function assemble(
  pack: Pack,
  flows: readonly DraftFlow[],
  words: Words,
  { danger = [], dangerWords }: Partial<DangerFile>,
  texts: Texts,
  templates: readonly DraftTemplate[],
): FlowSet {
  // Whose every step is another charity's; no jump that is left leads there.
  const kept = flows.filter(({ steps }) => steps.length > 0);
  const body: Omit<FlowSet, 'hash'> = {
    version: 1,
    charity: pack.facts,
    languages: pack.lists.languages,
    start: pack.start,
    readFirst: pack.readFirst,
    flows: Object.fromEntries(kept.map((flow) => [flow.id, compiled(flow)])),
    doors: Object.fromEntries(words.doors.map(({ word, flow }) => [word, flow])),
    words: words.words,
    danger,
    ...(dangerWords && { dangerWords }),
    texts: travellingTexts(texts),
    approved: Object.fromEntries(
      templates.filter(({ approved }) => approved).map(({ template }) => [template.id, template]),
    ),
    inquiries: pack.inquiries,
  };
  return { ...body, hash: hashOf(body) };
}

function compiled(flow: DraftFlow): Flow {
  return {
    id: flow.id,
    title: flow.title,
    steps: flow.steps.map(({ step }) => step),
    ends: Object.fromEntries(flow.ends.map(({ end }) => [end.id, end])),
    ...(flow.moved.length > 0 && { moved: movedOf(flow) }),
  };
}

function movedOf({ moved }: DraftFlow): Moved {
  const of = (kind: DraftMoved['kind']) => moved.filter((one) => one.kind === kind);
  return {
    steps: Object.fromEntries(of('step').map(({ from, to }) => [from, to])),
    answers: Object.fromEntries(of('answer').map(({ from, to }) => [from, to === 'forget' ? null : to])),
    flows: of('flow').map(({ from }) => from),
  };
}

/** Files that stand among the flows and are none. */
const besides: ReadonlySet<string> = new Set([
  'flows/words.yaml',
  'flows/danger.yaml',
  'flows/policies.yaml',
  'flows/cases.yaml',
  'flows/tone.yaml',
  'flows/intents.yaml',
  'flows/dialect.yaml',
  'flows/training.yaml',
  'flows/kinds.yaml',
  'flows/alarms.yaml',
  'flows/rule-lessons.yaml',
  'flows/rules.yaml',
  'flows/wording.yaml',
]);

/** The files of a pack, found by their paths. */
class Reading {
  readonly folder: string;
  private readonly byPath: ReadonlyMap<string, SourceFile>;

  constructor(
    private readonly files: readonly SourceFile[],
    private readonly charity: string,
    private readonly report: Report,
  ) {
    this.folder = `flows/charities/${charity}/`;
    this.byPath = new Map(files.map((file) => [file.path, file]));
  }

  file(path: string): Node | undefined {
    const file = this.byPath.get(path);
    if (!file)
      this.report.add(
        'missing_file',
        { file: path, line: 1 },
        'The file is missing.',
        'Write it; another charity shows how.',
      );
    return file && parseSource(file, this.report);
  }

  words(pack: Lists): Words | undefined {
    const node = this.file('flows/words.yaml');
    return node && readGlobalWords(node, pack.languages, this.report);
  }

  danger(pack: Lists): Partial<DangerFile> {
    const node = this.file('flows/danger.yaml');
    return node ? readDanger(node, pack.languages, this.report) : {};
  }

  /** A pack may do without: then words wait until the person writes. */
  templates(pack: Lists): DraftTemplate[] {
    const path = `${this.folder}templates.yaml`;
    const node = this.byPath.has(path) ? this.file(path) : undefined;
    return node ? readTemplates(node, pack.languages, this.report) : [];
  }

  /** Needed only where something is filed. */
  cases(flows: readonly DraftFlow[]): CaseRules | undefined {
    const files = flows.some(
      (flow) => flow.steps.some(({ step }) => step.kind === 'submit') || flow.ends.some(({ end }) => end.submit),
    );
    const node = files ? this.file('flows/cases.yaml') : undefined;
    return node && readCases(node, this.report);
  }

  /** A pack may do without. */
  tone(): Tone {
    const node = this.byPath.has('flows/tone.yaml') ? this.file('flows/tone.yaml') : undefined;
    return node ? readTone(node, this.report) : { rules: [], longest: {}, leaveOut: new Set() };
  }

  /** Texts of every language that the pack speaks or that is there. */
  texts(pack: Lists): Texts {
    const found = this.files.flatMap((file) => /^flows\/texts\/([a-z-]+)\.yaml$/.exec(file.path)?.[1] ?? []);
    const languages = [...new Set([...pack.languages, ...found])];
    const files = languages.flatMap((language): LanguageFile[] => {
      const node = this.file(`flows/texts/${language}.yaml`);
      return node ? [{ language, node }] : [];
    });
    return readTexts(files, this.report);
  }

  /** The flows of all charities, and this charity's own, which win by their id. */
  flows(pack: Lists): DraftFlow[] {
    const shared = this.readFlows(/^flows\/[^/]+\.yaml$/, pack);
    const own = this.readFlows(new RegExp(`^${this.folder}flows/[^/]+\\.yaml$`), pack);
    const all = [...own, ...shared.filter((flow) => !own.some((one) => one.id === flow.id))];
    if (all.length > languageLimits.flows) {
      this.report.add(
        'too_many',
        { file: this.folder, line: 1 },
        `There are more than ${languageLimits.flows} flows.`,
        'Join those that belong together.',
      );
      return [];
    }
    return all.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private readFlows(path: RegExp, pack: Lists): DraftFlow[] {
    const files = this.files.filter((file) => path.test(file.path) && !besides.has(file.path));
    const flows: DraftFlow[] = [];
    for (const file of files) {
      const flow = this.readFlow(file, pack);
      if (flows.some((one) => one.id === flow.id))
        this.report.add('duplicate_id', flow.at, `There are two flows "${flow.id}".`, 'Give one another name.');
      else flows.push(flow);
    }
    return flows;
  }

  /** One that cannot be read stands empty under its file's name, so that jumps to it are no findings of their own. */
  private readFlow(file: SourceFile, pack: Lists): DraftFlow {
    const losses = this.report.losses;
    const node = parseSource(file, this.report);
    const flow = node && readFlow(node, file.path, pack, this.report);
    if (flow) return this.report.losses > losses ? { ...flow, incomplete: true } : flow;
    const id = /([^/]+)\.yaml$/.exec(file.path)?.[1] ?? file.path;
    return {
      id,
      at: { file: file.path, line: 1 },
      title: {},
      steps: [],
      ends: [],
      moved: [],
      places: new Map(),
      incomplete: true,
    };
  }

  /** For each list the ids that any charity gives it. */
  knownValues(pack: Pack): Map<string, Set<string>> {
    const known = new Map<string, Set<string>>();
    const add = (lists: Pack['lists']['lists']): void => {
      for (const [name, items] of lists)
        known.set(name, new Set([...(known.get(name) ?? []), ...items.map((item) => item.choice.id)]));
    };
    add(pack.lists.lists);
    for (const file of this.files) {
      const [, other] = /^flows\/charities\/([^/]+)\/charity\.yaml$/.exec(file.path) ?? [];
      if (other === undefined || other === this.charity) continue;
      const unheard = new Report();
      const node = parseSource(file, unheard);
      const theirs = node && readCharity(node, other, unheard);
      if (theirs) add(theirs.lists.lists);
    }
    return known;
  }
}
