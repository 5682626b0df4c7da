// Valid requests made hostile, against the whole program: no fault of ours, nobody else notices.
import { connect } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { startRealApp, type Clerk, type RealApp, type Visitor } from '../support/real-app.js';
import { plantCase } from '../support/planted-case.js';
import { chanceOf, mutate, scramble, wire, type Chance, type Sent } from './mutate.js';

const AT_ONCE = 16;
/** A conversation takes sixty messages a minute: then another one is used. */
const PER_VISITOR = 120;

interface House {
  app: RealApp;
  clerk: Clerk;
}

/** Sends so many requests, each made from `seed` and its number, and looks at every answer, the log and the neighbours. */
export async function sendHostile(most: number, seed: number): Promise<void> {
  const app = await startRealApp();
  onTestFinished(() => app.stop());
  const house = { app, clerk: await app.clerk('administrator') };
  const neighbours = await Promise.all([app.visitor(), app.visitor(), app.visitor()]);
  for (const one of neighbours) await one.say({ type: 'message', text: 'السلام عليكم' });
  const before = await Promise.all(neighbours.map((one) => one.heard(3)));

  const statuses = await flood(house, most, seed);

  // The faults are not so coarse that everything stops at the door.
  for (const status of [200, 400, 401, 404, 405]) expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0]);
  for (const [i, one] of neighbours.entries()) {
    expect(await one.heard(1)).toEqual(before[i]);
    await one.say({ type: 'message', text: 'القائمة' });
    await one.heard(before[i]!.length + 2);
  }
  expect((await house.clerk.ask('/counts')).status).toBe(200);
  expect(
    app.log.filter((line) =>
      /handler_failed|request_failed|upgrade_failed|answer_broken|turn\.failed|quarantined|sweep\.failed/.test(line),
    ),
  ).toEqual([]);
  console.log(
    `${most} hostile requests, seed ${seed}`,
    Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
    `${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
  );
}

/** Gives back how often each status was answered. */
async function flood(house: House, most: number, seed: number): Promise<Map<number, number>> {
  let number = 0;
  const statuses = new Map<number, number>();
  const worker = async (): Promise<void> => {
    let targets = await targetsOf(house, await house.app.visitor());
    for (let own = 1; number < most; own++) {
      const current = ++number;
      const chance = chanceOf(seed + current);
      if (own % PER_VISITOR === 0) targets = await targetsOf(house, await house.app.visitor());
      const bytes = hostileBytes(chance, chance.one(targets));
      const answer = await exchange(house.app.port, bytes);
      const status = Number(
        (answer.startsWith('HTTP/1.1 100') ? answer.slice(answer.indexOf('\r\n\r\n') + 4) : answer).slice(9, 12),
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 || /\n\s+at .*[.:]\d+:\d+|node_modules/.test(answer)) {
        throw new Error(
          `seed ${seed}, request ${current}:\n${bytes.toString('latin1').slice(0, 2_000)}\n→ ${answer.slice(0, 500)}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return statuses;
}

function hostileBytes(chance: Chance, target: Sent): Buffer {
  if (chance.once(20)) return wire(target);
  const bytes = wire(mutate(chance, target));
  return chance.once(6) ? scramble(chance, bytes) : bytes;
}

/** Everything that a person, a charity's site and staff may ask for, in its valid form. */
async function targetsOf({ app, clerk }: House, visitor: Visitor): Promise<Sent[]> {
  await visitor.say({ type: 'message', text: 'مرحبا' });
  const started = await visitor.ask('', {});
  const stream = (started.body as { streamUrl: string }).streamUrl;
  const { conversations } = (await clerk.ask('/conversations?limit=1')).body as { conversations: { id: string }[] };
  return [
    ...ofThePerson(app, visitor, stream.slice(stream.indexOf('/v3'))),
    ...ofStaff(app, clerk, conversations[0]!.id, await plantCase(app.sila, conversations[0]!.id)),
  ];
}

