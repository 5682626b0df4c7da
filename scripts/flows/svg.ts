/** Writes a laid-out picture as SVG. */
import type { Placed, PlacedArrow, PlacedBox } from './layout.js';
import { sizes } from './layout.js';
import type { Look, Picture } from './picture.js';

interface Paint {
  readonly fill: string;
  readonly line: string;
  readonly ink: string;
  /** Corners, in pixels; `Infinity` for a pill. */
  readonly round: number;
}

const paints: Readonly<Record<Look, Paint>> = {
  start: { fill: '#0f3d3e', line: '#0f3d3e', ink: '#ffffff', round: Infinity },
  say: { fill: '#eef3f2', line: '#d3dfdd', ink: '#24403f', round: 16 },
  ask: { fill: '#ffffff', line: '#17807a', ink: '#12302f', round: 10 },
  seal: { fill: '#fdf6e7', line: '#c9932b', ink: '#3d2f10', round: 10 },
  branch: { fill: '#f3eefb', line: '#8d6cc9', ink: '#33215c', round: Infinity },
  look_up: { fill: '#eaf2fb', line: '#4c86c6', ink: '#173454', round: 4 },
  call: { fill: '#f3eefb', line: '#8d6cc9', ink: '#33215c', round: 4 },
  act: { fill: '#dff3e6', line: '#3a9d62', ink: '#12402a', round: 4 },
  done: { fill: '#2f8f5b', line: '#2f8f5b', ink: '#ffffff', round: 22 },
  staff: { fill: '#d9822b', line: '#d9822b', ink: '#ffffff', round: 22 },
  kept: { fill: '#3d78bd', line: '#3d78bd', ink: '#ffffff', round: 22 },
  end: { fill: '#5b6b6a', line: '#5b6b6a', ink: '#ffffff', round: 22 },
  flow: { fill: '#ffffff', line: '#5b6b6a', ink: '#2b3a39', round: Infinity },
  exit: { fill: '#fbfbfa', line: '#b9c4c2', ink: '#5b6b6a', round: 6 },
};
const grey = '#7d8b89';
const green = '#1f8a4c';
const red = '#c8372d';

/** Coverage draws what was walked green and what was not red. */
export interface Shade {
  /** Names of edges. */
  readonly unwalked: readonly string[];
  /** Dots at the foot of each question. */
  readonly marks: Readonly<Record<string, readonly ('done' | 'missing' | 'none')[]>>;
}

