// A message's way as one trace: with an operator's SDK and without one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Traces } from '../../src/observe/traces.js';
import { harness, started } from '../conversation/harness.js';
import { keepSpans } from '../support/spans.js';

const FROM = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const TRACE = '0af7651916cd43dd8448eb211c80319c';

function sdk() {
  const spans = keepSpans();
  onTestFinished(spans.stop);
  return spans.all;
}

const counted = () => {
  let n = 0;
  return new Traces((bytes) => Buffer.alloc(bytes, ++n));
};

describe('traces without an SDK', () => {
  it('have ids of their own, which what is within shares', async () => {
    const traces = counted();
    const seen: (string | undefined)[] = [];
    await traces.span('a', {}, async () => {
      seen.push(traces.id);
      await traces.span('b', {}, () => Promise.resolve(seen.push(traces.id)));
      seen.push(traces.id);
    });
    expect(seen).toEqual(['01'.repeat(16), '01'.repeat(16), '01'.repeat(16)]);
    expect([traces.id, traces.traceparent]).toEqual([undefined, undefined]);
  });

  it('go on from what they are given, whatever is under way', async () => {
    const traces = counted();
    await traces.span('a', {}, () =>
      traces.span('b', { from: FROM }, () => {
        expect([traces.id, traces.traceparent]).toEqual([TRACE, FROM]);
        return Promise.resolve();
      }),
    );
  });

  it('begin anew where the header is none, and apart from whoever caused the work', async () => {
    const traces = counted();
    await traces.span('a', { from: 'nonsense' }, async () => {
      expect(traces.id).toBe('01'.repeat(16));
      expect(await traces.apart(() => Promise.resolve(traces.id))).toBeUndefined();
      expect(await traces.apart(() => traces.span('b', {}, () => Promise.resolve(traces.id)))).toBe('03'.repeat(16));
    });
  });

  it('know what is under way in the whole process, whoever began it', async () => {
    const [one, other] = [counted(), counted()];
    expect(await one.span('a', {}, () => Promise.resolve(other.id))).toBe('01'.repeat(16));
  });

  it('do not mix what goes on side by side', async () => {
    const traces = counted();
    const ids = await Promise.all(
      [1, 2, 3].map(() =>
        traces.span('a', {}, async () => {
          const before = traces.id;
          await new Promise(setImmediate);
          return [before, traces.id];
        }),
      ),
    );
    expect(ids.every(([before, after]) => before === after)).toBe(true);
    expect(new Set(ids.map(([id]) => id)).size).toBe(3);
  });
});

describe('traces with an SDK', () => {
  it('open spans below each other, and end them when the work fails, without its words', async () => {
    const all = sdk();
    const traces = counted();
    const work = traces.span('a', { kind: 'server', from: FROM, facts: { 'http.route': '/x' } }, (tell) => {
      tell({ 'http.response.status_code': 503 });
      return traces.span('b', { kind: 'client' }, () => Promise.reject(new Error('words of a person')));
    });
    await expect(work).rejects.toThrow('words of a person');
    const [outer, inner] = all;
    expect(outer).toMatchObject({ name: 'a', kind: SpanKind.SERVER, parent: { spanId: 'b7ad6b7169203331' } });
    expect(outer?.attributes).toEqual({ 'http.route': '/x', 'http.response.status_code': 503 });
    expect(inner).toMatchObject({ name: 'b', kind: SpanKind.CLIENT, parent: { spanId: outer?.own.spanId } });
    for (const span of all) expect([span.ended, span.status]).toEqual([true, { code: SpanStatusCode.ERROR }]);
    expect(JSON.stringify(all)).not.toContain('words of a person');
  });

  it('follow a message from taking in over its turn to every send, and a try again too', async () => {
    const all = sdk();
    const h = await started();
    h.channel.answer = () =>
      Promise.resolve({
        result: 'error',
        error: { code: 'network', retry: true, slow: 'message', tellStaff: false, optOut: false },
      });
    await h.write('p', 'السلام عليكم');
    const other = await h.write('q', 'السلام عليكم');
    await h.settle();
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    h.clock.pass(600_000);
    await h.settle();

    const [own, foreign] = all.filter(({ name }) => name === 'accept');
    const within = all.filter((span) => span.own.traceId === own?.own.traceId);
    const names = within.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['accept', 'turn']);
    expect(names.filter((name) => name === 'send').length).toBeGreaterThan(1);
    const turn = within.find(({ name }) => name === 'turn');
    expect(turn?.parent?.spanId).toBe(own?.own.spanId);
    for (const span of within.filter(({ name }) => name === 'send')) {
      expect(span.parent?.spanId).toBe(turn?.own.spanId);
      expect(span.attributes['sila.conversation']).toBe(turn?.attributes['sila.conversation']);
    }
    expect(within.every(({ ended }) => ended)).toBe(true);
    expect(foreign?.own.traceId).not.toBe(own?.own.traceId);
    expect(within.some(({ attributes }) => attributes['sila.conversation'] === other.conversation)).toBe(false);
  });

  it('go on over a restart: what was taken in before is played and sent in its trace', async () => {
    const all = sdk();
    const dir = mkdtempSync(join(tmpdir(), 'sila-traces-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const before = await harness({ dir });
    await before.write('p', 'السلام عليكم');
    await before.stop();
    const after = await started({ dir });
    await after.settle();
    expect(new Set(all.map(({ own }) => own.traceId)).size).toBe(1);
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['accept', 'turn', 'send']));
  });

  it('name themselves in the log of a file that cannot be fetched', async () => {
    const all = sdk();
    const h = await started();
    Object.assign(h.channel, { fetchFile: () => Promise.reject(new Error('no')) });
    await h.write('p', 'ورقة', { remote: [{ name: 'x.jpg', facts: { id: '1' } }] });
    await expect.poll(async () => (await h.settle(), h.logged.map(({ event }) => event))).toContain('file.fetch_threw');
    const [accept] = all;
    expect(all.find(({ name }) => name === 'fetch')?.parent?.spanId).toBe(accept?.own.spanId);
  });

  it('carry ids and codes only', async () => {
    const all = sdk();
    const h = await started();
    await h.tell('966551234567', 'اسمي فاطمة وجوالي 0551234567', { name: 'فاطمة' });
    expect(all.length).toBeGreaterThan(2);
    for (const { name, attributes } of all) {
      expect(name).toMatch(/^(accept|turn|send|case)$/);
      for (const [key, value] of Object.entries(attributes)) {
        expect(key).toMatch(/^(sila|http)\.[a-z._]+$/);
        expect(String(value)).toMatch(/^([\da-f-]{36}|[a-z]{1,20}|\d)$/);
      }
    }
  });
});
