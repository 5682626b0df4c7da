// The vault: what is sealed opens only where it belongs, under the right key, and never again once erased.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vault } from '../../src/privacy/vault.js';
import { memoryKeys } from './memory-keys.js';

const where = { table: 'messages', record: 'm1', field: 'body' };
const key = () => randomBytes(32);

async function open(keys = memoryKeys(), encryptionKeys = [key()]) {
  return { vault: await Vault.open({ keys, encryptionKeys }), keys, encryptionKeys };
}

describe('sealing', () => {
  it('opens any JSON value as it was sealed', async () => {
    const { vault } = await open();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const sealed = await vault.seal('intake', where, value);
        expect(await vault.open('intake', where, sealed)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });

  it('shows nothing of the text, and never gives the same bytes twice', async () => {
    const { vault } = await open();
    const [one, two] = [
      await vault.seal('intake', where, 'هوية 1012345678'),
      await vault.seal('intake', where, 'هوية 1012345678'),
    ];
    expect(Buffer.from(one).includes(Buffer.from('1012345678'))).toBe(false);
    expect(Buffer.from(one).equals(two)).toBe(false);
  });

  it('refuses every changed bit', async () => {
    const { vault } = await open();
    const sealed = await vault.seal('case:1', where, { need: 'x' });
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const code = index === 0 ? /tampered|newer/ : /tampered/;
      await expect(vault.open('case:1', where, changed)).rejects.toMatchObject({ code: expect.stringMatching(code) });
    }
  });

  it('refuses bytes that were cut at any length', async () => {
    const { vault } = await open();
    const sealed = await vault.seal('case:1', where, 1);
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(vault.open('case:1', where, sealed.subarray(0, length))).rejects.toMatchObject({ code: 'tampered' });
    }
  });

  it.each([
    { ...where, table: 'turns' },
    { ...where, record: 'm2' },
    { ...where, field: 'note' },
  ])('refuses bytes that were moved to $table $record $field', async (other) => {
    const { vault } = await open();
    const sealed = await vault.seal('address:a', where, 'x');
    await expect(vault.open('address:a', other, sealed)).rejects.toMatchObject({ code: 'tampered' });
  });

  it("refuses another subject's bytes", async () => {
    const { vault } = await open();
    await vault.seal('address:b', where, 'y');
    const sealed = await vault.seal('address:a', where, 'x');
    await expect(vault.open('address:b', where, sealed)).rejects.toMatchObject({ code: 'tampered' });
  });

  it('tells data of a newer program apart', async () => {
    const { vault } = await open();
    const sealed = await vault.seal('intake', where, 'x');
    sealed[0] = 2;
    await expect(vault.open('intake', where, sealed)).rejects.toMatchObject({ code: 'newer' });
  });

  it('throws at once when a place could be read in two ways', async () => {
    const { vault } = await open();
    await expect(vault.seal('intake', { ...where, record: 'a|b' }, 'x')).rejects.toThrow(TypeError);
  });

  it('seals bytes too', async () => {
    const { vault } = await open();
    const bytes = randomBytes(5_000);
    const sealed = await vault.sealBytes('intake', where, bytes);
    expect((await vault.openBytes('intake', where, sealed)).equals(bytes)).toBe(true);
  });
});

