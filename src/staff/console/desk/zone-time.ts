// Moments and the clocks of a zone.

/** UTC milliseconds of a wall time in a zone; null while it is none. The offset is looked up at the time itself. */
export function timeIn(zone: string, value: string): number | null {
  const wall = Date.parse(`${value}Z`);
  if (Number.isNaN(wall)) return null;
  return wall - offsetOf(zone, wall - offsetOf(zone, wall));
}

function offsetOf(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(shown) - Math.floor(at / 1000) * 1000;
}
