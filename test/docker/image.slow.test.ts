// The files that the image would hold, put together in a folder by what the Dockerfile says, and the program started from them.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort, startSila } from '../support/sila-process.js';
import { readDockerfile, type Stage } from './dockerfile.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const stages = readDockerfile(join(root, 'Dockerfile'));
const last = stages.at(-1)!;
const stageOf = (name: string): Stage => stages.find((stage) => stage.name === name)!;

const home = mkdtempSync(join(tmpdir(), 'sila-image-'));
const image = join(home, 'image');
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('node_modules'))
    .sort();

beforeAll(async () => {
  const modules = join(home, 'modules');
  mkdirSync(modules);
  for (const { sources } of stageOf('modules').copies)
    for (const path of sources) cpSync(join(root, path), join(modules, path), { recursive: true });
  // As the stage does it, from what was downloaded before.
  const env = { ...process.env, npm_config_prefer_offline: 'true' };
  for (const command of stageOf('modules').runs) await run('sh', ['-c', command], { cwd: modules, env });
  // The build stage runs what ran before these tests too: `npm run build`, in this folder.
  expect(stageOf('build').runs).toEqual(['npm ci', 'npm run build']);
  const places: Record<string, string> = { modules, build: root };
  for (const { from, sources, to } of last.copies)
    for (const path of sources) {
      const source = join(places[from ?? ''] ?? '', path.slice(last.workdir.length));
      const target = to.endsWith('/') ? join(image, to, path.split('/').at(-1) ?? '') : join(image, to);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(source, target, { recursive: true });
    }
}, 600_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the files of the image', () => {
  it('are enough to start, to be found healthy, to serve every page, and nothing is written among them', async () => {
    const before = filesOf(image);
    expect(before.some((path) => /\.(ts|tsx|yaml)$/.test(path))).toBe(false);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const dir = join(home, 'data');
    const env = {
      ...last.environment,
      ...{ DATA_DIR: dir, PORT: String(port) },
      PUBLIC_URL: url,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      STAFF_ADMIN_PASSWORD: 'Vq8-zRtw-Kp2m-Ly5c',
    };
    const sila = await startSila({ dir, port, env, cwd: image });
    onTestFinished(() => sila.kill());
    for (const path of ['/', '/chat', '/widget.js', '/staff', '/metrics', '/readyz'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    const [node = '', ...health] = last.health;
    await run(node, health, { env: { PATH: process.env['PATH'], PORT: String(port) } });
    expect(await sila.stop()).toBe(0);
    expect(filesOf(image)).toEqual(before);
  });

  it('say that it is not healthy when nothing answers', async () => {
    const [node = '', ...health] = last.health;
    const env = { PATH: process.env['PATH'], PORT: String(await freePort()) };
    await expect(run(node, health, { env })).rejects.toMatchObject({ code: 1 });
  });
});
