/** What a turn shows of a flow: which edges were walked, which ends reached, and which liberties a person took at a question. */
import type { Input, Session, StepResult } from '../../src/engine/types.js';
import type { Prepared } from '../../src/engine/prepare.js';
import { clean } from '../../src/engine/text/clean.js';
import { plain } from '../../src/engine/text/normalise.js';
import { type Edge, edgeName, edgesOf, type Way } from '../flows/ways.js';
import type { Passed } from './tracer.js';

/** What a person may do at every question; see DESIGN §3.1, property 3. */
export const liberties = ['back', 'cancel', 'correction', 'language', 'question', 'silence', 'kind'] as const;
export type Liberty = (typeof liberties)[number];

/** One thing that was shown of a flow. */
export interface Mark {
  readonly flow: string;
  /** `edge` with an edge's name, `end` with an end, or a liberty with the question. */
  readonly what: 'edge' | 'end' | Liberty;
  readonly name: string;
}

/** One turn, from the session before to the result. */
export interface Shown {
  readonly input: Input;
  readonly before: Session | null;
  readonly result: StepResult;
  readonly passed: readonly Passed[];
}

/** Reads marks off turns, for the flows of one set. */
export class Marker {
  private readonly edges: ReadonlyMap<string, ReadonlyMap<string, Edge>>;

  constructor(private readonly prepared: Prepared) {
    const flows = Object.values(prepared.set.flows);
    this.edges = new Map(
      flows.map((flow) => [flow.id, new Map(edgesOf(flow, prepared.set).map((edge) => [edgeName(edge), edge]))]),
    );
  }

  marks(shown: Shown): Mark[] {
    return [...this.walked(shown), ...this.ends(shown), ...this.taken(shown)];
  }

  private walked(shown: Shown): Mark[] {
    const { passed } = shown;
    const left = this.departure(shown);
    const waiting = shown.before?.stack.at(-1);
    let first = true;
    return passed.flatMap((from, index) => {
      const to = passed[index + 1];
      const atWaiting = from.flow === waiting?.flow && from.step === waiting.step;
      const way = this.wayFrom(from, atWaiting && first ? left : undefined);
      if (atWaiting && to) first = false;
      if (!to || way === undefined) return [];
      const name = this.edgeBetween(from, to, way, shown);
      return name === undefined ? [] : [{ flow: from.flow, what: 'edge' as const, name }];
    });
  }

  /** How a place is left: a question by what the person did, an end by `then`, anything else by order or over its condition. */
  private wayFrom(from: Passed, left: Way | undefined): Way | undefined {
    if (from.held === false) return 'pass';
    const flow = this.prepared.flows.get(from.flow);
    const step = flow?.flow.steps.find((one) => one.id === from.step);
    if (!step) return 'then';
    return flow?.questions.has(from.step) ? left : 'go';
  }

  private edgeBetween(from: Passed, to: Passed, way: Way, { before }: Shown): string | undefined {
    const edges = this.edges.get(from.flow);
    const starts = this.prepared.set.flows[to.flow]?.steps[0]?.id === to.step;
    const drafts = before?.parked?.some((stack) => stack[0]?.flow === to.flow) ?? false;
    const targets = [
      ...(from.flow === to.flow ? [to.step] : []),
      ...(starts && !drafts ? [`flow/${to.flow}`] : []),
      ...(drafts ? ['resume'] : []),
    ];
    return targets.map((target) => edgeName({ from: from.step, to: target, way })).find((name) => edges?.has(name));
  }

  /** What moved the person on from the waiting question; undefined when it was no answer. */
  private departure({ input, before, result }: Shown): Way | undefined {
    if (input.kind === 'timer') return input.due === 'silence' ? 'silence' : undefined;
    if (input.kind !== 'message') return undefined;
    const { pending } = before ?? {};
    const said = plain(clean(input.text ?? ''));
    if (input.choice?.startsWith('!/')) return input.choice === '!/pending/answer' ? 'go' : undefined;
    if (pending && input.choice === undefined && result.read.as === 'button') return undefined;
    switch (result.read.as) {
      case 'button':
      case 'choice':
      case 'answer':
        if (input.choice !== undefined) return input.choice.endsWith('/skipped') ? 'skip' : 'go';
        return this.skippable(before) && this.prepared.wordLists.skip.includes(said) ? 'skip' : 'go';
      case 'wrong':
        return 'wrong';
      default:
        return undefined;
    }
  }

  private skippable(before: Session | null): boolean {
    const frame = before?.stack.at(-1);
    const step = frame && this.prepared.flows.get(frame.flow)?.questions.get(frame.step);
    return step?.kind === 'ask' && step.optional === true;
  }

  private ends({ passed }: Shown): Mark[] {
    return passed.flatMap(({ flow, step }) =>
      this.prepared.set.flows[flow]?.ends[step] ? [{ flow, what: 'end' as const, name: step }] : [],
    );
  }

  private taken(shown: Shown): Mark[] {
    const { before } = shown;
    const frame = before?.stack.at(-1);
    if (!frame || before?.hold || !this.prepared.flows.get(frame.flow)?.questions.has(frame.step)) return [];
    return liberties
      .filter((liberty) => this.took(liberty, shown))
      .map((what) => ({ flow: frame.flow, what, name: frame.step }));
  }

  private took(liberty: Liberty, { input, before, result }: Shown): boolean {
    const { session, read } = result;
    if (liberty === 'silence') return input.kind === 'timer' && input.due === 'silence';
    if (input.kind !== 'message') return false;
    switch (liberty) {
      case 'back':
      case 'cancel':
        return this.obeyed(liberty, input, before, result);
      case 'language':
        return session.language !== before?.language;
      case 'question':
        return read.as === 'question';
      case 'correction':
        return read.as === 'correction' || redoing(session) > redoing(before);
      case 'kind':
        return read.as === 'wrong' && (input.media !== undefined || (input.files?.length ?? 0) > 0);
    }
  }

  /** The word was done, at once or after it was asked back. */
  private obeyed(
    word: 'back' | 'cancel',
    input: Extract<Input, { kind: 'message' }>,
    before: Session | null,
    { session, read }: StepResult,
  ): boolean {
    const pending = before?.pending;
    if (input.choice === '!/pending/command') return pending?.about === 'word' && pending.word === word;
    const said = this.prepared.words.get(plain(clean(input.text ?? '')));
    return read.as === 'word' && said === word && session.pending?.about !== 'word';
  }
}

/** Questions that a correction asks again; told from the written session, so that it holds for every shape of a frame. */
function redoing(session: Session | null): number {
  return session?.stack.filter(({ answers: _, ...frame }) => JSON.stringify(frame).includes('"redo":')).length ?? 0;
}
