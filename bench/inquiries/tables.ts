/** The bench's figures as Markdown tables. */
import type { CharityScores } from './charity.js';
import type { Measured } from './measure.js';

/** One row a system. */
export function table(lines: readonly Measured[]): string {
  const names = lines[0]?.tests.map(({ name }) => name) ?? [];
  const head = ['system', ...names.map((name) => `${name}: top-1 / top-3`), 'training', 'query p50 / p95', 'memory'];
  const rows = lines.map((line) => [
    line.system,
    ...line.tests.map(({ top1, top3, rows: asked }) => `${top1.toFixed(1)} / ${top3.toFixed(1)} (${asked})`),
    `${(line.trainMs / 1000).toFixed(1)} s`,
    `${line.p50Ms.toFixed(2)} / ${line.p95Ms.toFixed(2)} ms`,
    line.system.startsWith('fastText') ? 'another process' : `${line.megabytes.toFixed(0)} MB`,
  ]);
  return markdown(head, rows);
}

/** Three tables: right answers by variety, bands, rules. */
export function charityTable({ requests, bands, rules, trainMs, smallMs, p50Ms, p95Ms }: CharityScores): string {
  const varieties = Object.entries(Object.values(requests)[0] ?? {});
  const head = ['system', ...varieties.map(([name, { rows }]) => `${name} (${rows})`)];
  const body = Object.entries(requests).map(([system, scores]) => [
    system,
    ...varieties.map(([name]) => `${scores[name]?.top1.toFixed(1) ?? '–'} / ${scores[name]?.top3.toFixed(1) ?? '–'}`),
  ]);
  const percent = (value: number): string => `${value.toFixed(1)} %`;
  return [
    'Top-1 / top-3 of messages that ask for something:\n',
    markdown(head, body),
    '\nThe whole way, in bands:\n',
    markdown(
      [
        'answered directly',
        'of these right',
        'offered',
        'strays answered directly',
        'both of two wishes',
        'training, all',
        '45 × 20',
        'answered p50 / p95',
      ],
      [
        [
          ...[bands.answered, bands.right, bands.offered, bands.strays, bands.both].map(percent),
          `${(trainMs / 1000).toFixed(1)} s`,
          `${(smallMs / 1000).toFixed(2)} s`,
          `${p50Ms.toFixed(2)} / ${p95Ms.toFixed(2)} ms`,
        ],
      ],
    ),
    '\nExact rules:\n',
    markdown(
      ['kind', 'messages', 'heeded', 'others', 'taken for it'],
      Object.entries(rules).map(([kind, { rows, heeded, others, wrongly }]) => [
        kind,
        ...[rows, heeded, others, wrongly].map(String),
      ]),
    ),
  ].join('\n');
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
