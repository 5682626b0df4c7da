/** Ways through random graphs: the fast answers against slow and obvious ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circles, Dominance, reach, reversed } from '../../../src/engine/language/ways.js';

const graph = fc
  .integer({ min: 1, max: 9 })
  .chain((size) => fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }));

describe('ways', () => {
  it('tells what lies on every way', () => {
    fc.assert(
      fc.property(graph, (links) => {
        const size = links.length;
        const dominance = new Dominance(size, [links]);
        const met = reach(size, [links], [0]);
        for (let node = 0; node < size; node++) {
          for (let before = 0; before < size; before++) {
            const around = reach(size, [links], [0], new Set([before]))[node] === 1;
            const expected = met[node] === 0 || (before !== node && !around);
            expect(dominance.passes(before, node), `${before} before ${node}`).toBe(expected);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds exactly the circles', () => {
    fc.assert(
      fc.property(graph, (links) => {
        const size = links.length;
        const inCircle = new Set(circles(size, links).flat());
        for (let node = 0; node < size; node++) {
          expect(inCircle.has(node)).toBe(reach(size, [links], links[node] ?? [])[node] === 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('goes back the way it came', () => {
    fc.assert(
      fc.property(graph, (links) => {
        const size = links.length;
        const back = reversed(size, [links]);
        for (let from = 0; from < size; from++)
          for (let to = 0; to < size; to++)
            expect(reach(size, [links], [from])[to]).toBe(reach(size, [back], [to])[from]);
      }),
    );
  });
});
