/** How much of each flow the transcripts show: edges walked, ends reached, and every liberty at every question. */
import { answerTypes } from '../../src/engine/answers/index.js';
import type { AskingStep, Flow, FlowSet } from '../../src/engine/types.js';
import { liberties, type Liberty, type Mark } from '../chats/marks.js';
import { type Edge, edgeName, edgesOf, asks } from './ways.js';

export type Cell = 'done' | 'missing' | 'none';

export interface QuestionCover {
  readonly question: string;
  /** `none`: the question leaves no room for it (nothing to correct yet; any words are its answer). */
  readonly cells: Readonly<Record<Liberty, Cell>>;
}

export interface FlowCover {
  readonly flow: string;
  readonly edges: readonly { readonly edge: Edge; readonly walked: boolean }[];
  readonly ends: readonly { readonly end: string; readonly reached: boolean }[];
  readonly questions: readonly QuestionCover[];
}

/** The coverage of every flow of a charity by the marks of its transcripts, in order of name. */
export function coverageOf(set: FlowSet, marks: readonly Mark[]): FlowCover[] {
  const seen = new Set(marks.map(markKey));
  return Object.values(set.flows)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((flow) => coverFlow(flow, set, seen));
}

/** What is still to be shown of a flow. */
export function missingIn(cover: FlowCover): Mark[] {
  const { flow } = cover;
  const edges = cover.edges.filter((one) => !one.walked).map(({ edge }) => edgeName(edge));
  const ends = cover.ends.filter((one) => !one.reached).map(({ end }) => end);
  return [
    ...edges.map((name) => ({ flow, what: 'edge' as const, name })),
    ...ends.map((name) => ({ flow, what: 'end' as const, name })),
    ...cover.questions.flatMap(({ question, cells }) =>
      liberties
        .filter((liberty) => cells[liberty] === 'missing')
        .map((what) => ({ flow, what, name: question })),
    ),
  ];
}

/** A mark in one line. */
export function markKey({ flow, what, name }: Mark): string {
  return `${flow}: ${what} ${name}`;
}

function coverFlow(flow: Flow, set: FlowSet, seen: ReadonlySet<string>): FlowCover {
  const has = (what: Mark['what'], name: string): boolean => seen.has(markKey({ flow: flow.id, what, name }));
  const edges = edgesOf(flow, set);
  const corrigible = whereCorrigible(flow, edges);
  const cell = (step: AskingStep, liberty: Liberty): Cell => {
    if (has(liberty, step.id)) return 'done';
    return open(step, liberty, corrigible) ? 'missing' : 'none';
  };
  return {
    flow: flow.id,
    edges: edges.map((edge) => ({ edge, walked: has('edge', edgeName(edge)) })),
    ends: Object.keys(flow.ends).map((end) => ({ end, reached: has('end', end) })),
    questions: flow.steps.filter(asks).map((step) => ({
      question: step.id,
      cells: Object.fromEntries(liberties.map((liberty) => [liberty, cell(step, liberty)])) as QuestionCover['cells'],
    })),
  };
}

/** Where any words are the answer, a question is one too; before the first named answer there is nothing to correct. */
function open(step: AskingStep, liberty: Liberty, corrigible: ReadonlySet<string>): boolean {
  if (liberty === 'correction') return corrigible.has(step.id);
  return liberty !== 'question' || step.kind !== 'ask' || !answerTypes.get(step.answer)?.freeText;
}

/** Questions that can be met after an answer with a short name was given in the same flow; a consent is no answer to correct. */
function whereCorrigible(flow: Flow, edges: readonly Edge[]): Set<string> {
  const named = new Set(flow.steps.filter((step) => step.kind === 'ask' && step.short).map((step) => step.id));
  const onward = edges.filter(({ way }) => way !== 'wrong' && way !== 'silence');
  const open = onward.filter(({ from, way }) => named.has(from) && way === 'go').map(({ from, to }) => ({ from, to }));
  const met = new Map<string, Set<string>>();
  for (let next = open.pop(); next; next = open.pop()) {
    const { from, to } = next;
    const sources = met.get(to) ?? new Set<string>();
    if (sources.has(from)) continue;
    met.set(to, sources.add(from));
    for (const edge of onward) if (edge.from === to) open.push({ from, to: edge.to });
  }
  return new Set([...met].filter(([step, sources]) => [...sources].some((one) => one !== step)).map(([step]) => step));
}
