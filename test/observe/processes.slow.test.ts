// A message that one process takes in and another one plays and sends: one trace in the SDKs of both, numbers on each.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type OwnRedis } from '../support/redis-server.js';
import { freshDatabase, servers } from '../support/servers.js';
import { startStack, type Member, type Stack } from '../support/stack.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CLIENT = 'b7ad6b7169203331';

interface Exported {
  exported: string;
  traceId: string;
  spanId: string;
  parent: string | null;
}

describe.skipIf(servers.mongo === null || servers.redisServer === null)('two processes', () => {
  const database = freshDatabase();
  let redis: OwnRedis;
  let stack: Stack;
  let [web, worker]: Member[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    stack = await startStack({
      mongo: database.url,
      redis: redis.url,
      roles: ['web', 'worker'],
      env: { NODE_OPTIONS: '--import ./test/support/printing-sdk.mjs' },
    });
    [web, worker] = stack.members;
  });
  afterAll(async () => {
    await stack.stop();
    await redis.stop();
    await database.drop();
  });

  /** What a process exported of our trace, by name. */
  const spans = (member: Member | undefined): Map<string, Exported> => {
    const lines = (member?.output() ?? '').split('\n').filter((line) => line.startsWith('{"exported"'));
    const all = lines.map((line) => JSON.parse(line) as Exported).filter(({ traceId }) => traceId === TRACE);
    return new Map(all.map((span) => [span.exported, span]));
  };
  const number = async (member: Member | undefined, start: string): Promise<number> => {
    const page = await (await fetch(`${member?.url ?? ''}/metrics`)).text();
    const line = page.split('\n').find((one) => one.startsWith(`${start} `));
    return Number(line?.split(' ').at(-1));
  };

  it('share the trace of a message, from the request to the send', async () => {
    const post = { method: 'POST', headers: { origin: stack.url } };
    const token = (await (await fetch(`${stack.url}/v3/directline/tokens/generate`, post)).json()) as {
      conversationId: string;
      token: string;
    };
    const answer = await fetch(`${stack.url}/v3/directline/conversations/${token.conversationId}/activities`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token.token}`,
        'content-type': 'application/json',
        traceparent: `00-${TRACE}-${CLIENT}-01`,
      },
      body: JSON.stringify({ type: 'message', text: 'السلام عليكم' }),
    });
    expect(answer.status).toBe(200);
    await expect.poll(() => [...spans(worker).keys()].sort()).toEqual(['send', 'turn']);
    const request = 'POST /v3/directline/conversations/:id/activities';
    await expect.poll(() => [...spans(web).keys()].sort()).toEqual([request, 'accept']);
    expect(spans(web).get(request)?.parent).toBe(CLIENT);
    expect(spans(web).get('accept')?.parent).toBe(spans(web).get(request)?.spanId);
    expect(spans(worker).get('turn')?.parent).toBe(spans(web).get('accept')?.spanId);
    expect(spans(worker).get('send')?.parent).toBe(spans(worker).get('turn')?.spanId);
  });

  it('count each its own part, and see the same of what they share', async () => {
    expect(await number(web, 'sila_accepted_total{channel="website"}')).toBe(1);
    expect(await number(worker, 'sila_turns_total{kind="message",outcome="committed"}')).toBe(1);
    expect(await number(worker, 'sila_bells_handled_total{kind="conversation",outcome="done"}')).toBeGreaterThan(0);
    expect(await number(web, 'sila_bells_handled_total{kind="conversation",outcome="done"}')).toBeNaN();
    for (const member of [web, worker]) {
      expect(await number(member, 'sila_conversations')).toBe(1);
      expect(await number(member, 'sila_mailbox_oldest_seconds')).toBe(0);
      for (const name of ['store', 'queue', 'disk', 'keys', 'spool'])
        expect([name, await number(member, `sila_dependency_up{dependency="${name}"}`)]).toEqual([name, 1]);
    }
  });
});
