/** Draws each flow as SVG and Mermaid, and what the transcripts show of it; every file below docs/flows comes from here. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Flow, FlowSet } from '../src/engine/types.js';
import { liberties } from './chats/marks.js';
import type { FlowCover } from './flows/coverage.js';
import {
  type CharityCover,
  coverageTable,
  coverageTotals,
  libertyNames,
  libertyTable,
} from './flows/coverage-table.js';
import { layOut } from './flows/layout.js';
import { mermaidOf } from './flows/mermaid.js';
import { type Picture, pictureOf, type Texts } from './flows/picture.js';
import { type Shade, svgOf } from './flows/svg.js';
import { edgeName } from './flows/ways.js';

/** A file below docs/flows: its text, or a picture that is still to be laid out. */
export type Plan =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly picture: Picture; readonly shade?: Shade };

export const drawingFolder = 'docs/flows';

/** What makes an SVG look as it does, beside its picture. */
const drawers = ['layout', 'lines', 'svg'].map((name) => `scripts/flows/${name}.ts`);

/** Everything that belongs into the folder of drawings. One drawing serves several charities where it is the same in all. */
export function planDrawings(covers: readonly CharityCover[], texts: Texts): Plan[] {
  const plans = new Map<string, Plan>();
  const places = new Map<string, string>();
  const ids = [...new Set(covers.flatMap(({ set }) => Object.keys(set.flows)))].sort();
  for (const id of ids) {
    const sets = covers.map(({ set }) => set).filter((set) => set.flows[id]);
    const folders = foldersFor(id, sets, texts);
    for (const set of sets) {
      const place = `${folders.get(set.charity.id) ?? ''}${id}`;
      places.set(`${set.charity.id} ${id}`, place);
      for (const plan of planFlow(set.flows[id], set, `${drawingFolder}/${place}`, texts)) plans.set(plan.path, plan);
    }
  }
  for (const { set, flows } of covers)
    for (const cover of flows) for (const plan of planCover(cover, set, texts)) plans.set(plan.path, plan);
  return [...plans.values(), { path: `${drawingFolder}/README.md`, text: readme(covers, places) }];
}

/** Writes the drawings anew; nothing else stays in their folder. */
export async function writeDrawings(root: string, plans: readonly Plan[]): Promise<void> {
  rmSync(join(root, drawingFolder), { recursive: true, force: true });
  for (const plan of plans) {
    const text = 'text' in plan ? plan.text : await drawn(root, plan.picture, plan.shade);
    mkdirSync(dirname(join(root, plan.path)), { recursive: true });
    writeFileSync(join(root, plan.path), text);
  }
}

/** A picture as SVG. */
export async function drawn(root: string, picture: Picture, shade?: Shade): Promise<string> {
  return svgOf(picture, await layOut(picture), drawingMark(root, picture, shade), shade);
}

/** Changes with the picture, with what is shaded, and with the drawer: so a stale drawing is known without drawing it again. */
export function drawingMark(root: string, picture: Picture, shade?: Shade): string {
  const hash = createHash('sha256').update(JSON.stringify([picture, shade ?? null]));
  for (const path of drawers) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 24);
}

/** Nothing where the drawing is every charity's, else a folder for each charity. */
function foldersFor(id: string, sets: readonly FlowSet[], texts: Texts): Map<string, string> {
  const drawings = sets.map((set) =>
    JSON.stringify(set.languages.map((language) => picture(set.flows[id], set, texts, language))),
  );
  const same = new Set(drawings).size === 1;
  return new Map(sets.map((set) => [set.charity.id, same ? '' : `${set.charity.id}/`]));
}

function picture(flow: Flow | undefined, set: FlowSet, texts: Texts, language: string): Picture | undefined {
  return flow && pictureOf(flow, set, texts, language);
}

function planFlow(flow: Flow | undefined, set: FlowSet, base: string, texts: Texts): Plan[] {
  if (!flow) return [];
  return set.languages.flatMap((language) => {
    const drawing = pictureOf(flow, set, texts, language);
    return [
      { path: `${base}.${language}.svg`, picture: drawing },
      { path: `${base}.${language}.mmd`, text: mermaidOf(drawing) },
    ];
  });
}

/** The flow in the charity's first language; walked edges green, and a row of dots for the liberties at each question. */
function planCover(cover: FlowCover, set: FlowSet, texts: Texts): Plan[] {
  const flow = set.flows[cover.flow];
  if (!flow) return [];
  const shade: Shade = {
    unwalked: cover.edges.filter((one) => !one.walked).map(({ edge }) => edgeName(edge)),
    marks: Object.fromEntries(
      cover.questions.map(({ question, cells }) => [question, liberties.map((liberty) => cells[liberty])]),
    ),
  };
  const path = `${drawingFolder}/coverage/${set.charity.id}/${flow.id}.svg`;
  return [{ path, picture: pictureOf(flow, set, texts, set.languages[0] ?? 'ar'), shade }];
}

function readme(covers: readonly CharityCover[], places: ReadonlyMap<string, string>): string {
  const place = (charity: string, flow: string): string => places.get(`${charity} ${flow}`) ?? flow;
  const links = (charity: string, flow: string): string => {
    const set = covers.find((one) => one.set.charity.id === charity)?.set;
    const drawings = (set?.languages ?? []).map((language) => `[${language}](${place(charity, flow)}.${language}.svg)`);
    return `[${flow}](#${charity}-${flow}) ${drawings.join(' ')} [walked](coverage/${charity}/${flow}.svg)`;
  };
  const sections = covers.flatMap(({ set, flows }) =>
    flows
      .filter(({ questions }) => questions.length > 0)
      .map(
        (cover) =>
          `<a id="${set.charity.id}-${cover.flow}"></a>\n\n### ${cover.flow}, ${set.charity.id}\n\n${libertyTable(cover)}\n`,
      ),
  );
  return [
    '# The flows, drawn and walked',
    '',
    'Written by `npm run flows -- --draw`: every flow as SVG and as Mermaid (`.mmd`), in each language, and what the transcripts in `test/conversations` show of it.',
    'On a coverage drawing a green arrow was walked and a red one was not; the dots under a question are, from the first,',
    `${liberties.map((one) => libertyNames[one]).join(', ')} (green: done; red ring: missing; grey: the question leaves no room for it).`,
    '',
    `Over all flows: ${coverageTotals(covers)}.`,
    '',
    coverageTable(covers, links),
    '',
    '## What people may do at every question',
    '',
    ...sections,
  ].join('\n');
}
