// Builds what changed: the server (TypeScript → dist), the compiled flow sets, the conversation page and the staff console.
// Each part is skipped while its sources and its result are unchanged, so that a second start takes no time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const only = process.argv.slice(2);
const stamps = 'dist/.stamps.json';
const known = existsSync(stamps) ? JSON.parse(readFileSync(stamps, 'utf8')) : {};

function fingerprint(paths) {
  const hash = createHash('sha256');
  const walk = (path) => {
    if (!existsSync(path)) return;
    const info = statSync(path);
    if (info.isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else hash.update(`${path}\0`).update(readFileSync(path));
  };
  paths.forEach(walk);
  return hash.digest('hex');
}

function run(command, args) {
  const done = spawnSync(process.execPath, [command, ...args], { stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function part(name, sources, result, make) {
  if (only.length > 0 && !only.includes(`--${name}`)) return;
  const print = fingerprint([...sources, 'package-lock.json', 'scripts/build.mjs']);
  if (known[name] === print && existsSync(result)) return;
  make();
  known[name] = print;
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamps, JSON.stringify(known));
}

part(
  'server',
  ['src', 'channels', 'scripts', 'bench', 'test/providers', 'test/support', 'tsconfig.json', 'tsconfig.build.json'],
  'dist/src/main.js',
  () => run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json']),
);
part('flows', ['flows', 'src/engine', 'channels', 'scripts'], 'dist/flows', () =>
  run('dist/scripts/flows.js', ['--quiet']),
);
part('widget', ['channels/website/widget', 'vite.widget.config.ts', 'flows/texts'], 'dist/public/widget', () =>
  run('node_modules/vite/bin/vite.js', ['build', '--config', 'vite.widget.config.ts', '--logLevel', 'warn']),
);
part('console', ['src/staff/console', 'src/engine/text', 'vite.console.config.ts', 'flows'], 'dist/public/staff', () =>
  run('node_modules/vite/bin/vite.js', ['build', '--config', 'vite.console.config.ts', '--logLevel', 'warn']),
);
