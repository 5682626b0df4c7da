// The header of W3C Trace Context, read from strangers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraceparent, writeTraceparent } from '../../src/observe/traceparent.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

const hex = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
    .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
    .filter((digits) => !/^0+$/.test(digits));

describe('traceparent', () => {
  it('reads the example of the standard', () => {
    expect(readTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, flags: 1 });
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 255 }), (traceId, spanId, flags) => {
        const parent = { traceId, spanId, flags };
        expect(readTraceparent(writeTraceparent(parent))).toEqual(parent);
      }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['an empty one', ''],
    ['a version that is none', `ff-${TRACE}-${SPAN}-01`],
    ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['no trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['no span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['more than its version has', `00-${TRACE}-${SPAN}-01-more`],
    ['two of them', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
    ['a line more', `00-${TRACE}-${SPAN}-01\nx`],
  ])('is not read from %s', (_what, header) => {
    expect(readTraceparent(header)).toBeNull();
  });

  it('of a later version is read as far as it is known', () => {
    expect(readTraceparent(`cc-${TRACE}-${SPAN}-01-what-the-future-holds`)).toMatchObject({ traceId: TRACE });
    expect(readTraceparent(`cc-${TRACE}-${SPAN}-01.what`)).toBeNull();
  });

  it('is never read from anything else, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const read = readTraceparent(text);
        expect(read === null || text.includes(read.traceId)).toBe(true);
      }),
    );
  });
});
