// Addresses in headers and bodies, read so often that V8 has optimised the reader: then `URL.canParse` reads Latin-1 as UTF-8 (src/url.ts).
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ChannelRequest } from '../../channels/channel.js';
import { urlOf } from '../../src/server/client.js';
import { fromOurPages } from '../../src/staff/origin.js';
import { parseUrl } from '../../src/url.js';

/** As Node reads a header of Arabic bytes: a text of Latin-1 letters, which is no host. */
const latin1 = Buffer.from(`http://127.0.0${'ن'.repeat(200)}2957`).toString('latin1');
const OFTEN = 30_000;

function answersOf<T>(read: () => T): Set<T> {
  const answers = new Set<T>();
  for (let i = 0; i < OFTEN; i++) answers.add(read());
  return answers;
}

describe('an address of Arabic bytes read as Latin-1', () => {
  it('is none, however often it is read', () => {
    expect([...answersOf(() => parseUrl(latin1))]).toEqual([null]);
  });

  it('is no origin of ours', () => {
    const request = { headers: { origin: latin1, host: '127.0.0.1' } } as unknown as ChannelRequest;
    expect([...answersOf(() => fromOurPages(request, 'http://127.0.0.1'))]).toEqual([false]);
  });

  it('is no request line', () => {
    const request = { url: latin1, headersDistinct: {} } as unknown as IncomingMessage;
    expect([...answersOf(() => urlOf(request))]).toEqual([null]);
  });
});

it('reads an address, alone or from a base', () => {
  expect(parseUrl('https://example.org/a?b#c')?.pathname).toBe('/a');
  expect(parseUrl('/a', 'https://example.org')?.href).toBe('https://example.org/a');
  expect(parseUrl('/a')).toBeNull();
});
