/** docs/policy-coverage.md: every clause in its own words, and what serves it. */
import type { Row, Server } from './coverage.js';
import type { Policies, Screen } from './read.js';

export const pagePath = 'docs/policy-coverage.md';

/** The whole page, as it must stand in the repository. */
export function coveragePage({ titles }: Policies, rows: ReadonlyMap<string, readonly Row[]>): string {
  const parts = [...titles].map(([charity, title]) => section(charity, title, rows.get(charity) ?? []));
  return [
    '# What serves each clause of the policies',
    '',
    'Written by `npm run flows -- --policies` from the tags `policy:` of flows and articles and from `flows/policies.yaml`; a test fails when',
    'a clause has nothing that serves it, or when this page is older than the tags. The line is that of the adopted text.',
    '',
    ...parts,
  ].join('\n');
}

function section(charity: string, title: string, rows: readonly Row[]): string {
  const partly = rows.filter(({ clause }) => clause.partly !== undefined).length;
  const count = `${rows.length} clauses, each served${partly > 0 ? `; ${partly} of them partly, as said there` : ''}.`;
  return [`## ${charity}: ${title}`, '', count, '', ...rows.map(clauseText)].join('\n');
}

function clauseText({ clause, line, text, servers, screens }: Row): string {
  const lines = [
    `### ${clause.id}: ${clause.about}`,
    '',
    `> ${text} (line ${line})`,
    '',
    ...kind('Flows', servers.filter(({ kind: of }) => of === 'flow').map(flow)),
    ...kind(
      'Articles',
      servers.filter(({ kind: of }) => of === 'article').map(({ file, id }) => link(id, file)),
    ),
    ...kind('Screens', screens.map(screen)),
    ...(clause.partly === undefined ? [] : [`- Partly: ${clause.partly}`]),
    '',
  ];
  return lines.join('\n');
}

function kind(name: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : [`- ${name}: ${all.join('; ')}`];
}

function flow({ file, id, steps }: Server): string {
  return steps.length === 0 ? link(id, file) : `${link(id, file)} (${steps.map((one) => `\`${one}\``).join(', ')})`;
}

function screen({ name, source, test }: Screen): string {
  return `${link(name, source)} ([test](../${test}))`;
}

function link(name: string, file: string): string {
  return `[${name}](../${file})`;
}
