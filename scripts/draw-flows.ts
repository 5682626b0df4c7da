/** Draws each flow as SVG and Mermaid, and what the transcripts show of it; every file below docs/flows comes from here. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

export interface Drawn {
  /** Below the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export const drawingFolder = 'docs/flows';

/** All drawings and the page over them. One drawing serves several charities where it is the same in all. */
export async function drawFlows(covers: readonly CharityCover[], texts: Texts): Promise<Drawn[]> {
  const files = new Map<string, string>();
  const places = new Map<string, string>();
  const ids = [...new Set(covers.flatMap(({ set }) => Object.keys(set.flows)))].sort();
  for (const id of ids) {
    const sets = covers.map(({ set }) => set).filter((set) => set.flows[id]);
    const folders = foldersFor(id, sets, texts);
    for (const set of sets) {
      const flow = set.flows[id];
      const folder = folders.get(set.charity.id) ?? '';
      places.set(`${set.charity.id} ${id}`, `${folder}${id}`);
      if (flow) await drawFlow(flow, set, `${drawingFolder}/${folder}${id}`, texts, files);
    }
  }
  for (const { set, flows } of covers) for (const cover of flows) await drawCover(cover, set, texts, files);
  files.set(`${drawingFolder}/README.md`, readme(covers, places));
  return [...files].map(([path, text]) => ({ path, text }));
}

/** Writes drawings anew; nothing else stays in their folder. */
export function writeDrawings(root: string, drawn: readonly Drawn[]): void {
  rmSync(join(root, drawingFolder), { recursive: true, force: true });
  for (const { path, text } of drawn) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
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

async function drawFlow(
  flow: Flow,
  set: FlowSet,
  base: string,
  texts: Texts,
  files: Map<string, string>,
): Promise<void> {
  for (const language of set.languages) {
    const path = `${base}.${language}`;
    if (files.has(`${path}.svg`)) continue;
    const drawing = pictureOf(flow, set, texts, language);
    files.set(`${path}.svg`, svgOf(drawing, await layOut(drawing)));
    files.set(`${path}.mmd`, mermaidOf(drawing));
  }
}

/** The flow in the charity's first language; walked edges green, and a row of dots for the liberties at each question. */
async function drawCover(cover: FlowCover, set: FlowSet, texts: Texts, files: Map<string, string>): Promise<void> {
  const flow = set.flows[cover.flow];
  const language = set.languages[0] ?? 'ar';
  if (!flow) return;
  const drawing = pictureOf(flow, set, texts, language);
  const walked = new Set(cover.edges.filter((one) => one.walked).map(({ edge }) => edgeName(edge)));
  const shade: Shade = {
    walked: (names) => names.every((name) => walked.has(name)),
    marks: (question) => {
      const cells = cover.questions.find((one) => one.question === question)?.cells;
      return cells ? liberties.map((liberty) => cells[liberty]) : [];
    },
  };
  files.set(coverPath(set.charity.id, flow.id), svgOf(drawing, await layOut(drawing), shade));
}

function coverPath(charity: string, flow: string): string {
  return `${drawingFolder}/coverage/${charity}/${flow}.svg`;
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
