// What CI asks of a change: format, lint, types, flows, tests. Stops at the first that fails.
import { spawnSync } from 'node:child_process';

const steps = [
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']],
  ['build', ['scripts/build.mjs']],
  ['lint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['types of the console', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/staff/console']],
  ['types of the widget', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'channels/website/widget']],
  ['flows', ['dist/scripts/flows.js', '--quiet']],
  ...(process.argv.includes('--without-tests') ? [] : [['tests', ['scripts/test.mjs', ...process.argv.slice(2)]]]),
];

for (const [name, args] of steps) {
  console.log(`\n── ${name}`);
  const done = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(`\nThe check stopped at: ${name}`);
    process.exit(done.status ?? 1);
  }
}
