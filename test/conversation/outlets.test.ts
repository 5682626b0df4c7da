// The ways out: one account's trouble stays its own, and a provider's pace is kept.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelRate } from '../../channels/channel.js';
import { Circuit, CIRCUIT } from '../../src/conversation/circuit.js';
import { Outlets } from '../../src/conversation/outlets.js';
import { Pace } from '../../src/conversation/pace.js';

const fine = { outcome: 'fine', pause: 0 } as const;
const down = { outcome: 'down', pause: 0 } as const;

function outlets() {
  const called: [string, number][] = [];
  return { called, way: new Outlets((conversation, delay) => void called.push([conversation, delay])) };
}

describe('the circuit of an account', () => {
  it('rests after failures in a row, hurts no other account, and tries with one send', () => {
    const circuit = new Circuit();
    for (let i = 0; i < CIRCUIT.failures; i++) {
      expect(circuit.wait('a', 0)).toBe(0);
      circuit.ended('a', 'down', 0);
    }
    expect(circuit.wait('a', 1_000)).toBe(CIRCUIT.restMs - 1_000);
    expect(circuit.wait('b', 1_000)).toBe(0);
    expect(circuit.wait('a', CIRCUIT.restMs)).toBe(0);
    expect([circuit.most('a'), circuit.most('b')]).toEqual([1, CIRCUIT.inFlight]);
    circuit.ended('a', 'fine', CIRCUIT.restMs);
    expect(circuit.most('a')).toBe(CIRCUIT.inFlight);
  });

  it('forgets failures after a success and keeps a pause that was asked for', () => {
    const circuit = new Circuit();
    for (let i = 1; i < CIRCUIT.failures; i++) circuit.ended('a', 'down', 0);
    circuit.ended('a', 'fine', 0, 5_000);
    circuit.ended('a', 'down', 0);
    expect(circuit.wait('a', 1_000)).toBe(4_000);
  });
});

describe('the pace', () => {
  it('never gives more than its burst and its rate, in any stretch of time', () => {
    const beat = { burst: 4, every: 100 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        const pace = new Pace();
        const taken: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (pace.wait('k', beat, now) > 0) continue;
          pace.take('k', beat, now);
          taken.push(now);
        }
        for (const from of taken) {
          for (const until of taken.filter((time) => time >= from)) {
            const within = taken.filter((time) => time >= from && time <= until).length;
            expect(within).toBeLessThanOrEqual(beat.burst + Math.floor((until - from) / beat.every));
          }
        }
      }),
    );
  });

  it('says to the millisecond when one may be taken', () => {
    const pace = new Pace();
    const beat = { burst: 2, every: 6_000 };
    pace.take('k', beat, 0);
    pace.take('k', beat, 0);
    expect(pace.wait('k', beat, 1_000)).toBe(5_000);
    expect(pace.wait('k', beat, 6_000)).toBe(0);
    expect(pace.wait('other', beat, 0)).toBe(0);
  });

  it('forgets keys whose time is over', () => {
    const pace = new Pace();
    const beat = { burst: 1, every: 10 };
    for (let i = 0; i < 50_000; i++) pace.take(`k${i}`, beat, i);
    expect(pace.size).toBeLessThan(20_000);
  });
});

describe('the way out of an account', () => {
  it('bounds what is under way, and calls those who wait as places come free', () => {
    const { way, called } = outlets();
    for (let i = 0; i < CIRCUIT.inFlight; i++) expect(way.enter('a', `c${i}`, undefined, 0)).toBe('go');
    expect(way.enter('a', 'late', undefined, 0)).toBe('called');
    expect(way.enter('a', 'later', undefined, 0)).toBe('called');
    expect(way.enter('b', 'other', undefined, 0)).toBe('go');
    way.leave('a', undefined, 0, fine);
    expect(called).toEqual([['late', 0]]);
    // Nothing to send is a free place too.
    way.leave('a', undefined, 0);
    expect(called.map(([who]) => who)).toEqual(['late', 'later']);
  });

  it('after a rest lets one go first, and the others when that one came through', () => {
    const { way, called } = outlets();
    for (let i = 0; i < CIRCUIT.failures; i++) {
      way.enter('a', `c${i}`, undefined, 0);
      way.leave('a', undefined, 0, down);
    }
    expect(way.enter('a', 'x', undefined, 1)).toBe(CIRCUIT.restMs - 1);
    const back = CIRCUIT.restMs;
    expect(['x', 'y', 'z'].map((who) => way.enter('a', who, undefined, back))).toEqual(['go', 'called', 'called']);
    way.leave('a', undefined, back, fine);
    expect(called.map(([who]) => who)).toEqual(['y', 'z']);
  });

  it('keeps the pace of a person and of the account', () => {
    const { way } = outlets();
    const rate: ChannelRate = { perSecond: 4, person: { burst: 1, every: 6_000 } };
    expect(way.enter('a', 'c', rate, 0)).toBe('go');
    way.sending('a', 'c', rate, 0);
    way.leave('a', rate, 0, fine);
    expect(way.enter('a', 'c', rate, 1_000)).toBe(5_000);
    // Nobody is under way who would call: a time is given.
    expect(way.enter('a', 'd', rate, 100)).toBe(150);
    expect(way.enter('a', 'd', rate, 250)).toBe('go');
  });

  it('strands nobody: whoever was told to wait is called or comes again, until all have sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 4, max: 100 }),
        (outcomes, perSecond) => {
          const rate: ChannelRate = { perSecond, person: { burst: 1, every: 1 } };
          const due = new Map<string, number>();
          const way = new Outlets((who, delay) => due.set(who, Math.min(due.get(who) ?? Infinity, now + delay)));
          let now = 0;
          const sent = new Set<string>();
          const underWay: { who: string; fine: boolean; until: number }[] = [];
          outcomes.forEach((_, index) => due.set(`c${index}`, 0));
          for (let round = 0; round < 5_000 && sent.size < outcomes.length; round++) {
            now = Math.min(...due.values(), ...underWay.map(({ until }) => until));
            expect(now).toBeLessThan(Infinity);
            for (const one of underWay.splice(0)) {
              if (one.until > now) underWay.push(one);
              else {
                way.leave('a', rate, now, one.fine ? fine : down);
                if (one.fine) sent.add(one.who);
                else due.set(one.who, now + 100);
              }
            }
            for (const [who, at] of [...due].filter(([, time]) => time <= now)) {
              due.delete(who);
              const entry = way.enter('a', who, rate, now);
              if (typeof entry === 'number') due.set(who, at + Math.max(1, entry));
              if (entry !== 'go') continue;
              way.sending('a', who, rate, now);
              underWay.push({ who, fine: outcomes.pop() !== false, until: now + 30 });
            }
          }
          expect(sent.size).toBeGreaterThanOrEqual(outcomes.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
