// Hashes describe themselves, fit only their password, and cost the same for nobody.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensureAdministrator } from '../../src/staff/administrator.js';
import { Refused } from '../../src/staff/answers.js';
import { hashPassword, passwordFits } from '../../src/staff/passwords.js';
import type { StaffRow } from '../../src/store/contract.js';

const CHEAP = { logN: 2, r: 1, p: 1 };

describe('passwords', () => {
  it('fit themselves and nothing else, with a new salt each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), async (password, other) => {
        const hash = await hashPassword(password, CHEAP);
        expect(await passwordFits(password, hash)).toBe(true);
        expect(await hashPassword(password, CHEAP)).not.toBe(hash);
        if (other.normalize('NFKC') !== password.normalize('NFKC')) expect(await passwordFits(other, hash)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('are the same however the keyboard composes them', async () => {
    const hash = await hashPassword('caf\u00e9 ٣ أبواب', CHEAP);
    expect(await passwordFits('cafe\u0301 ٣ أبواب', hash)).toBe(true);
  });

  it.each([null, '', 'scrypt$2$1$1$AAAA$AAAA', 'plain', 'scrypt$2$1$1$$', `$2b$10$${'a'.repeat(53)}`])(
    'never fit a hash that is none: %s',
    async (stored) => {
      expect(await passwordFits('', stored, CHEAP)).toBe(false);
      expect(await passwordFits(stored ?? '', stored, CHEAP)).toBe(false);
    },
  );

  it('are hashed two at a time, a few wait, and a flood is turned away', async () => {
    const cost = { logN: 10, r: 8, p: 1 };
    const all = await Promise.allSettled(Array.from({ length: 60 }, () => passwordFits('x', null, cost)));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(60 - 2 - 24);
    expect(refused.every(({ reason }) => reason instanceof Refused && reason.code === 'too_many_tries')).toBe(true);
    expect(await passwordFits('x', await hashPassword('x', cost))).toBe(true);
  });

  it('take as long for an unknown login as for a known one', async () => {
    const hash = await hashPassword('كلمة مرور طويلة', { logN: 13, r: 8, p: 1 });
    const time = async (stored: string | null) => {
      const from = performance.now();
      await passwordFits('another guess', stored, { logN: 13, r: 8, p: 1 });
      return performance.now() - from;
    };
    // In turns, and more often while they differ: a busy machine makes single runs slow, a short cut makes all of one kind quick.
    let [known, unknown] = [Infinity, Infinity];
    for (let run = 0; run < 20 && (run < 3 || known > unknown * 2 || unknown > known * 2); run += 1) {
      known = Math.min(known, await time(hash));
      unknown = Math.min(unknown, await time(null));
    }
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });
});

describe('the first administrator', () => {
  function memory(rows: StaffRow[] = []) {
    return {
      rows,
      all: () => Promise.resolve(rows),
      add: (row: StaffRow) => Promise.resolve(rows.push(row) > 0),
    };
  }
  const first = { makePassword: () => 'made-by-the-program', name: 'مدير النظام', now: 7, newId: () => 'id-1' };

  it('is made once, with a password that is shown once', async () => {
    const store = memory();
    expect(await ensureAdministrator(store, first)).toEqual({ created: true, password: 'made-by-the-program' });
    expect(store.rows[0]).toMatchObject({ login: 'admin', role: 'administrator', createdAt: 7, disabledAt: null });
    expect(await passwordFits('made-by-the-program', store.rows[0]!.password)).toBe(true);
    expect(await ensureAdministrator(store, first)).toEqual({ created: false });
    expect(store.rows).toHaveLength(1);
  });

  it('takes the operator’s password and never repeats it', async () => {
    const store = memory();
    expect(await ensureAdministrator(store, { ...first, password: 'from-the-operator' })).toEqual({ created: true });
    expect(await passwordFits('from-the-operator', store.rows[0]!.password)).toBe(true);
  });
});
