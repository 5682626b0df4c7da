// The process itself: it starts on nothing, refuses a second one, survives kill -9 and ends gracefully.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'sila-main-'));
const running: ChildProcess[] = [];

beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
});

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

interface Process {
  child: ChildProcess;
  url: string;
  printed: () => string;
  ended: Promise<{ code: number | null; took: number }>;
}

function start(dir: string, port: number, more: Record<string, string> = {}): Process {
  const environment = { PATH: process.env.PATH ?? '', DATA_DIR: join(home, dir), PORT: String(port), ...more };
  const child = spawn(process.execPath, ['dist/src/main.js'], { cwd: root, env: environment });
  running.push(child);
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  let asked = Date.now();
  const kill = child.kill.bind(child);
  child.kill = (signal) => ((asked = Date.now()), kill(signal));
  const ended = new Promise<{ code: number | null; took: number }>((done) => {
    child.once('close', (code) => done({ code, took: Date.now() - asked }));
  });
  return { child, url: `http://127.0.0.1:${port}`, printed: () => printed, ended };
}

async function ready({ url, ended }: Process): Promise<void> {
  const over = ended.then(() => 'ended');
  for (;;) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    if ((await Promise.race([over, wait(50)])) === 'ended') throw new Error('the process ended');
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

interface Line {
  text?: string;
  from: { role?: string };
}

class Visitor {
  private token = '';
  private id = '';

  constructor(private readonly url: string) {}

  async open(): Promise<void> {
    const response = await fetch(`${this.url}/v3/directline/conversations`, {
      method: 'POST',
      headers: { origin: this.url, authorization: `Bearer ${await this.fresh()}` },
    });
    const opened = (await response.json()) as { conversationId: string; token: string };
    expect(response.ok).toBe(true);
    [this.id, this.token] = [opened.conversationId, opened.token];
  }

  async say(text: string, clientActivityID: string): Promise<void> {
    const body = { type: 'message', from: { id: 'u' }, text, channelData: { clientActivityID } };
    const response = await this.call('POST', body);
    expect(response.ok).toBe(true);
  }

  async lines(): Promise<Line[]> {
    return ((await (await this.call('GET')).json()) as { activities: Line[] }).activities;
  }

  /** Until so many lines are there. */
  async until(test: (lines: Line[]) => boolean): Promise<Line[]> {
    for (;;) {
      const lines = await this.lines();
      if (test(lines)) return lines;
      await wait(20);
    }
  }

  private call(method: 'GET' | 'POST', body?: object): Promise<Response> {
    return fetch(`${this.url}/v3/directline/conversations/${this.id}/activities`, {
      method,
      headers: {
        origin: this.url,
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  private async fresh(): Promise<string> {
    const response = await fetch(`${this.url}/v3/directline/tokens/generate`, {
      method: 'POST',
      headers: { origin: this.url },
    });
    return ((await response.json()) as { token: string }).token;
  }
}

describe('the process', () => {
  it('starts on nothing, talks, is killed, goes on where it was, and ends gracefully', async () => {
    const port = await freePort();
    const first = start('one', port);
    await ready(first);
    await expect.poll(first.printed).toMatch(/encryption\.key/);
    await expect.poll(first.printed).toMatch(/Password: \S{16}\s/);
    expect(first.printed()).not.toMatch(/[\u2066-\u2069]/);

    const second = start('one', await freePort());
    expect((await second.ended).code).toBe(3);
    expect(second.printed()).toMatch(/تستخدم المجلد/);
    expect(second.printed()).toMatch(/Another process uses the folder/);

    const visitor = new Visitor(first.url);
    await visitor.open();
    await visitor.say('السلام عليكم', 'a');
    const greeted = await visitor.until((lines) => lines.length >= 3);
    await visitor.say('طلب مساعدة', 'b');
    first.child.kill('SIGKILL');
    await first.ended;

    const again = start('one', port);
    await ready(again);
    expect(again.printed()).not.toMatch(/Password/);
    const lines = await visitor.until((all) => all.length > greeted.length + 1);
    expect(lines.slice(0, greeted.length)).toEqual(greeted);
    await visitor.say('طلب مساعدة', 'b');
    expect((await visitor.lines()).filter(({ text }) => text === 'طلب مساعدة')).toHaveLength(1);

    again.child.kill('SIGTERM');
    const { code, took } = await again.ended;
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
  });

  it('of another charity speaks for that one', async () => {
    const qutoof = start('two', await freePort(), { CHARITY: 'qutoof' });
    await ready(qutoof);
    const visitor = new Visitor(qutoof.url);
    await visitor.open();
    await visitor.say('السلام عليكم', 'a');
    const lines = await visitor.until((all) => all.length >= 3);
    expect(JSON.stringify(lines)).toContain('قطوف');
    qutoof.child.kill('SIGINT');
    expect((await qutoof.ended).code).toBe(0);
  });

  it('refuses production with what it lacks, an unknown charity, and a wrong key', async () => {
    const bare = start('three', await freePort(), { NODE_ENV: 'production' });
    expect((await bare.ended).code).toBe(2);
    expect(bare.printed()).toMatch(/ENCRYPTION_KEY[^]*STAFF_ADMIN_PASSWORD/);
    const unknown = start('three', await freePort(), { CHARITY: 'nobody' });
    expect((await unknown.ended).code).toBe(2);
    const lost = start('one', await freePort(), {
      ENCRYPTION_KEY: Buffer.from('another key of thirty-two bytes!').toString('base64'),
    });
    expect((await lost.ended).code).toBe(3);
    expect(lost.printed()).toMatch(/ENCRYPTION_KEY is not the key/);
  });
});
