/** Finds one pair of coordinates in a text: `24.7136, 46.6753`, `24.7136° N 46.6753° E`, `24°42'49.0"N 46°40'31.1"E`. */

export interface Degrees {
  readonly lat: number;
  readonly lon: number;
  /** The fewer decimals of the two; minutes and seconds count as four. */
  readonly decimals: number;
}

interface Coordinate {
  readonly value: number;
  readonly decimals: number;
  readonly side: string;
}

/** The side of the world in front or behind, degrees, then minutes and seconds where they are marked. */
const COORDINATE =
  /(?:(?<![A-Z])([NSEW])\s?)?([-\u2212]?)(?<![0-9.])([0-9]{1,3})(?:[.٫]([0-9]{1,15}))?\s?(?:[°º]\s?(?:([0-9]{1,2})\s?['’′]\s?(?:([0-9]{1,2}(?:\.[0-9]{1,6})?)\s?(?:["”″]|''))?)?)?(?:([NSEW])(?![A-Z])|\s?(?:([NSEW])(?![A-Z0-9]|\s[0-9])|(شمال|شرق|جنوب|غرب)))?/giu;
/** More numbers than this are no place. */
const MOST = 6;
const EXACT = 4;
const NEGATIVE_SIDE = /^(?:[SW]|جنوب|غرب)/i;
const EAST_OR_WEST = /^(?:[EW]|شرق|غرب)/i;

/** The pair, `none` when there are not two coordinates, `several` when there are more. */
export function degreesIn(text: string): Degrees | { wrong: 'none' | 'several' } {
  const found: Coordinate[] = [];
  for (const match of text.matchAll(COORDINATE)) {
    found.push(coordinate(match));
    if (found.length >= MOST) break;
  }
  const marked = found.filter(({ decimals, side }) => decimals > 0 || side !== '');
  const [first, second, more] = marked;
  if (more !== undefined) return { wrong: 'several' };
  if (first === undefined || second === undefined) return { wrong: 'none' };
  const [lat, lon] = EAST_OR_WEST.test(first.side) ? [second, first] : [first, second];
  return { lat: lat.value, lon: lon.value, decimals: Math.min(lat.decimals, lon.decimals) };
}

function coordinate(match: RegExpExecArray): Coordinate {
  const [, before, sign, degrees, decimals = '', minutes, seconds, ...behind] = match;
  const side = before ?? behind.find(Boolean) ?? '';
  const size = Number(`${degrees ?? 0}.${decimals || 0}`) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
  const negative = sign !== '' || NEGATIVE_SIDE.test(side);
  const rounded = Math.round(size * 1e7) / 1e7;
  return { value: negative ? -rounded : rounded, decimals: seconds === undefined ? decimals.length : EXACT, side };
}
