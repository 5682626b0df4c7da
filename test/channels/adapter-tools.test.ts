// Order per person, secrets, and HTTP that does not wait, swell or wander.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call } from '../../channels/common/http-client.js';
import { InOrder } from '../../channels/common/in-order.js';
import { isOneOf, readSecrets } from '../../channels/common/secrets.js';
import { freePort } from '../support/fake-server.js';
import { failureOfLine, failureOfStatus } from '../../channels/common/send-errors.js';

describe('InOrder', () => {
  it('lets one of a key run at a time, the lowest of those that wait first, and keys side by side', async () => {
    const order = new InOrder();
    const ran: string[] = [];
    let running = 0;
    const work = (name: string) => async () => {
      running += 1;
      expect(running).toBeLessThanOrEqual(2);
      await new Promise((later) => setImmediate(later));
      ran.push(name);
      running -= 1;
    };
    await Promise.all([
      ...[5, 9, 3, 7, 3].map((n) => order.run('a', n, work(`a${n}`))),
      ...[2, 1].map((n) => order.run('b', n, work(`b${n}`))),
    ]);
    expect(ran.filter((name) => name.startsWith('a'))).toEqual(['a5', 'a3', 'a3', 'a7', 'a9']);
    expect(ran.slice(0, 2).toSorted()).toEqual(['a5', 'b2']);
  });

  it('goes on after one that throws', async () => {
    const order = new InOrder();
    const first = order.run('a', 1, () => Promise.reject(new Error('no')));
    const second = order.run('a', 2, () => Promise.resolve('yes'));
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe('yes');
    expect(await order.run('a', 0, () => Promise.resolve('again'))).toBe('again');
  });
});

describe('secrets', () => {
  it.each([
    ['one', ['one', 'two'], true],
    ['two', ['one', 'two'], true],
    ['onf', ['one'], false],
    ['', [''], false],
    [undefined, ['one'], false],
    ['one', [], false],
  ])('%s of %o: %s', (given, secrets, wanted) => expect(isOneOf(given, secrets)).toBe(wanted));

  it('are read from a comma list', () => {
    expect(readSecrets(' a, ,b ')).toEqual(['a', 'b']);
    expect(readSecrets(undefined)).toEqual([]);
  });
});

describe('HTTP', () => {
  const request = { timeout: 1_000, most: 100 };

  it('gives any answer', async () => {
    const url = await serve((_request, response) => response.writeHead(500).end('down'));
    expect(await call(url, request)).toMatchObject({ ok: true, status: 500, body: Buffer.from('down') });
  });

  it('does not follow a redirect', async () => {
    let visits = 0;
    const elsewhere = await serve((_request, response) => response.end(String(visits++)));
    const url = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end());
    expect(await call(url, { ...request, headers: { authorization: 'Bearer x' } })).toMatchObject({
      why: 'redirected',
    });
    expect(visits).toBe(0);
  });

  it.each([true, false])('stops at a size, announced: %s', async (announced) => {
    const url = await serve((_request, response) => {
      if (announced) response.setHeader('content-length', '101');
      response.end(Buffer.alloc(101));
    });
    expect(await call(url, request)).toEqual({ ok: false, why: 'too_large', sent: 'maybe' });
  });

  it('takes exactly that size', async () => {
    const url = await serve((_request, response) => response.end(Buffer.alloc(100)));
    expect(await call(url, request)).toMatchObject({ ok: true });
  });

  it('stops at a time, whether nothing comes or it drips', async () => {
    const silent = await serve(() => undefined);
    expect(await call(silent, { ...request, timeout: 50 })).toEqual({ ok: false, why: 'timeout', sent: 'maybe' });
    const dripping = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect(await call(dripping, { ...request, timeout: 50 })).toEqual({ ok: false, why: 'timeout', sent: 'maybe' });
  });

  it('knows a request that never left from one that may have arrived', async () => {
    const reset = await serve((_request, response) => response.destroy());
    expect(await call(reset, request)).toEqual({ ok: false, why: 'broken', sent: 'maybe' });
    expect(await call(`http://127.0.0.1:${await freePort()}/`, request)).toEqual({
      ok: false,
      why: 'unreachable',
      sent: 'no',
    });
    expect(await call('http://nobody.invalid/', request)).toEqual({ ok: false, why: 'unreachable', sent: 'no' });
  });
});

describe('send errors', () => {
  it.each([
    [401, 'auth', true],
    [403, 'blocked', false],
    [404, 'not_found', false],
    [400, 'refused', false],
    [413, 'too_long', false],
    [429, 'rate_limited', true],
    [503, 'provider_down', true],
  ])('%i is %s', (status, code, retry) => {
    expect(failureOfStatus(status)).toMatchObject({ result: 'error', error: { code, retry } });
  });

  it('keep what the provider asks to wait, and tell a lost line apart', () => {
    expect(failureOfStatus(429, 7_000)).toMatchObject({ retryAfter: 7_000 });
    expect(failureOfLine('no').result).toBe('error');
    expect(failureOfLine('maybe').result).toBe('ambiguous');
  });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
