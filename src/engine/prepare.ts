/** Indexes a flow set once, so that a turn finds steps, words and texts without searching. */
import { forEachWord } from './global-words.js';
import { plain } from './text/normalise.js';
import { Phrases } from './text/phrases.js';
import { compileTemplate, type Template } from './text/template.js';
import type {
  AskingStep,
  CallStep,
  Condition,
  DangerRule,
  Flow,
  FlowSet,
  GlobalWord,
  Language,
  Step,
  Text,
} from './types.js';

export interface PreparedFlow {
  readonly flow: Flow;
  readonly steps: ReadonlyMap<string, Step>;
  /** The step after each step in order; absent after the last. */
  readonly next: ReadonlyMap<string, string>;
  /** Questions by the name of their answer, those of called flows included. */
  readonly questions: ReadonlyMap<string, AskingStep>;
  /** When each question is asked: its own condition, and those of the calls that lead to it. */
  readonly conditions: ReadonlyMap<string, readonly Condition[]>;
  /** Questions that are only asked when an answer has a certain value: answer name → questions. */
  readonly dependents: ReadonlyMap<string, ReadonlySet<string>>;
  /** For a question of a called flow: the call step of this flow that leads there. */
  readonly through: ReadonlyMap<string, CallStep>;
}

/** Each rule with the marks that its phrases, and what excuses them, leave on a text. */
export interface PreparedDanger {
  readonly rules: readonly { readonly rule: DangerRule; readonly named: symbol; readonly excused: symbol }[];
  readonly phrases: Phrases<symbol>;
  readonly now: Phrases<'now'>;
  readonly calm: Phrases<'calm'>;
}

type YesNoWords = Readonly<Record<'yes' | 'no' | 'courtesy', string[]>>;

export interface Prepared {
  readonly set: FlowSet;
  readonly flows: ReadonlyMap<string, PreparedFlow>;
  /** Normalised word → its meaning, over all languages. */
  readonly words: ReadonlyMap<string, GlobalWord>;
  readonly wordLists: Readonly<Record<GlobalWord, readonly string[]>>;
  readonly danger: PreparedDanger;
  /** Words of all languages for yes, no and courtesy, as answer types take them. */
  readonly yesNo: YesNoWords;
  /** The same where it is asked whether our messages should stop: whoever says it once more says yes. */
  readonly stopOrKeep: YesNoWords;
  template(source: string): Template;
  /** Normalised form of a text of the set; remembered, since labels are few. */
  plain(source: string): string;
}

/** Prepares a set; cheap enough for start-up, too dear for every turn. */
export function prepare(set: FlowSet): Prepared {
  const templates = new Map<string, Template>();
  const plains = new Map<string, string>();
  const wordLists = listWords(set);
  const yesNo = {
    yes: [...wordLists.yes],
    no: [...wordLists.no],
    courtesy: [...wordLists.greeting, ...wordLists.thanks, ...wordLists.courtesy],
  };
  return {
    set,
    flows: new Map(Object.values(set.flows).map((flow) => [flow.id, prepareFlow(set, flow)])),
    words: indexWords(wordLists),
    wordLists,
    danger: prepareDanger(set),
    yesNo,
    stopOrKeep: { ...yesNo, yes: [...yesNo.yes, ...wordLists.rest] },
    template: (source) => remember(templates, source, compileTemplate),
    plain: (source) => remember(plains, source, plain),
  };
}

/** The text in the wanted language, or in the set's first. */
export function inLanguage(set: FlowSet, text: Text, language: Language): string {
  return text[language] ?? text[set.languages[0] ?? ''] ?? '';
}

function prepareDanger({ danger, dangerWords }: FlowSet): PreparedDanger {
  const rules = danger.map((rule) => ({ rule, named: Symbol(rule.kind), excused: Symbol(rule.kind) }));
  const phrases = rules.flatMap(({ rule, named, excused }) => [
    ...rule.phrases.map((phrase) => [phrase, named] as const),
    ...rule.unless.map((phrase) => [phrase, excused] as const),
  ]);
  return {
    rules,
    phrases: new Phrases(phrases),
    now: new Phrases((dangerWords?.now ?? []).map((phrase) => [phrase, 'now'])),
    calm: new Phrases((dangerWords?.calm ?? []).map((phrase) => [phrase, 'calm'])),
  };
}

export function isAsking(step: Step): step is AskingStep {
  return step.kind === 'ask' || step.kind === 'consent' || step.kind === 'declaration' || step.kind === 'review';
}

function prepareFlow(set: FlowSet, flow: Flow): PreparedFlow {
  const questions = new Map<string, AskingStep>();
  const through = new Map<string, CallStep>();
  const conditions = new Map<string, readonly Condition[]>();
  const dependents = new Map<string, Set<string>>();
  collect(set, flow, [], new Set(), (question, calls) => {
    questions.set(question.id, question);
    if (calls[0]) through.set(question.id, calls[0]);
    const all = [...calls, question].flatMap(({ onlyIf }) => (onlyIf ? [onlyIf] : []));
    conditions.set(question.id, all);
    for (const { name } of all.flat()) dependents.set(name, (dependents.get(name) ?? new Set()).add(question.id));
  });
  const ids = flow.steps.map((step) => step.id);
  return {
    flow,
    steps: new Map(flow.steps.map((step) => [step.id, step])),
    next: new Map(ids.slice(0, -1).map((id, index) => [id, ids[index + 1] ?? ''])),
    questions,
    conditions,
    dependents,
    through,
  };
}

function collect(
  set: FlowSet,
  flow: Flow,
  calls: readonly CallStep[],
  seen: Set<string>,
  visit: (question: AskingStep, calls: readonly CallStep[]) => void,
): void {
  if (seen.has(flow.id)) return;
  seen.add(flow.id);
  for (const step of flow.steps) {
    if (isAsking(step)) visit(step, calls);
    const called = step.kind === 'call' ? set.flows[step.flow] : undefined;
    if (step.kind === 'call' && called) collect(set, called, [...calls, step], seen, visit);
  }
}

/** A set that was published before a word came to be lacks it. */
function listWords(set: FlowSet): Record<GlobalWord, string[]> {
  const known = new Map(Object.entries(set.words));
  return forEachWord((word) =>
    Object.values(known.get(word) ?? {})
      .flat()
      .map(plain),
  );
}

/** Words that mean a wish of their own; yes, no and the like have a meaning only at a question. */
const commands: readonly GlobalWord[] = [
  'menu',
  'back',
  'cancel',
  'help',
  'person',
  'language',
  'greeting',
  'thanks',
  'rest',
  'link',
  'code',
  'separate',
  'upload',
];

function indexWords(lists: Record<GlobalWord, readonly string[]>): Map<string, GlobalWord> {
  return new Map(commands.flatMap((word) => lists[word].map((text) => [text, word] as const)));
}

function remember<T>(memory: Map<string, T>, source: string, make: (source: string) => T): T {
  const known = memory.get(source);
  if (known !== undefined) return known;
  const made = make(source);
  if (memory.size < 20_000) memory.set(source, made);
  return made;
}
