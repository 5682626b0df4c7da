/** The real program as a process of its own: started, killed and started again on the same folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { modelFolder } from '../../scripts/model-folder.js';

export interface SilaProcess {
  url: string;
  pid: number;
  output(): string;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `dist/src/main.js` and waits until it answers. */
export async function startSila(settings: {
  dir: string;
  port: number;
  env?: Record<string, string>;
  /** The folder in which it was built; without it this one. */
  cwd?: string;
}): Promise<SilaProcess> {
  bringModels(settings.dir);
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: settings.cwd,
    env: { PATH: process.env.PATH, PORT: String(settings.port), DATA_DIR: settings.dir, ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${settings.port}`;
  await ready(url, child, () => output);
  return {
    url,
    pid: child.pid ?? NaN,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => {
      child.kill('SIGTERM');
      return gone;
    },
  };
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What this machine has learned already: each process would take seconds to learn it anew. */
function bringModels(dir: string): void {
  const models = join(dir, 'models');
  if (existsSync(modelFolder) && !existsSync(models)) cpSync(modelFolder, models, { recursive: true });
}

/** Milliseconds: a second on a quiet machine, more beside other work. */
const START_WITHIN = 60_000;

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (const begun = Date.now(); Date.now() - begun < START_WITHIN;) {
    if (child.exitCode !== null) throw new Error(`it stopped with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not become ready:\n${output()}`);
}
