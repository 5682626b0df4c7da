/** Working hours: `- { day: [sunday, monday], from: "08:00", to: "15:00" }`. */
import type { CharityFacts } from '../types.js';
import type { Report } from './finding.js';
import { type Fields, readFields, readList, reportUnknown } from './shape.js';
import type { Node } from './source.js';
import { days, keysOf } from './vocabulary.js';

type Hours = CharityFacts['hours'][number];

/** Minutes from midnight, 0 = Sunday. */
export function readHours(node: Node | undefined, report: Report): Hours[] {
  const list = node && readList(node, '"hours"', report);
  return (list?.items ?? []).flatMap((item) => {
    const fields = readFields(item, 'An entry of "hours"', keysOf('hours'), report);
    if (!fields) return [];
    const from = readTime(fields, 'from', report);
    const to = readTime(fields, 'to', report);
    fields.need('day', 'Add "day: sunday" or "day: [sunday, monday]".');
    if (from === undefined || to === undefined) return [];
    if (to <= from)
      report.add(
        'bad_value',
        fields.place('to'),
        'The day ends before it begins.',
        'Write the later hour under "to"; hours over midnight are two entries.',
      );
    return readDays(fields, report).map((day) => ({ day, from, to }));
  });
}

function readDays(fields: Fields, report: Report): number[] {
  return fields.strings('day').flatMap((name) => {
    const day = days.findIndex((one) => one === name);
    if (day >= 0) return [day];
    reportUnknown('bad_value', fields.place('day'), `There is no day "${name}".`, name, days, report);
    return [];
  });
}

function readTime(fields: Fields, key: string, report: Report): number | undefined {
  const text = fields.need(key, `Add "${key}: "08:00"".`) && fields.string(key);
  if (text === undefined) return undefined;
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (hour !== undefined && Number(minute) < 60 && minutes <= 24 * 60) return minutes;
  report.add(
    'bad_value',
    fields.place(key),
    `"${text}" is not a time of day.`,
    'Write it as "08:00", in quotation marks.',
  );
  return undefined;
}
