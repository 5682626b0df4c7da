// The code on a receipt says what it should, to a reader that was written from the standard and not from the library.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qrPath } from '../../src/staff/console/parts/qr-path.js';
import { modulesOf, readQr } from '../support/read-qr.js';

const read = (text: string): string => {
  const { size, path } = qrPath(text);
  return readQr(modulesOf(path, size));
};

describe('a QR code', () => {
  it.each([
    'https://chat.example.org/chat#7304-8815-2096-4',
    'http://127.0.0.1:3000/chat#0000-0000-0000-0',
    '7304881520964',
    'SILA-2026/7',
    'صلة',
  ])('says %s', (text) => expect(read(text)).toBe(text));

  it('says any address that fits', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true }), (url) => {
        fc.pre(url.length <= 90);
        expect(read(url)).toBe(url);
      }),
      { numRuns: 25 },
    );
  });

  it('has four light modules on every side', () => {
    const { size, path } = qrPath('https://chat.example.org/chat#7304-8815-2096-4');
    const at = [...path.matchAll(/M(\d+) (\d+)h/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect([Math.min(...at), Math.max(...at)]).toEqual([4, size - 5]);
  });
});
