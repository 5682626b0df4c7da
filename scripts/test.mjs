// Runs the tests: `fast` needs nothing but Node; `slow` starts processes and uses what is found of a browser, MongoDB and Redis.
// Ends with one plain line, "N passed, N failed, N skipped"; REQUIRE_SERVERS=1 turns a skip into a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const projects = process.argv.includes('--fast') ? ['fast'] : ['fast', 'slow'];
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const required = process.env.REQUIRE_SERVERS === '1';
const report = 'dist/test-report.json';
const { findServers } = await import('../dist/scripts/servers.js');
const { warmModels } = await import('../dist/scripts/chats/trained.js');

mkdirSync('dist', { recursive: true });
rmSync(report, { force: true });
const found = existsSync(chromium);
const servers = await findServers(process.env);
await warmModels('.');
const missing = [
  ...(found ? [] : [`No Chromium at ${chromium}: apt-get install chromium, or set CHROMIUM_PATH.`]),
  ...servers.missing,
];

const run = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(found && { CHROMIUM_PATH: chromium }),
      ...(servers.mongo && { MONGODB_URL: servers.mongo }),
      ...(servers.redis && { REDIS_URL: servers.redis }),
    },
  },
);

const result = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1, testResults: [] };
const skipped = (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
const broken = result.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
const failed = result.numFailedTests + broken + (required ? skipped : 0);
const suites = suiteCounts(result.testResults.flatMap((file) => file.assertionResults));
if (suites.length > 0) console.log(`\nOne suite, each implementation:\n${suites.map((one) => `  ${one}`).join('\n')}`);
if (missing.length > 0 && projects.includes('slow'))
  console.log(`\nSkipped, for want of a server or a browser:\n${missing.map((one) => `  ${one}`).join('\n')}`);
if (required && skipped > 0) console.log(`REQUIRE_SERVERS=1: ${skipped} skipped tests count as failed.`);
console.log(`\n${result.numPassedTests} passed, ${failed} failed, ${required ? 0 : skipped} skipped`);
process.exit(failed > 0 || result.numPassedTests === 0 || run.status !== 0 ? 1 : 0);

/** How many tests of each contract every implementation passed: "store: embedded 132, mongo 132". */
function suiteCounts(assertions) {
  const counts = new Map();
  for (const { ancestorTitles, status } of assertions) {
    if (status !== 'passed') continue;
    for (const title of ancestorTitles) {
      const named =
        /^(?<contract>\w+) contract: (?<name>.+)$/.exec(title) ??
        /^(?<name>\w+) keeps the (?<contract>channel) contract$/.exec(title);
      const { contract, name } = named?.groups ?? {};
      if (name === undefined) continue;
      const of = counts.get(contract) ?? new Map();
      counts.set(contract, of.set(name, (of.get(name) ?? 0) + 1));
    }
  }
  return [...counts].sort().map(([contract, of]) => `${contract}: ${[...of].map((pair) => pair.join(' ')).join(', ')}`);
}
