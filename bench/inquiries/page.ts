/** Puts the bench's tables into docs/inquiries.md, each between its own marks. */
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = 'docs/inquiries.md';

/** Replaces what stands between `<!-- bench:NAME -->` and `<!-- /bench -->`. Throws when the page has no such marks. */
export function writeSection(name: string, table: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const begin = `<!-- bench:${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf('<!-- /bench -->', from);
  if (from < 0 || to < 0) throw new Error(`${PAGE} has no ${begin} … <!-- /bench -->`);
  writeFileSync(PAGE, `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`);
}
