// A thousand turns under ten `kill -9`: nothing lost, nothing double, nothing out of order, one case for every finished request.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { buildChild } from '../support/child.js';
import { pack } from '../support/pack.js';
import { Clock, harness, started } from './harness.js';
import { FATIMA, recordRequest } from './request.js';

const KILLS = 10;
const TURNS = 1_000;
/** The child's clock runs this much faster, so that people may write as fast as the test wants without being over the pace. */
const SPEED = 20;
const THINK_MS = 170;
const ENOUGH_SENDS = 20;

interface Sent {
  sent: string;
  user: string;
  seq: number;
}

describe('kill -9', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-kill-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it(`${KILLS} times in ${TURNS} turns loses, doubles and disorders nothing`, async () => {
    const script = await recordRequest(await started(), FATIMA);
    const people = Array.from({ length: Math.ceil(TURNS / script.length) }, (_, index) => `person-${index}`);
    const data = join(dir, 'data');
    const bundle = join(dir, 'bundle.json');
    writeFileSync(bundle, JSON.stringify(pack('safe-treatment')));
    const base = Date.now();
    const host = new Host([buildChild('test/conversation/kill-child.ts'), data, bundle, String(base), String(SPEED)]);
    await host.start();

    const total = people.length * script.length;
    const written = Promise.all(
      people.map(async (user, index) => {
        await wait(index * 7);
        for (const [n, text] of script.entries()) {
          await host.deliver({ account: 'main', user, messageId: `${user}-${n}`, text });
          await wait(THINK_MS);
        }
      }),
    );
    // By count and not by the clock: on any machine each kill hits while people are writing.
    for (let kills = 0; kills < KILLS; kills++) {
      await host.acknowledged(Math.floor(((kills + 0.5 + Math.random() / 2) * total) / (KILLS + 1)));
      // And never before it got on: a message that is in hand at every kill would rightly be put aside as one that brings it down.
      await host.gotOn();
      await host.kill();
      await host.start();
    }
    await written;
    await host.quiet();
    await host.end();

    const h = await harness({ dir: data, clock: new Clock(base + (Date.now() - base) * SPEED) });
    let turns = 0;
    for (const user of people) {
      const transcript = await h.sila.host('fake').transcript('main', user, 0, 1000);
      const heard = transcript.filter(({ from }) => from === 'person');
      expect(heard.map(({ clientId }) => clientId)).toEqual(script.map((_, n) => `${user}-${n}`));
      expect(heard.map(({ text }) => text)).toEqual(script);
      turns += heard.length;
      expect(transcript.map(({ seq }) => seq)).toEqual(transcript.map((_, n) => n + 1));
      const said = transcript.filter(({ from }) => from === 'bot').map(({ seq }) => seq);
      expect(host.firstSends(user), 'all that was said was sent, in order').toEqual(said);
    }
    expect(turns).toBe(people.length * script.length);
    expect(turns).toBeGreaterThanOrEqual(TURNS);
    const cases = await h.store.cases.list({ limit: 200 });
    expect(cases).toHaveLength(people.length);
    expect(new Set(cases.map(({ conversation }) => conversation)).size).toBe(people.length);
    for (const { number } of cases) expect(await h.store.cases.events(number)).toHaveLength(1);
    expect((await h.store.notices.list({ limit: 200 })).filter(({ kind }) => kind === 'new_case')).toHaveLength(
      people.length,
    );
    const stats = await h.store.stats();
    expect(stats).toMatchObject({ mailbox: 0, quarantined: 0, outbox: 0, submissions_unhandled: 0 });
    // A send that was under way when the process died is made again: no provider closes this window.
    expect(host.repeatedSends()).toBeLessThanOrEqual(KILLS * 16);
    await h.stop();
  });
});

/** Drives the child as a provider would: the same message with the same id until it is acknowledged. */
class Host {
  private child: ChildProcess | undefined;
  private ready: () => void = () => undefined;
  private readonly waiting = new Map<string, { line: string; done: () => void }>();
  private readonly sends: Sent[] = [];
  private sendsBefore = 0;
  private acks = 0;
  private onAck: () => void = () => undefined;
  private onIdle: (idle: boolean) => void = () => undefined;

  constructor(private readonly command: readonly string[]) {}

  async start(): Promise<void> {
    const child = spawn(process.execPath, [...this.command], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child = child;
    this.sendsBefore = this.sends.length;
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) =>
      this.hear(JSON.parse(line) as Record<string, unknown>),
    );
    await new Promise<void>((ready) => (this.ready = ready));
    for (const { line } of this.waiting.values()) child.stdin.write(line);
  }

  deliver(incoming: { messageId: string } & Record<string, string>): Promise<void> {
    return new Promise((done) => {
      const line = `${JSON.stringify(incoming)}\n`;
      this.waiting.set(incoming.messageId, { line, done });
      this.child?.stdin?.write(line);
    });
  }

  /** Until so many messages were acknowledged. */
  async acknowledged(count: number): Promise<void> {
    while (this.acks < count) await new Promise<void>((heard) => (this.onAck = heard));
  }

  /** Until this child has sent so much that it is past what it found waiting. */
  async gotOn(): Promise<void> {
    const before = this.sendsBefore;
    await vi.waitFor(() => expect(this.sends.length).toBeGreaterThan(before + ENOUGH_SENDS), { timeout: 60_000 });
  }

  async kill(): Promise<void> {
    const { child } = this;
    const gone = new Promise((resolve) => child?.once('close', resolve));
    child?.kill('SIGKILL');
    await gone;
  }

  /** Until the child has nothing left to do, twice in a row: between two bells it may look so for a moment. */
  async quiet(): Promise<void> {
    for (let idle = 0; idle < 2;) {
      await wait(300);
      const told = new Promise<boolean>((tell) => (this.onIdle = tell));
      this.child?.stdin?.write('idle?\n');
      idle = (await told) ? idle + 1 : 0;
    }
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.child?.once('close', resolve));
    this.child?.stdin?.end();
    await gone;
  }

  /** Seq of what a person was sent, each when it first came. */
  firstSends(user: string): number[] {
    return [...new Set(this.sends.filter((one) => one.user === user).map(({ seq }) => seq))];
  }

  repeatedSends(): number {
    return this.sends.length - new Set(this.sends.map(({ sent }) => sent)).size;
  }

  private hear(line: Record<string, unknown>): void {
    if (typeof line.idle === 'boolean') this.onIdle(line.idle);
    if ('ready' in line) this.ready();
    if ('sent' in line) this.sends.push(line as unknown as Sent);
    if (typeof line.acked === 'string') {
      const acked = this.waiting.get(line.acked);
      this.waiting.delete(line.acked);
      if (acked) this.acks += 1;
      acked?.done();
      this.onAck();
    }
    const { refused } = line;
    if (typeof refused === 'string') this.child?.stdin?.write(this.waiting.get(refused)?.line ?? '');
  }
}