describe('keys', () => {
  it('two that need the first key of a subject at once share it', async () => {
    const { vault } = await open();
    const sealed = await Promise.all(Array.from({ length: 20 }, (_, n) => vault.seal('address:new', where, n)));
    const opened = await Promise.all(sealed.map((bytes) => vault.open('address:new', where, bytes)));
    expect(opened).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('survives a restart, and keeps hashes and derived keys', async () => {
    const { vault, keys, encryptionKeys } = await open();
    const sealed = await vault.seal('address:a', where, 'x');
    const again = (await open(keys, encryptionKeys)).vault;
    expect(await again.open('address:a', where, sealed)).toBe('x');
    expect(again.hash('name', 'محمد')).toBe(vault.hash('name', 'محمد'));
    expect(again.derive('cookies')).toEqual(vault.derive('cookies'));
  });

  it('refuses a wrong encryption key at the start', async () => {
    const { keys } = await open();
    await expect(open(keys, [key()])).rejects.toMatchObject({ code: 'wrong_key' });
  });

  it('never prints a key', async () => {
    const { keys } = await open();
    const wrong = key();
    const error = await open(keys, [wrong]).catch((caught: unknown) => caught as Error);
    expect(String((error as Error).stack)).not.toContain(wrong.toString('base64').slice(0, 8));
  });

  it('knows whether anything was ever sealed', async () => {
    const keys = memoryKeys();
    expect(await Vault.isUnused(keys)).toBe(true);
    await open(keys);
    expect(await Vault.isUnused(keys)).toBe(false);
  });
});

describe('erasure', () => {
  it('makes what was sealed unreadable, now and after a restart', async () => {
    const { vault, keys, encryptionKeys } = await open();
    const sealed = await vault.seal('address:a', where, 'x');
    await vault.destroy('address:a', 5);
    await expect(vault.open('address:a', where, sealed)).rejects.toMatchObject({ code: 'erased' });
    const again = (await open(keys, encryptionKeys)).vault;
    await expect(again.open('address:a', where, sealed)).rejects.toMatchObject({ code: 'erased' });
    expect(await keys.destroyed()).toEqual([{ subject: 'address:a', at: 5 }]);
  });

  it('gives an erased subject no new key', async () => {
    const { vault, keys, encryptionKeys } = await open();
    await vault.destroy('case:7', 5);
    await expect(vault.seal('case:7', where, 'x')).rejects.toMatchObject({ code: 'erased' });
    const again = (await open(keys, encryptionKeys)).vault;
    await expect(again.seal('case:7', where, 'x')).rejects.toMatchObject({ code: 'erased' });
  });

  it('wins over a read that is under way', async () => {
    const { vault, keys, encryptionKeys } = await open();
    const sealed = await vault.seal('address:a', where, 'x');
    const slow = (await open(keys, encryptionKeys)).vault;
    const reading = slow.open('address:a', where, sealed).catch((error: unknown) => error);
    await slow.destroy('address:a', 5);
    await reading;
    await expect(slow.open('address:a', where, sealed)).rejects.toMatchObject({ code: 'erased' });
  });

  it('leaves others readable', async () => {
    const { vault } = await open();
    const sealed = await vault.seal('address:b', where, 'x');
    await vault.destroy('address:a', 5);
    expect(await vault.open('address:b', where, sealed)).toBe('x');
  });
});

describe('rotation', () => {
  it('reads under both keys, and under the new one alone once rewrapped', async () => {
    const old = key();
    const fresh = key();
    const { vault, keys } = await open(memoryKeys(), [old]);
    const sealed = await vault.seal('address:a', where, 'x');
    const both = (await open(keys, [fresh, old])).vault;
    expect(await both.open('address:a', where, sealed)).toBe('x');
    // Root, index, intake, and the address's own.
    expect(await both.rewrap()).toBe(4);
    expect(await both.rewrap()).toBe(0);
    const alone = (await open(keys, [fresh])).vault;
    expect(await alone.open('address:a', where, sealed)).toBe('x');
    expect(alone.hash('id', '1')).toBe(vault.hash('id', '1'));
    expect(alone.derive('x')).toEqual(vault.derive('x'));
    await expect(open(keys, [old])).rejects.toMatchObject({ code: 'wrong_key' });
  });

  it('is noticed by a program that was left with the old key, and by no other', async () => {
    const old = key();
    const fresh = key();
    const { vault, keys } = await open(memoryKeys(), [old]);
    const both = (await open(keys, [fresh, old])).vault;
    expect([await vault.stillOpens(), await both.stillOpens()]).toEqual([true, true]);
    await both.rewrap();
    expect([await vault.stillOpens(), await both.stillOpens()]).toEqual([false, true]);
  });

  it('walks more keys than one page', async () => {
    const old = key();
    const { vault, keys } = await open(memoryKeys(), [old]);
    for (let n = 0; n < 450; n += 1) await vault.seal(`address:${n}`, where, n);
    expect(await (await open(keys, [key(), old])).vault.rewrap()).toBe(453);
  });
});

describe('keyed hashes', () => {
  it('differ by purpose, by installation, and by where one part ends', async () => {
    const { vault } = await open();
    const other = (await open()).vault;
    expect(vault.hash('a', 'x')).toMatch(/^[0-9a-f]{64}$/);
    expect(vault.hash('a', 'x')).not.toBe(vault.hash('b', 'x'));
    expect(vault.hash('a', 'x')).not.toBe(other.hash('a', 'x'));
    expect(vault.hash('a', 'xy', 'z')).not.toBe(vault.hash('a', 'x', 'yz'));
    expect(vault.hash('a', 'x')).not.toBe(vault.hash('a', 'x', ''));
  });

  it('derived keys differ by label', async () => {
    const { vault } = await open();
    expect(vault.derive('a')).toHaveLength(32);
    expect(vault.derive('a').equals(vault.derive('b'))).toBe(false);
  });
});
