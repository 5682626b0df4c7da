/** Lays a picture out in layers, top to bottom; in languages from right to left it is mirrored. */
import type { ElkEdgeSection, ElkExtendedEdge, ElkNode, ElkPoint } from 'elkjs/lib/elk-api.js';
import { widthOf, wrapped } from './lines.js';
import type { Arrow, Box, Picture } from './picture.js';

export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly chipRows: readonly string[];
}
export interface PlacedArrow extends Arrow {
  readonly points: readonly ElkPoint[];
  readonly lines: readonly string[];
  /** The middle of the label. */
  readonly at?: ElkPoint;
}
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
}

/** Sizes of the letters, in pixels; the drawer uses the same. */
export const sizes = { words: 15, caption: 11.5, chip: 12.5, label: 12.5, line: 22 } as const;

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.considerModelOrder.components': 'FORCE_MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '22',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeLabel': '6',
  'elk.edgeLabels.inline': 'true',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
};

export async function layOut(picture: Picture): Promise<Placed> {
  // Loaded only here: drawing is for those who work on the flows, and the library is large.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const boxes = picture.boxes.map(measured);
  const arrows = picture.arrows.map((arrow) => ({ ...arrow, lines: wrapped(arrow.label, sizes.label, 170, 3) }));
  const graph: ElkNode = {
    id: 'flow',
    layoutOptions: options,
    children: boxes.map(({ id, width, height }) => ({ id, width, height })),
    edges: [...arrows.map((arrow, index) => edgeOf(arrow, index)), ...ties(picture)],
  };
  const done = await new Elk.default().layout(graph);
  const width = done.width ?? 0;
  const mirror = picture.language === 'ar' ? (x: number): number => width - x : undefined;
  const nodes = new Map(done.children?.map((node) => [node.id, node]));
  return {
    width,
    height: done.height ?? 0,
    boxes: boxes.map((box) => placeBox(box, nodes.get(box.id), mirror)),
    arrows: arrows.map((arrow, index) => placeArrow(arrow, done.edges?.[index], mirror)),
  };
}

type Measured = Omit<PlacedBox, 'x' | 'y'>;

/** A box as large as its words. */
function measured(box: Box): Measured {
  const small = box.look === 'flow' || box.look === 'exit' || box.look === 'start';
  const lines = wrapped(box.words, sizes.words, small ? 210 : 270, box.look === 'say' ? 2 : 3);
  const chipRows = box.chips.length === 0 ? [] : wrapped(box.chips.join(' · '), sizes.chip, 280, 3);
  const widest = Math.max(
    ...lines.map((line) => widthOf(line, sizes.words)),
    ...chipRows.map((row) => widthOf(row, sizes.chip)),
    box.caption === '' ? 0 : widthOf(box.caption, sizes.caption),
    60,
  );
  const rows = lines.length * sizes.line + (box.caption === '' ? 0 : 18) + chipRows.length * 19 + (chipRows.length > 0 ? 4 : 0);
  return { ...box, lines, chipRows, width: Math.ceil(widest + 36), height: Math.ceil(rows + 20) };
}

function edgeOf({ from, to, lines }: Arrow & { lines: readonly string[] }, index: number): ElkExtendedEdge {
  const width = Math.max(0, ...lines.map((line) => widthOf(line, sizes.label))) + 12;
  const labels = lines.length === 0 ? [] : [{ text: lines.join(' '), width: Math.ceil(width), height: lines.length * 17 + 4 }];
  return { id: `e${index}`, sources: [from], targets: [to], labels };
}

/** Unseen edges from the start to the boxes without a way to them, so that these stand beside the first step. */
function ties({ boxes }: Picture): ElkExtendedEdge[] {
  const [start, ...others] = boxes;
  const loose = others.filter(({ look }) => look === 'exit');
  return start ? loose.map(({ id }) => ({ id: `tie${id}`, sources: [start.id], targets: [id] })) : [];
}

type Mirror = ((x: number) => number) | undefined;

function placeBox(box: Measured, node: ElkNode | undefined, mirror: Mirror): PlacedBox {
  const [x, y] = [node?.x ?? 0, node?.y ?? 0];
  return { ...box, x: mirror ? mirror(x + box.width) : x, y };
}

function placeArrow(arrow: Omit<PlacedArrow, 'points'>, edge: ElkExtendedEdge | undefined, mirror: Mirror): PlacedArrow {
  const points = (edge?.sections ?? []).flatMap((section) => pointsOf(section)).map(({ x, y }) => ({ x: mirror ? mirror(x) : x, y }));
  const label = edge?.labels?.[0];
  if (label?.x === undefined || label.y === undefined) return { ...arrow, points };
  const x = label.x + (label.width ?? 0) / 2;
  return { ...arrow, points, at: { x: mirror ? mirror(x) : x, y: label.y + (label.height ?? 0) / 2 } };
}

function pointsOf({ startPoint, bendPoints, endPoint }: ElkEdgeSection): ElkPoint[] {
  return [startPoint, ...(bendPoints ?? []), endPoint];
}