/** A drawing that stands by itself: no script, no outside font or picture. Labels run as their language does; `mark` is kept as a comment. */
export function svgOf(picture: Picture, placed: Placed, mark: string, shade?: Shade): string {
  const direction = picture.language === 'ar' ? 'rtl' : 'ltr';
  const [width, height] = [Math.ceil(placed.width), Math.ceil(placed.height + 44)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" lang="${picture.language}" direction="${direction}" font-family="'IBM Plex Sans Arabic','Noto Sans Arabic','Segoe UI',Tahoma,sans-serif">`,
    `<!-- ${mark} -->`,
    `<title>${escaped(picture.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${width / 2}" y="34" text-anchor="middle" font-size="20" font-weight="700" fill="#0f3d3e">${escaped(picture.title)}</text>`,
    '<g transform="translate(0 44)">',
    ...placed.arrows.map((arrow) => drawLine(arrow, shade)),
    ...placed.boxes.map((box) => drawBox(box, shade)),
    ...placed.arrows.map((arrow) => drawLabel(arrow, shade)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawLine(arrow: PlacedArrow, shade: Shade | undefined): string {
  const { points, way } = arrow;
  if (points.length < 2) return '';
  const colour = colourOf(arrow, shade);
  const dash = way === 'wrong' || way === 'silence' ? ' stroke-dasharray="2 5"' : way === 'pass' || way === 'skip' ? ' stroke-dasharray="7 4"' : '';
  const width = shade ? 2.2 : 1.5;
  return `<path d="${rounded(points)}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"${dash}/>${head(points, colour)}`;
}

function colourOf({ names, way }: PlacedArrow, shade: Shade | undefined): string {
  if (shade && names.length > 0) return names.some((name) => shade.unwalked.includes(name)) ? red : green;
  return way === 'go' || way === 'then' ? '#3f5856' : grey;
}

/** The way with its corners rounded. */
function rounded(points: PlacedArrow['points']): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${at(first)}`];
  rest.forEach((point, index) => {
    const before = rest[index - 1] ?? first;
    const after = rest[index + 1];
    if (!after) parts.push(`L${at(point)}`);
    else parts.push(`L${at(toward(point, before))} Q${at(point)} ${at(toward(point, after))}`);
  });
  return parts.join(' ');
}

function toward(from: { x: number; y: number }, to: { x: number; y: number }): { x: number; y: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const step = Math.min(8, length / 2) / length;
  return { x: from.x + (to.x - from.x) * step, y: from.y + (to.y - from.y) * step };
}

function head(points: PlacedArrow['points'], colour: string): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (!end || !before) return '';
  const angle = Math.round((Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI);
  return `<path d="M0 0L-9 -4.5L-9 4.5Z" fill="${colour}" transform="translate(${at(end)}) rotate(${angle})"/>`;
}

function drawLabel(arrow: PlacedArrow, shade: Shade | undefined): string {
  const { at: middle, lines } = arrow;
  if (!middle || lines.length === 0) return '';
  const top = middle.y - (lines.length * 17) / 2 + 13;
  const colour = shade ? colourOf(arrow, shade) : arrow.way === 'go' ? '#17625e' : '#64716f';
  const rows = lines.map(
    (line, index) =>
      `<text x="${round(middle.x)}" y="${round(top + index * 17)}" text-anchor="middle" font-size="${sizes.label}" font-weight="500" fill="${colour}" stroke="#ffffff" stroke-width="5" stroke-linejoin="round" paint-order="stroke">${escaped(line)}</text>`,
  );
  return rows.join('');
}

function drawBox(box: PlacedBox, shade: Shade | undefined): string {
  const { x, y, width, height, look } = box;
  const paint = paints[look];
  const radius = Math.min(paint.round, height / 2);
  const dash = look === 'exit' || look === 'flow' ? ' stroke-dasharray="5 4"' : '';
  const frame = `<rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="${round(radius)}" fill="${paint.fill}" stroke="${paint.line}" stroke-width="1.6"${dash}/>`;
  const inner = look === 'call' ? `<rect x="${round(x + 5)}" y="${round(y + 4)}" width="${width - 10}" height="${height - 8}" rx="2" fill="none" stroke="${paint.line}"/>` : '';
  return `<g id="${escaped(box.id)}">${frame}${inner}${wordsOf(box, paint)}${shade ? marksOf(box, shade) : ''}</g>`;
}

function wordsOf(box: PlacedBox, paint: Paint): string {
  const middle = round(box.x + box.width / 2);
  const parts: string[] = [];
  let y = box.y + 10;
  if (box.caption !== '') {
    parts.push(textAt(middle, y + 11, sizes.caption, box.caption, grey));
    y += 18;
  }
  for (const line of box.lines) {
    parts.push(textAt(middle, y + 16, sizes.words, line, paint.ink, box.look === 'ask' || box.look === 'seal' ? 600 : 400));
    y += sizes.line;
  }
  y += 4;
  for (const row of box.chipRows) {
    parts.push(textAt(middle, y + 13, sizes.chip, row, '#17807a'));
    y += 19;
  }
  return parts.join('');
}

function textAt(x: number, y: number, size: number, words: string, ink: string, weight = 400): string {
  return `<text x="${x}" y="${round(y)}" text-anchor="middle" font-size="${size}" font-weight="${weight}" fill="${ink}">${escaped(words)}</text>`;
}

/** A row of dots on the lower edge. */
function marksOf(box: PlacedBox, shade: Shade): string {
  const marks = shade.marks[box.id] ?? [];
  const start = box.x + box.width / 2 - ((marks.length - 1) * 13) / 2;
  return marks
    .map((mark, index) => {
      const fill = mark === 'done' ? green : mark === 'missing' ? '#ffffff' : '#d3dbd9';
      const line = mark === 'missing' ? red : '#ffffff';
      return `<circle cx="${round(start + index * 13)}" cy="${round(box.y + box.height)}" r="5" fill="${fill}" stroke="${line}" stroke-width="1.5"/>`;
    })
    .join('');
}

function at({ x, y }: { x: number; y: number }): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
