// The parts of the store over MongoDB that need no server: keys, rows, numbers, lanes, what an error says.
import fc from 'fast-check';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { documentOf, keyOf, rowOf } from '../../src/store/mongo/columns.js';
import { faultOf } from '../../src/store/mongo/connect.js';
import { isDuplicate, storeError } from '../../src/store/mongo/errors.js';
import { Gate } from '../../src/store/mongo/gate.js';
import { Lanes } from '../../src/store/mongo/lanes.js';
import { Order } from '../../src/store/mongo/order.js';
import { DEFINITIONS } from '../../src/store/mongo/schema.js';
import { StoreError } from '../../src/store/contract.js';
import { bytes } from './rows.js';

describe('a key of several columns', () => {
  const part = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('\\', '|', 'a')).map((all) => all.join('')),
  );

  it('is the same for no two keys', () => {
    fc.assert(
      fc.property(fc.tuple(part, part), fc.tuple(part, part), (one, other) => {
        expect(keyOf(one) === keyOf(other)).toBe(one[0] === other[0] && one[1] === other[1]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of one column is that column', () => {
    expect(keyOf(['a|b'])).toBe('a|b');
    expect(keyOf([7])).toBe(7);
    expect(keyOf(['7304', 2])).toBe('7304|2');
  });
});

describe('a row and its document', () => {
  it('become each other, bytes and nothing included', () => {
    const row = { notice: 'n|1', way: 'mail', tries: 2, again: null };
    const document = documentOf(DEFINITIONS.notices_told, row);
    expect(document).toEqual({ _id: 'n\\|1|mail', ...row });
    expect(rowOf(DEFINITIONS.notices_told, document)).toEqual(row);
    const key = documentOf(DEFINITIONS.keys, { subject: 'case:1', wrapped: bytes('w') });
    expect(key).toEqual({ _id: 'case:1', wrapped: Buffer.from('w') });
    expect(rowOf(DEFINITIONS.keys, key)).toEqual({ subject: 'case:1', wrapped: bytes('w') });
  });

  it('give bytes of their own: a page of the driver is not kept for one of them', () => {
    const page = Buffer.from('a page of the driver');
    const { wrapped } = rowOf(DEFINITIONS.keys, { _id: 's', wrapped: page.subarray(2, 6) });
    expect(wrapped).toEqual(bytes('page'));
    expect(wrapped.buffer.byteLength).toBe(4);
  });

  it('begin as the definition says, and read what an older program did not write', () => {
    const conversation = { id: 'c', address: 'a', channel: 'website', account: 'main', createdAt: 1 };
    expect(documentOf(DEFINITIONS.conversations, conversation)).toMatchObject({
      ...{ _id: 'c', fence: 0, seq: 0, hold: 'none', session: null, unread: 0, dueAt: null },
    });
    const { id: _id, ...rest } = conversation;
    expect(rowOf(DEFINITIONS.conversations, { _id, ...rest })).toMatchObject({
      ...conversation,
      hold: 'none',
      owner: null,
    });
  });

  it('leave out what is no column, and refuse a row that lacks one', () => {
    expect(documentOf(DEFINITIONS.leases, { name: 'n', owner: 'o', until: 1, more: 2 })).toEqual({
      ...{ _id: 'n', owner: 'o', until: 1 },
    });
    expect(() => documentOf(DEFINITIONS.leases, { name: 'n', owner: 'o' })).toThrow('until');
  });
});

describe('numbers in the order of asking', () => {
  it('are drawn together by those who ask together, each its own', async () => {
    let last = 10;
    const draws: number[] = [];
    const order = new Order((count) => {
      draws.push(count);
      last += count;
      return Promise.resolve(last);
    });
    expect(await Promise.all([order.next(), order.next(3), order.next()])).toEqual([11, 12, 15]);
    expect(draws).toEqual([5]);
    expect(await order.next(2)).toBe(16);
  });

  it('fail for those who asked when the draw failed, and for nobody after', async () => {
    let broken = true;
    const order = new Order((count) => (broken ? Promise.reject(new Error('away')) : Promise.resolve(count)));
    await expect(Promise.all([order.next(), order.next()])).rejects.toThrow('away');
    broken = false;
    expect(await order.next()).toBe(1);
  });
});

describe('lanes', () => {
  it('keep the order of asking under a name, side by side with other names, also past a failure', async () => {
    const lanes = new Lanes();
    const seen: string[] = [];
    const gates = new Map<string, () => void>();
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise<void>((resolve) => gates.set(name, resolve));
      seen.push(`${name} ends`);
      if (name === 'a1') throw new Error('broken');
      return name;
    };
    const open = async (name: string) => {
      await expect.poll(() => gates.has(name)).toBe(true);
      gates.get(name)?.();
    };
    const first = lanes.run('a', work('a1'));
    const second = lanes.run('a', work('a2'));
    const other = lanes.run('b', work('b1'));
    await open('b1');
    expect(await other).toBe('b1');
    expect(seen).toEqual(['a1 begins', 'b1 begins', 'b1 ends']);
    await open('a1');
    await expect(first).rejects.toThrow('broken');
    await open('a2');
    expect(await second).toBe('a2');
    expect(seen.slice(3)).toEqual(['a1 ends', 'a2 begins', 'a2 ends']);
  });
});

describe('the gate', () => {
  it('lets so many through at once, the others in the order of their coming, also past a failure', async () => {
    const gate = new Gate(2);
    const begun: number[] = [];
    const ends = new Map<number, (failed?: Error) => void>();
    const all = Array.from({ length: 5 }, (_, n) =>
      gate.through(
        () =>
          new Promise<number>((resolve, reject) => {
            begun.push(n);
            ends.set(n, (failed) => (failed ? reject(failed) : resolve(n)));
          }),
      ),
    );
    const settled = Promise.allSettled(all);
    await expect.poll(() => begun).toEqual([0, 1]);
    ends.get(1)?.(new Error('broken'));
    await expect.poll(() => begun).toEqual([0, 1, 2]);
    ends.get(0)?.();
    ends.get(2)?.();
    await expect.poll(() => begun).toEqual([0, 1, 2, 3, 4]);
    ends.get(3)?.();
    ends.get(4)?.();
    expect((await settled).map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
    ]);
  });
});

