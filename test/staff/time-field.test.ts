// A wall time in the charity's zone as a moment, whatever zone the browser is in and whatever the clocks do there.
import { expect, it } from 'vitest';
import { timeIn } from '../../src/staff/console/desk/zone-time.js';

it.each([
  ['Asia/Riyadh', '2031-01-05T14:30', '2031-01-05T11:30:00.000Z'],
  ['Asia/Riyadh', '2026-06-16T00:00', '2026-06-15T21:00:00.000Z'],
  ['UTC', '2026-02-28T23:59', '2026-02-28T23:59:00.000Z'],
  // Summer time begins: 03:30 is the first half hour of it.
  ['Europe/Berlin', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
  ['Africa/Cairo', '2026-07-01T12:00', '2026-07-01T09:00:00.000Z'],
  ['Africa/Cairo', '2026-01-01T12:00', '2026-01-01T10:00:00.000Z'],
])('%s %s', (zone, wall, moment) => {
  expect(new Date(timeIn(zone, wall) ?? 0).toISOString()).toBe(moment);
});

it('is none for what is no time', () => {
  for (const wrong of ['', 'tomorrow', '2026-13-01T10:00']) expect(timeIn('Asia/Riyadh', wrong)).toBeNull();
});
