// From the webhook to the delivery over the real server: one trace, in the operator's SDK and in every line of the log.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { StoreError, type Store } from '../../src/store/contract.js';
import { startRealApp, type RealApp } from '../support/real-app.js';
import { keepSpans } from '../support/spans.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CLIENT = 'b7ad6b7169203331';
const CANARY = ['كناري-الأثر', '0551239876', '1098765432'];

let app: RealApp;
/** The next commits that fail. */
let failures = 0;
const failing = (store: Store): Store => ({
  ...store,
  turns: {
    ...store.turns,
    commit: (turn) =>
      failures-- > 0
        ? Promise.reject(new StoreError('failed', `no room for ${CANARY.join(' ')}`))
        : store.turns.commit(turn),
  },
});
beforeAll(async () => {
  app = await startRealApp(failing);
});
afterAll(() => app.stop());

/** Somebody on the website says something, in a trace of their own. */
async function say(text: string) {
  const visitor = await app.visitor();
  const answer = await visitor.ask('/activities', {
    method: 'POST',
    body: { type: 'message', text },
    headers: { traceparent: `00-${TRACE}-${CLIENT}-01`, 'x-forwarded-for': visitor.ip },
  });
  expect(answer.status).toBe(200);
  await visitor.heard(2);
}

describe('the way of a message', () => {
  it('is one trace from the request over the turn to every send', async () => {
    const spans = keepSpans();
    onTestFinished(spans.stop);
    await say(CANARY.join(' '));
    const within = () => spans.all.filter(({ own }) => own.traceId === TRACE);
    await expect.poll(() => within().filter(({ name, ended }) => name === 'send' && ended).length).toBeGreaterThan(0);
    const of = (name: string) => within().find((span) => span.name === name);

    const [request, accept, turn] = [of('POST /v3/directline/conversations/:id/activities'), of('accept'), of('turn')];
    expect(request?.parent?.spanId).toBe(CLIENT);
    await expect.poll(() => request?.attributes['http.response.status_code']).toBe(200);
    expect(accept?.parent?.spanId).toBe(request?.own.spanId);
    expect(turn?.parent?.spanId).toBe(accept?.own.spanId);
    expect(of('send')?.parent?.spanId).toBe(turn?.own.spanId);
    const told = JSON.stringify(spans.all.map(({ name, attributes, status }) => [name, attributes, status]));
    for (const canary of CANARY) expect(told).not.toContain(canary);
  });

  it('is named in the log without any SDK', async () => {
    const before = app.log.length;
    failures = 1;
    await say(CANARY.join(' '));
    const lines = app.log.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ event }) => event === 'turn.failed')).toMatchObject({ trace: TRACE });
    for (const canary of CANARY) expect(app.log.join('')).not.toContain(canary);
  });
});
