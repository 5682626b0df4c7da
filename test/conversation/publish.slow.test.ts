// `npm run publish` against a running process, while a person is in the middle of the flow that changes.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';

const root = resolve(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'sila-publish-'));
const data = join(home, 'data');
const file = join(home, 'flows', 'aid-request.yaml');
const rules = join(home, 'flows', 'cases.yaml');
let sila: SilaProcess | undefined;

beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  cpSync(join(root, 'flows'), join(home, 'flows'), { recursive: true });
});

afterAll(async () => {
  await sila?.kill();
  rmSync(home, { recursive: true, force: true });
});

it(
  'publishes, refuses and says so, and waits for the next start where nothing runs',
  { timeout: 120_000 },
  async () => {
    const port = await freePort();
    sila = await startSila({ dir: data, port });
    const visitor = await visit(sila.url);
    for (const text of ['السلام عليكم', 'طلب مساعدة']) await visitor.say(text);
    expect(await publish()).toMatchObject({ status: 0, said: expect.stringContaining('Nothing to do') as string });

    const written = readFileSync(file, 'utf8');
    const renamed = written.replace('id: consent', 'id: leave');
    writeFileSync(file, renamed);
    const cases = readFileSync(rules, 'utf8');
    writeFileSync(rules, cases.replace('[consent, kind', '[leave, kind'));
    const refused = await publish();
    expect(refused.status).toBe(2);
    expect(refused.said).toContain('flows/aid-request.yaml  step "consent": 1 person');
    // What another process writes arrives when it arrives.
    await expect.poll(() => sila?.output()).toContain('flow_set.refused');

    writeFileSync(file, `${renamed}\nmoved:\n  - { step: consent, to: leave }\n  - { answer: consent, to: leave }\n`);
    expect(await publish()).toMatchObject({
      status: 0,
      said: expect.stringContaining('Published: safe-treatment') as string,
    });
    expect(await visitor.say('أوافق')).toContain('نوع');

    writeFileSync(file, written.replace('steps:', 'stepps:'));
    expect(await publish()).toMatchObject({ status: 1, said: expect.stringContaining('unknown_key') as string });

    await sila.stop();
    writeFileSync(rules, cases);
    // Back to the former name: the person has gone on meanwhile, and their answer goes back too.
    writeFileSync(file, `${written}\nmoved:\n  - { step: leave, to: consent }\n  - { answer: leave, to: consent }\n`);
    expect(await publish()).toMatchObject({ status: 3 });
    sila = await startSila({ dir: data, port });
    await expect.poll(() => sila?.output()).toContain('flow_set.older');
    await expect.poll(() => sila?.output()).toContain('flow_set.published');
    expect(sila.output()).not.toContain('bell.failed');
  },
);

async function publish(): Promise<{ status: number | null; said: string }> {
  const env = { PATH: process.env.PATH ?? '' };
  const child = spawn(process.execPath, ['dist/scripts/publish.js', '--root', home, '--data', data], {
    cwd: root,
    env,
  });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((done) => child.once('close', (status) => done({ status, said })));
}

interface Line {
  text?: string;
  from: { role?: string };
}

/** Somebody on the website's chat; `say` gives back what they are told until it is quiet. */
async function visit(url: string): Promise<{ say: (text: string) => Promise<string> }> {
  const json = { origin: url, 'content-type': 'application/json' };
  const token = await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers: json });
  const fresh = ((await token.json()) as { token: string }).token;
  const opened = await fetch(`${url}/v3/directline/conversations`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${fresh}` },
  });
  const { conversationId, token: own } = (await opened.json()) as { conversationId: string; token: string };
  const path = `${url}/v3/directline/conversations/${conversationId}/activities`;
  const headers = { ...json, authorization: `Bearer ${own}` };
  const told = async (): Promise<Line[]> => {
    const { activities } = (await (await fetch(path, { headers })).json()) as { activities: Line[] };
    return activities.filter(({ from }) => from.role === 'bot');
  };
  return {
    say: async (text) => {
      const before = (await told()).length;
      const body = JSON.stringify({ type: 'message', from: { id: 'u' }, text });
      expect((await fetch(path, { method: 'POST', headers, body })).ok).toBe(true);
      for (;;) {
        const lines = (await told()).slice(before);
        if (lines.length > 0) return lines.map((line) => line.text ?? '').join('\n');
        await new Promise((done) => setTimeout(done, 50));
      }
    },
  };
}
