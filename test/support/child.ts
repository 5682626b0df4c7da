/** Programs of tests that run as processes of their own, so that they can be killed: compiled beside the server's own files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');

/** Builds the server and the program (a path below the root, `.ts`); gives the path to run. Throws with what the build says. */
export function buildChild(path: string): string {
  const built = spawnSync(process.execPath, ['scripts/build.mjs', '--server'], { cwd: root, encoding: 'utf8' });
  if (built.stdout + built.stderr !== '') throw new Error(built.stdout + built.stderr);
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(readFileSync(join(root, path), 'utf8'), { compilerOptions: options });
  const target = join(root, 'dist', path.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
  return target;
}
