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

/** As the image runs it, on a port and in a data folder of the test's own. */
async function startImage(more: Record<string, string> = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dir = join(home, `data-${port}`);
  const env = {
    ...last.environment,
    ...{ DATA_DIR: dir, PORT: String(port), PUBLIC_URL: url, STAFF_ADMIN_PASSWORD: 'Vq8-zRtw-Kp2m-Ly5c' },
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ...more,
  };
  const sila = await startSila({ dir, port, env, cwd: image });
  onTestFinished(() => sila.kill());
  return { sila, url, port, env };
}

describe('the files of the image', () => {
  it('are enough to start, to be found healthy, to serve every page, and nothing is written among them', async () => {
    const before = filesOf(image);
    expect(before.some((path) => /\.(ts|tsx|yaml)$/.test(path))).toBe(false);
    const { sila, url, port } = await startImage();
    for (const path of ['/', '/chat', '/widget.js', '/staff', '/metrics', '/readyz'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    const [node = '', ...health] = last.health;
    await run(node, health, { env: { PATH: process.env['PATH'], PORT: String(port) } });
    expect(await sila.stop()).toBe(0);
    expect(filesOf(image)).toEqual(before);
  });

  it('are enough to look after it: a back-up while it runs, and the doctor', async () => {
    const { env } = await startImage();
    const care = (...command: string[]) =>
      run(process.execPath, command, { cwd: image, env: { PATH: process.env['PATH'], ...env } });
    const backups = join(home, 'backups');
    await care('dist/scripts/backup.js', '--to', backups);
    expect(readdirSync(backups).sort()).toEqual(['keys', 'rows']);
    // What it finds, and so its exit code, is this machine's matter.
    const found = await care('dist/scripts/doctor.js').catch((error: unknown) => error as { stdout: string });
    expect(found.stdout).toMatch(/^[✓!✗] /m);
  });

  it('export spans when an SDK is loaded first, and nothing of the program changes for it', async () => {
    cpSync(join(root, 'test/support/printing-sdk.mjs'), join(image, 'my-opentelemetry.mjs'));
    onTestFinished(() => rmSync(join(image, 'my-opentelemetry.mjs')));
    const { sila, url } = await startImage({ NODE_OPTIONS: '--import ./my-opentelemetry.mjs' });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const asked = await fetch(`${url}/v3/directline/tokens/generate`, {
      method: 'POST',
      headers: { origin: url, traceparent },
    });
    expect(asked.status).toBe(200);
    const exported = `{"exported":"POST /v3/directline/tokens/generate","traceId":"0af7651916cd43dd8448eb211c80319c"`;
    await expect.poll(() => sila.output()).toContain(exported);
  });

  it('say that it is not healthy when nothing answers', async () => {
    const [node = '', ...health] = last.health;
    const env = { PATH: process.env['PATH'], PORT: String(await freePort()) };
    await expect(run(node, health, { env })).rejects.toMatchObject({ code: 1 });
  });
});