function ofThePerson(app: RealApp, { id, token, ip }: Visitor, stream: string): Sent[] {
  const line = '/v3/directline';
  const from: [string, string][] = [['X-Forwarded-For', ip]];
  const own: [string, string][] = [...from, ['Authorization', `Bearer ${token}`], ['Origin', app.url]];
  const upload =
    '--b\r\nContent-Disposition: form-data; name="activity"\r\nContent-Type: application/json\r\n\r\n{"type":"message","text":"x"}\r\n' +
    '--b\r\nContent-Disposition: form-data; name="file"; filename="صوت.ogg"\r\nContent-Type: audio/ogg\r\n\r\nOggS voice\r\n--b--\r\n';
  return [
    of('POST', `${line}/tokens/generate`, [...from, ['Origin', app.url]]),
    of('POST', `${line}/tokens/refresh`, own),
    of('POST', `${line}/conversations`, own),
    of('GET', `${line}/conversations/${id}?watermark=2`, own),
    of('GET', `${line}/conversations/${id}/activities?watermark=0`, own),
    of('OPTIONS', `${line}/conversations/${id}/activities`, own),
    ...[
      { type: 'message', text: 'أريد مساعدة', locale: 'ar-SA', channelData: { clientActivityID: 'c1' }, from: { id: 'u' } },
      { type: 'message', value: '0/menu/service/aid', channelData: { choice: '!/menu' } },
      { type: 'event', name: 'webchat/join', value: { language: 'ar' } },
      { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'http://127.0.0.1/x' }] },
    ].map((body) => of('POST', `${line}/conversations/${id}/activities`, own, body)),
    of('POST', `${line}/conversations/${id}/upload?userId=u`, [...own, ['Content-Type', 'multipart/form-data; boundary=b']], Buffer.from(upload)),
    of('GET', stream, [['Upgrade', 'websocket'], ['Connection', 'Upgrade'], ['Sec-WebSocket-Version', '13'], ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA==']]),
    of('GET', `${line}/files/01a20181-19c9-7784-b427-f64fb8fb09f8?t=${token}`, from),
    ...['/', '/?lang=en', '/chat', '/chat/config.json', '/chat/theme.css', '/widget.js', '/staff', '/staff/cases/1', '/healthz', '/metrics'].map((path) => of('GET', path, from)),
  ]; // prettier-ignore
}

function ofStaff(app: RealApp, clerk: Clerk, conversation: string, number: string): Sent[] {
  const own: [string, string][] = [['Cookie', clerk.cookie], ['X-Sila-Token', clerk.csrf], ['Origin', app.url]]; // prettier-ignore
  const client = 'c'.repeat(20);
  const gets = ['/session', '/conversations?limit=5&hold=none', `/conversations/${conversation}`, `/conversations/${conversation}/lines?after=0&limit=10`, `/cases/${number}`, '/notices?limit=5', '/counts', '/ratings', '/people', '/accounts', '/audit?limit=5&subject=all', '/files/01a20181-19c9-7784-b427-f64fb8fb09f8?show=1']; // prettier-ignore
  const posts: [string, object][] = [
    [`/conversations/${conversation}/take`, {}],
    [`/conversations/${conversation}/reply`, { text: 'أهلًا', clientId: client }],
    [`/conversations/${conversation}/hand-back`, {}],
    [`/conversations/${conversation}/erase`, { sure: number }],
    ['/cases/search', { search: 'فاطمة', status: 'submitted', limit: 10, before: 1_800_000_000_000 }],
    [`/cases/${number}/reveal`, {}],
    [`/cases/${number}/status`, { to: 'under_research', tell: true, note: 'x' }],
    [`/cases/${number}/note`, { text: 'ملاحظة' }],
    [`/cases/${number}/assign`, { assignee: clerk.row.id }],
    [`/cases/${number}/message`, { text: 'أهلًا', clientId: client }],
    ['/notices/seen', { ids: ['quarantined.1'] }],
    ['/accounts', { login: 'new.one', name: 'هيا', role: 'reception', password: 'short' }],
    [`/accounts/${clerk.row.id}/disabled`, { disabled: true }],
    ['/sign-in', { login: 'nobody', password: 'x' }],
  ];
  return [
    ...gets.map((path) => of('GET', `/api/staff${path}`, own)),
    ...posts.map(([path, body]) => of('POST', `/api/staff${path}`, own, body)),
  ];
}

function of(method: string, path: string, headers: [string, string][], body?: object): Sent {
  if (body === undefined) return { method, path, headers, body: Buffer.alloc(0) };
  if (Buffer.isBuffer(body)) return { method, path, headers, body };
  return {
    method,
    path,
    headers: [...headers, ['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Writes, hangs up the sending half and takes what comes; a stream that opened is left. */
function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    const done = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(4_000, done);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (answer.startsWith('HTTP/1.1 101')) done();
    });
    socket.on('error', done);
    socket.on('close', done);
    socket.end(bytes);
  });
}
