/** Durations as people write them. */

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `20m`, `20h`, `3d` in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})\s?([smhd])$/.exec(text.trim()) ?? [];
  return digits === undefined || unit === undefined ? undefined : Number(digits) * units[unit as keyof typeof units];
}
