// The commands as an operator calls them, beside a program that runs and writes.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedPortable } from '../../src/store/embedded/portable.js';
import { dangling } from '../../src/upkeep/references.js';
import { harness } from '../conversation/harness.js';
import { freshDatabase, servers } from '../support/servers.js';
import { freePort, startSila } from '../support/sila-process.js';
import { folder, prefixFaults, reading } from './world.js';

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function command(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [`dist/scripts/${name}.js`, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

/** Signs of all that was found to be not well. */
const ills = ({ out }: Ended): string[] => out.split('\n').filter((line) => /^[!✗]/.test(line));

describe('npm run backup', () => {
  it('takes a prefix of history from under a load, which npm run restore brings in elsewhere', async () => {
    const [dir, to] = [folder(), folder()];
    const h = await harness({ dir });
    const load = { over: false, rounds: 0 };
    const users = Array.from({ length: 10 }, (_, i) => `person-${i}`);
    const lines = ['السلام عليكم', 'طلب مساعدة', 'القائمة', 'ما أوقات الدوام؟'];
    const writing = (async () => {
      for (; !load.over; load.rounds++) {
        h.clock.pass(10_000);
        await Promise.all(users.map((user, i) => h.write(user, lines[(load.rounds + i) % lines.length]!)));
        await h.settle();
      }
    })();
    for (let i = 0; i < 3; i++) {
      const before = load.rounds;
      expect(await command('backup', ['--to', to], { DATA_DIR: dir })).toMatchObject({ code: 0, err: '' });
      expect(load.rounds).toBeGreaterThan(before);
    }
    load.over = true;
    await writing;
    const made = readdirSync(join(to, 'rows'));
    expect(made).toHaveLength(3);
    await reading(dir, async (later) => {
      for (const name of made) {
        const into = folder();
        const done = await command('restore', ['--from', join(to, 'rows', name)], { DATA_DIR: into });
        expect(done, done.err).toMatchObject({ code: 0 });
        await reading(into, async (restored) => {
          expect(await prefixFaults(restored, later)).toEqual([]);
          expect(await dangling(restored)).toEqual({});
        });
        const again = await harness({ dir: into, clock: h.clock, messagesBefore: 1_000_000 });
        h.clock.pass(10_000);
        for (const user of users) expect(await again.tell(user, 'القائمة')).not.toEqual([]);
        await again.stop();
      }
    });
    const full = await command('restore', ['--from', to], { DATA_DIR: dir });
    expect(full.code).toBe(2);
    await h.stop();
    expect((await command('restore', ['--from', to], { DATA_DIR: dir })).err).toContain('not empty');
  });
});

describe('npm run doctor', () => {
  it('finds a running program well, says what is wrong with another, and is heard by its exit code', async () => {
    const [dir, to, elsewhere] = [folder(), folder(), folder()];
    const running = await startSila({ dir, port: await freePort() });
    onTestFinished(() => running.kill());
    const well = await command('doctor', [], { DATA_DIR: dir });
    expect(ills(well), well.out + well.err).toEqual([]);
    expect(well.code).toBe(0);
    expect(well.out).toContain('The program runs now');
    expect(well.out).toContain('All is well.');

    expect((await command('backup', ['--to', to], { DATA_DIR: dir })).code).toBe(0);
    const keysOnly = await command('backup', ['--to', to, '--keys-only'], { DATA_DIR: dir });
    expect(keysOnly.code).toBe(0);
    expect((await command('restore', ['--from', to], { DATA_DIR: elsewhere })).code).toBe(0);
    const noKey = await command('doctor', [], { DATA_DIR: elsewhere });
    expect([noKey.code, ills(noKey).length]).toEqual([2, 1]);
    const key = Buffer.alloc(32, 'another key of thirty-two bytes!').toString('base64');
    const wrong = await command('restore', ['--from', to], { DATA_DIR: join(folder(), 'data'), ENCRYPTION_KEY: key });
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.err).toContain('ENCRYPTION_KEY');
    const nothing = join(elsewhere, 'nothing');
    expect((await command('doctor', [], { DATA_DIR: nothing })).code).toBe(1);
    rmSync(join(elsewhere, 'keys.db'));
    expect((await command('doctor', [], { DATA_DIR: elsewhere })).code).not.toBe(0);
    expect((await command('doctor', [], { DATA_DIR: dir, PORT: 'x' })).out).toContain('PORT is not usable');
  });

  it.each([
    ['moved', 'were moved to MongoDB'],
    ['unfinished', 'did not end'],
  ] as const)('is not needed to know why the program does not start on data marked %s', async (mark, words) => {
    const dir = folder();
    const store = openEmbeddedPortable({ dir });
    await store.setMark(mark, 'x');
    await store.close();
    const started = startSila({ dir, port: await freePort() });
    await expect(started).rejects.toThrow(`it stopped with 3`);
    await expect(started).rejects.toThrow(words);
  });

  it('says that keys are wrapped with a former key until npm run rewrap has wrapped them anew', async () => {
    const dir = folder();
    const [former, current] = ['a', 'b'].map((letter) => Buffer.from(letter.repeat(31) + '!').toString('base64'));
    const running = await startSila({ dir, port: await freePort(), env: { ENCRYPTION_KEY: former! } });
    onTestFinished(() => running.kill());
    const both = { DATA_DIR: dir, ENCRYPTION_KEY: `${current},${former}` };
    expect((await command('rewrap', [], both)).err).toContain('A process works with these data now');
    await running.stop();
    const before = await command('doctor', [], both);
    expect([before.code, before.out.includes('Data keys that only a former encryption key opens: 3 of 3')]).toEqual([
      1,
      true,
    ]);
    expect(await command('rewrap', [], both)).toMatchObject({ code: 0, err: '' });
    const after = await command('doctor', [], { DATA_DIR: dir, ENCRYPTION_KEY: current! });
    expect([after.code, ills(after)]).toEqual([0, []]);
    expect((await command('rewrap', [], both)).out).toContain('0 data keys');
    expect((await command('doctor', [], { DATA_DIR: dir, ENCRYPTION_KEY: former! })).code).toBe(2);
  });

  it.skipIf(servers.mongo === null || servers.redis === null)('asks Redis, and MongoDB for the time', async () => {
    const database = freshDatabase();
    onTestFinished(() => database.drop());
    const secrets = {
      ENCRYPTION_KEY: Buffer.from('k'.repeat(31) + '!').toString('base64'),
      STAFF_ADMIN_PASSWORD: 'n7-pW-3x-Lq-88-zT',
    };
    const env = { DATA_DIR: folder(), PUBLIC_URL: 'http://127.0.0.1', MONGODB_URL: database.url, ...secrets };
    const there = await command('doctor', [], { ...env, REDIS_URL: servers.redis! });
    expect(there.out).toContain('Redis takes our credentials');
    expect(there.out).toContain('The clock agrees with MongoDB');
    expect(there.out).toContain('There are no data in this place yet');
    const away = await command('doctor', [], { ...env, REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(away.code).toBe(2);
    expect(away.out).toContain('Redis does not answer now');
  });

  it('asks Telegram whether it takes the token, compares the clock with it, and never says the token', async () => {
    const token = `12345:${'t'.repeat(35)}`;
    const asked: string[] = [];
    let [ahead, status] = [0, 200];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status, { date: new Date(Date.now() + ahead).toUTCString() }).end('{"ok":true}');
    });
    const url = await listening(server);
    const env = { DATA_DIR: folder(), TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: url };
    const fine = await command('doctor', [], env);
    expect(asked).toEqual([`/bot${token}/getMe`]);
    expect(fine.out).toContain('Telegram takes our credentials');
    expect(fine.out).toContain('The clock agrees with Telegram');
    status = 401;
    ahead = 3_600_000;
    const bad = await command('doctor', [], env);
    expect(bad.code).toBe(2);
    expect(bad.out).toContain('Telegram refuses our credentials (401)');
    expect(bad.out).toMatch(/The clock differs from Telegram by (3599|3600|3601) s/);
    await new Promise((done) => server.close(done));
    const silent = await command('doctor', [], env);
    expect(silent.out).toContain('Telegram does not answer now (ECONNREFUSED)');
    for (const { out, err } of [fine, bad, silent]) expect(out + err).not.toContain(token);
  });
});

function listening(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
