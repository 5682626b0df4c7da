/** Coverage in figures: for the terminal and for docs/flows/README.md. */
import type { FlowSet } from '../../src/engine/types.js';
import { liberties, type Liberty } from '../chats/marks.js';
import type { Cell, FlowCover } from './coverage.js';

export interface CharityCover {
  readonly set: FlowSet;
  readonly flows: readonly FlowCover[];
}

/** How each liberty is called in the tables. */
export const libertyNames: Readonly<Record<Liberty, string>> = {
  back: 'back',
  cancel: 'cancel',
  correction: 'correction',
  language: 'language',
  question: 'free question',
  silence: 'silence',
  kind: 'wrong kind',
};

/** One line for each flow and charity, as Markdown; `link` makes a flow's name a link. */
export function coverageTable(covers: readonly CharityCover[], link: (charity: string, flow: string) => string): string {
  const rows = covers.flatMap(({ set, flows }) =>
    flows.map((cover) => {
      const edges = share(cover.edges.map(({ walked }) => walked));
      const ends = share(cover.ends.map(({ reached }) => reached));
      const open = cover.questions.flatMap(({ cells }) => liberties.map((one) => cells[one]).filter((cell) => cell !== 'none'));
      const taken = share(open.map((cell) => cell === 'done'));
      return `| ${link(set.charity.id, cover.flow)} | ${set.charity.id} | ${edges} | ${ends} | ${cover.questions.length} | ${taken} |`;
    }),
  );
  return [
    '| flow | charity | edges walked | ends reached | questions | liberties taken |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Every question of a flow with its seven liberties. */
export function libertyTable(cover: FlowCover): string {
  const rows = cover.questions.map(
    ({ question, cells }) => `| ${question} | ${liberties.map((one) => signs[cells[one]]).join(' | ')} |`,
  );
  return [
    `| question | ${liberties.map((one) => libertyNames[one]).join(' | ')} |`,
    `|---|${liberties.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

/** Figures over all flows. */
export function coverageTotals(covers: readonly CharityCover[]): string {
  const flows = covers.flatMap((one) => one.flows);
  const edges = share(flows.flatMap((cover) => cover.edges.map(({ walked }) => walked)));
  const ends = share(flows.flatMap((cover) => cover.ends.map(({ reached }) => reached)));
  const cells = flows.flatMap((cover) => cover.questions.flatMap((one) => liberties.map((liberty) => one.cells[liberty])));
  return `edges ${edges}, ends ${ends}, liberties ${share(cells.filter((cell) => cell !== 'none').map((cell) => cell === 'done'))}`;
}

const signs: Readonly<Record<Cell, string>> = { done: '✓', missing: '**missing**', none: '–' };

function share(of: readonly boolean[]): string {
  return `${of.filter(Boolean).length} / ${of.length}`;
}
