/** `npm run flows`: checks every charity's flows, and compiles them to dist/flows. Exit code 1 when anything was found. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plannedLimits } from '../channels/common/planned-limits.js';
import type { FlowLimits } from '../src/engine/language/index.js';
import { channelLimits } from './channel-limits.js';
import { readOptions } from './flows/options.js';
import { showCoverage } from './flows/shown.js';
import { pagePath, policiesOf } from './policies/index.js';
import { charitiesIn, compileCharity, type CompiledPack, readPackFiles, type Said } from './pack-files.js';

const options = readOptions(process.argv.slice(2));
process.exitCode = await run(options.root);

async function run(root: string): Promise<number> {
  if (!existsSync(join(root, 'flows'))) return fail(`There is no folder ${join(root, 'flows')}.`);
  const files = readPackFiles(root);
  const charities = charitiesIn(files);
  if (charities.length === 0) return fail('There is no charity below flows/charities.');
  const limits = [...(await channelLimits()), ...plannedLimits];
  const packs = charities.map((charity) => ({ charity, pack: compileCharity(files, charity, limits) }));
  const sets = new Map(packs.flatMap(({ charity, pack }) => (pack.set ? [[charity, pack.set] as const] : [])));
  const policies = sets.size < packs.length ? { findings: [] } : policiesOf(files, sets, root);
  const findings = unique([...packs.flatMap(({ pack }) => pack.findings), ...policies.findings]);
  for (const finding of findings)
    console.log(`${finding.file}:${finding.line}  ${finding.code}  ${finding.message} → ${finding.cure}`);
  if (findings.length > 0)
    return fail(`${findings.length} finding${findings.length === 1 ? '' : 's'}; nothing was compiled.`);
  for (const { charity, pack } of packs) write(root, charity, pack);
  if (options.policies && 'page' in policies) writeFileSync(join(root, pagePath), policies.page);
  if (options.placeholders) packs.forEach(({ pack }) => listPlaceholders(pack));
  if (!options.quiet) summarise(packs, limits);
  if (!options.draw && !options.coverage && !options.cover) return 0;
  const whole = await showCoverage(
    root,
    packs.map(({ pack }) => pack),
    options,
  );
  return whole
    ? 0
    : fail('The transcripts do not show all of the flows; npm run flows -- --cover writes what is missing.');
}

function fail(message: string): number {
  console.error(message);
  return 1;
}

function unique(findings: readonly Said[]): Said[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function write(root: string, charity: string, pack: CompiledPack): void {
  const folder = join(root, 'dist', 'flows');
  mkdirSync(folder, { recursive: true });
  const { set, articles, texts } = pack;
  writeFileSync(join(folder, `${charity}.json`), JSON.stringify({ set, articles, texts }));
}

function listPlaceholders(pack: CompiledPack): void {
  for (const { file, line, text } of pack.placeholders) console.log(`${file}:${line}  ${text}`);
}

function summarise(packs: readonly { charity: string; pack: CompiledPack }[], limits: readonly FlowLimits[]): void {
  for (const { charity, pack } of packs) {
    const flows = Object.values(pack.set?.flows ?? {});
    const steps = flows.reduce((sum, flow) => sum + flow.steps.length, 0);
    console.log(
      `${charity}: ${flows.length} flows, ${steps} steps, ${pack.articles.length} articles, 0 findings, ${pack.set?.hash.slice(0, 12) ?? ''}`,
    );
  }
  if (options.explain) console.log(explanation(limits));
}

function explanation(limits: readonly FlowLimits[]): string {
  return [
    'What was proven for every flow of every charity:',
    '· every jump leads somewhere, every step can be reached, and from every step an end can be reached by answering;',
    '· every question says how private it is, and has a way out after wrong answers and after silence;',
    '· no sensitive question comes before consent, on any way;',
    '· no text names an answer that might be missing, and no condition a name or value that does not exist;',
    '· no way runs in a circle without asking anything, and no flow calls itself;',
    '· every text stands in every language, without hidden direction marks;',
    `· labels, hints and texts fit ${limits.map((one) => one.channel).join(', ')}, and nothing is said by itself after a reply window has closed.`,
  ].join('\n');
}
