/** `npm run flows`: checks every charity's flows, and compiles them to dist/flows. Exit code 1 when anything was found. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { channelLimits } from './channel-limits.js';
import { readOptions } from './flows/options.js';
import { pagePath, policiesOf } from './policies/index.js';
import { charitiesIn, compileCharity, type CompiledPack, readPackFiles, type Said } from './pack-files.js';

const options = readOptions(process.argv.slice(2));
process.exitCode = await run(options.root);

async function run(root: string): Promise<number> {
  if (!existsSync(join(root, 'flows'))) return fail(`There is no folder ${join(root, 'flows')}.`);
  const files = readPackFiles(root);
  const charities = charitiesIn(files);
  if (charities.length === 0) return fail('There is no charity below flows/charities.');
  const limits = await channelLimits();
  const packs = charities.map((charity) => ({ charity, pack: compileCharity(files, charity, limits) }));
  const sets = new Map(packs.flatMap(({ charity, pack }) => (pack.set ? [[charity, pack.set] as const] : [])));
  const policies = sets.size < packs.length ? { findings: [] } : policiesOf(files, sets, root);
  const findings = unique([...packs.flatMap(({ pack }) => pack.findings), ...policies.findings]);
  tell([...findings, ...unique(packs.flatMap(({ pack }) => pack.warnings))]);
  if (findings.length > 0)
    return fail(`${findings.length} finding${findings.length === 1 ? '' : 's'}; nothing was compiled.`);
  for (const { charity, pack } of packs) write(root, charity, pack);
  if (options.policies && 'page' in policies) writeFileSync(join(root, pagePath), policies.page);
  if (options.schema) (await import('./flows/schema-files.js')).writeSchemas(root, files);
  if (options.placeholders) packs.forEach(({ pack }) => listPlaceholders(pack));
  if (!options.quiet) summarise(packs);
  if (options.explain) {
    const { explain } = await import('./flows/explain.js');
    for (const { pack } of packs) console.log(`\n${explain(pack, limits, options.language)}`);
  }
  return options.draw || options.coverage || options.cover ? cover(root, packs) : 0;
}

/** What the transcripts show of the flows. */
async function cover(root: string, packs: readonly { pack: CompiledPack }[]): Promise<number> {
  const { showCoverage } = await import('./flows/shown.js');
  const whole = await showCoverage(
    root,
    packs.map(({ pack }) => pack),
    options,
  );
  return whole
    ? 0
    : fail('The transcripts do not show all of the flows; npm run flows -- --cover writes what is missing.');
}

function tell(said: readonly Said[]): void {
  for (const { file, line, code, message, cure } of said) console.log(`${file}:${line}  ${code}  ${message} → ${cure}`);
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
  const { set, articles, texts, lessons, rules } = pack;
  writeFileSync(join(folder, `${charity}.json`), JSON.stringify({ set, articles, texts, lessons, rules }));
}

function listPlaceholders(pack: CompiledPack): void {
  for (const { file, line, text } of pack.placeholders) console.log(`${file}:${line}  ${text}`);
}

function summarise(packs: readonly { charity: string; pack: CompiledPack }[]): void {
  for (const { charity, pack } of packs) {
    const flows = Object.values(pack.set?.flows ?? {});
    const steps = flows.reduce((sum, flow) => sum + flow.steps.length, 0);
    console.log(
      `${charity}: ${flows.length} flows, ${steps} steps, ${pack.articles.length} articles, 0 findings, ${pack.set?.hash.slice(0, 12) ?? ''}`,
    );
  }
}