describe('a server', () => {
  it.each([
    [{ maxWireVersion: 21, setName: 'rs0' }, null],
    [{ maxWireVersion: 17, msg: 'isdbgrid' }, null],
    [{ maxWireVersion: 21 }, 'alone'],
    [{ maxWireVersion: 13, setName: 'rs0' }, 'old'],
  ])('that says %j is %s', (hello, fault) => expect(faultOf(hello)).toBe(fault));
});

describe("the driver's errors", () => {
  const { MongoServerError, MongoNetworkError } = mongoose.mongo;
  const server = (code: number, codeName: string, message = 'secret words') =>
    new MongoServerError({ message, code, codeName });

  it.each([
    [14_031, 'OutOfDiskSpace', 'full'],
    [8_000, 'AtlasError', 'full'],
    [391, 'DataCorruptionDetected', 'corrupt'],
    [13, 'Unauthorized', 'failed'],
  ] as const)('%i %s is %s', (code, name, as) => {
    const error = storeError(server(code, name));
    expect(error).toMatchObject({ name: 'StoreError', code: as });
    expect(error.message).toContain(name);
    expect(error.message).not.toContain('secret');
  });

  it('names the index of a clash, not the value', () => {
    const clash = server(
      11_000,
      'DuplicateKey',
      'E11000 dup key error collection: s.staff index: login dup key: { login: "sara" }',
    );
    expect(isDuplicate(clash)).toBe(true);
    expect(storeError(clash)).toMatchObject({ code: 'failed', message: 'DuplicateKey (11000) in login' });
  });

  it('says which host was not reached, and nothing else of the address', async () => {
    const url = 'mongodb://person:secret@127.0.0.1:1/sila?serverSelectionTimeoutMS=50';
    const error: unknown = await mongoose
      .createConnection(url)
      .asPromise()
      .catch((failure: unknown) => storeError(failure));
    expect(error).toMatchObject({ code: 'failed' });
    expect(String(error)).toContain('127.0.0.1:1');
    expect(String(error)).not.toContain('secret');
    expect(storeError(new MongoNetworkError('reset')).message).toContain('reset');
  });

  it('leaves errors of others as they are', () => {
    const ours = new StoreError('not_found', 'x');
    const other = new TypeError('y');
    expect(storeError(ours)).toBe(ours);
    expect(storeError(other)).toBe(other);
    expect(storeError('z')).toEqual(new Error('z'));
  });
});
