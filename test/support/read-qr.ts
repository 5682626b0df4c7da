// Reads an undamaged QR code as a camera's program would, by ISO/IEC 18004: versions 1 to 6, error levels M only, without correcting.

/** Dark modules by row; without the quiet zone. */
export type Modules = readonly (readonly boolean[])[];

/** Level M by version: codewords for correction in each block, and data codewords of each block (table 9). */
const BLOCKS: readonly (readonly number[])[] = [[16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27]];
const LEVEL_M = 0b00;
/** The mask over the format's own bits (section 7.9). */
const FORMAT_MASK = 0b101010000010010;
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Dark modules of an outline of unit squares (`M4 4h1v1h-1z…`) in a grid of `size` with a quiet zone. */
export function modulesOf(path: string, size: number, quiet = 4): Modules {
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  const side = Array.from({ length: size - 2 * quiet }, (_, at) => at + quiet);
  return side.map((y) => side.map((x) => dark.has(`${x} ${y}`)));
}

export function readQr(modules: Modules): string {
  const size = modules.length;
  const version = (size - 17) / 4;
  const blocks = BLOCKS[version - 1];
  if (!blocks) throw new Error(`version ${version} is not read here`);
  const { level, mask } = formatOf(modules);
  if (level !== LEVEL_M) throw new Error('not level M');
  return textOf(dataOf(codewordsOf(modules, mask), blocks));
}

function formatOf(modules: Modules): { level: number; mask: number } {
  const around = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => [8, x] as const);
  const bits = [...around, ...[7, 5, 4, 3, 2, 1, 0].map((y) => [y, 8] as const)];
  const format = bits.reduce((all, [y, x]) => (all << 1) | Number(modules[y]?.[x] ?? false), 0) ^ FORMAT_MASK;
  return { level: format >> 13, mask: (format >> 10) & 0b111 };
}

const MASKS: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

/** Upwards and downwards in pairs of columns from the right, over what is no pattern. */
function codewordsOf(modules: Modules, mask: number): number[] {
  const size = modules.length;
  const bits: boolean[] = [];
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (isPattern(y, x, size)) continue;
        bits.push((modules[y]?.[x] ?? false) !== MASKS[mask]?.(y, x));
      }
    }
    up = !up;
  }
  return Array.from({ length: bits.length >> 3 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((all, bit) => (all << 1) | Number(bit), 0),
  );
}

/** Finders with format, timing, and the one alignment pattern that versions 2 to 6 have. */
function isPattern(y: number, x: number, size: number): boolean {
  const finder = (y < 9 && x < 9) || (y < 9 && x >= size - 8) || (y >= size - 8 && x < 9);
  const centre = size - 7;
  const alignment = size > 21 && Math.abs(y - centre) <= 2 && Math.abs(x - centre) <= 2;
  return finder || alignment || y === 6 || x === 6;
}

/** Blocks are dealt out one codeword each in turn; correction follows all data. */
function dataOf(codewords: readonly number[], blocks: readonly number[]): number[] {
  return blocks.flatMap((length, block) =>
    Array.from({ length }, (_, at) => codewords[at * blocks.length + block] ?? 0),
  );
}

function textOf(data: readonly number[]): string {
  const bits = data.map((one) => one.toString(2).padStart(8, '0')).join('');
  let at = 0;
  const take = (count: number): number => parseInt(bits.slice(at, (at += count)), 2);
  let text = '';
  while (at + 4 <= bits.length) {
    const mode = take(4);
    if (mode === 0) break;
    if (mode === 1) text += numeric(take(10), take);
    else if (mode === 2) text += alphanumeric(take(9), take);
    else if (mode === 4) text += Buffer.from(Array.from({ length: take(8) }, () => take(8))).toString('utf8');
    else throw new Error(`mode ${mode} is not read here`);
  }
  return text;
}

function numeric(count: number, take: (bits: number) => number): string {
  let text = '';
  for (let left = count; left > 0; left -= 3) {
    const digits = Math.min(3, left);
    text += take(digits * 3 + 1)
      .toString()
      .padStart(digits, '0');
  }
  return text;
}

function alphanumeric(count: number, take: (bits: number) => number): string {
  let text = '';
  for (let left = count; left > 0; left -= 2) {
    const value = take(left > 1 ? 11 : 6);
    text +=
      left > 1
        ? (ALPHANUMERIC[Math.floor(value / 45)] ?? '') + (ALPHANUMERIC[value % 45] ?? '')
        : (ALPHANUMERIC[value] ?? '');
  }
  return text;
}
