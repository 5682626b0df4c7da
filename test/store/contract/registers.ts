// The registers: numbers without gaps whoever asks at the same time, letters and their answers, search, erasure.
import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract-suite.js';
import { bytes, entryOf } from '../rows.js';
import { fresh } from './opened.js';

export function aboutRegisters(open: () => Promise<OpenStore>): void {
  describe('registers', () => {
    const at = fresh(open);
    const add = (id: string, more = {}, index: string[] = []) => at.store.registers.add(entryOf(id, more), index);

    it('number every register and year on its own, from 1', async () => {
      const given = [
        await add('e1'),
        await add('e2', { register: 'calls' }),
        await add('e3'),
        await add('e4', { year: 1449 }),
        await add('e5'),
      ];
      expect(given.map(({ register, year, number }) => `${register} ${year} ${number}`)).toEqual([
        'visits 1448 1',
        'calls 1448 1',
        'visits 1448 2',
        'visits 1449 1',
        'visits 1448 3',
      ]);
      await at.reopen();
      expect(await at.store.registers.get('e3')).toEqual(given[2]);
      expect(await add('e6')).toMatchObject({ number: 4, version: 1, changedAt: 3_000 });
    });

    it('leave no gap and give no number twice when many ask at once', async () => {
      const given = await Promise.all(Array.from({ length: 40 }, (_, n) => add(`e${String(n).padStart(2, '0')}`)));
      expect(given.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 40 }, (_, n) => n + 1),
      );
    });

    it('take the same id or origin once', async () => {
      const first = await add('e1', { origin: 'case:1' });
      expect(await add('e1', { state: 'other' })).toEqual(first);
      expect(await add('e2', { origin: 'case:1' })).toEqual(first);
      expect(await at.store.registers.get('e2')).toBeNull();
      expect(await add('e3')).toMatchObject({ number: 2 });
    });

    it('mark a letter as answered by the one that answers it', async () => {
      await add('in1', { register: 'incoming' });
      const answer = await add('out1', { register: 'outgoing', answers: 'in1', at: 5_000 });
      expect(answer).toMatchObject({ number: 1, answers: 'in1' });
      expect(await at.store.registers.get('in1')).toMatchObject({
        state: 'answered',
        answeredBy: 'out1',
        version: 2,
        changedAt: 5_000,
      });
      expect(await add('out2', { register: 'outgoing', answers: 'nobody' })).toMatchObject({ answers: null });
      expect(await add('out3', { register: 'outgoing', answers: 'out1' })).toMatchObject({ answers: null });
    });

    it('change only from the version that was read', async () => {
      await add('e1', {}, ['old']);
      const change = { state: 'came', dueAt: 7_000, caseNumber: '12', changedAt: 4_000, sealed: bytes('new') };
      expect(await at.store.registers.change('e1', 2, change)).toBe(false);
      expect(await at.store.registers.change('nobody', 1, change)).toBe(false);
      expect(await at.store.registers.change('e1', 1, { ...change, index: ['new'] })).toBe(true);
      expect(await at.store.registers.change('e1', 1, change)).toBe(false);
      await at.reopen();
      const row = await at.store.registers.get('e1');
      expect(row).toEqual({ ...entryOf('e1'), ...change, number: 1, version: 2, answeredBy: null });
      expect(await at.store.registers.find(['old'], 9)).toEqual([]);
      expect(await at.store.registers.find(['new'], 9)).toEqual([row]);
      expect(await at.store.registers.change('e1', 2, { changedAt: 5_000, dueAt: null })).toBe(true);
      expect(await at.store.registers.get('e1')).toMatchObject({ dueAt: null, state: 'came' });
    });

    it('are listed newest first, by state, in pages; found by all of several keys, by number, case and conversation', async () => {
      await add('e1', { state: 'asked' }, ['a', 'b']);
      await add('e2', { state: 'came', caseNumber: '7', conversation: 'c2' }, ['a']);
      await add('e3', { state: 'asked', caseNumber: '7' }, ['a', 'b']);
      await add('e4', { register: 'calls' });
      const ids = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id);
      const { registers } = at.store;
      expect(await ids(registers.list({ register: 'visits', limit: 9 }))).toEqual(['e3', 'e2', 'e1']);
      expect(await ids(registers.list({ register: 'visits', limit: 1, before: 'e3' }))).toEqual(['e2']);
      expect(await ids(registers.list({ register: 'visits', limit: 9, states: ['asked'] }))).toEqual(['e3', 'e1']);
      expect(await ids(registers.list({ register: 'visits', limit: 9, states: [] }))).toEqual([]);
      expect(await ids(registers.find(['a', 'b'], 9))).toEqual(['e3', 'e1']);
      expect(await ids(registers.find(['a'], 1))).toEqual(['e3']);
      expect(await ids(registers.find([], 9))).toEqual([]);
      expect(await ids(registers.ofCase('7'))).toEqual(['e3', 'e2']);
      expect(await ids(registers.list({ register: 'visits', limit: 9, numbered: { year: 1448, number: 2 } }))).toEqual([
        'e2',
      ]);
      expect(await ids(registers.list({ register: 'calls', limit: 9, numbered: { year: 1447, number: 1 } }))).toEqual(
        [],
      );
      expect(await registers.ofConversation('c2')).toMatchObject({ id: 'e2' });
      expect(await registers.ofConversation('c9')).toBeNull();
      expect(await registers.counts()).toEqual([
        { register: 'calls', state: 'asked', count: 1 },
        { register: 'visits', state: 'asked', count: 2 },
        { register: 'visits', state: 'came', count: 1 },
      ]);
    });

    it('are erased to a bare number that is never given again', async () => {
      const who = { caseNumber: '7', conversation: 'c1', origin: 'case:7', dueAt: 9 };
      await add('e1', who, ['a']);
      await at.store.registers.erase('e1', 8_000);
      await at.store.registers.erase('e1', 9_000);
      const row = await at.store.registers.get('e1');
      expect(row).toEqual({
        ...entryOf('e1'),
        state: 'erased',
        number: 1,
        version: 2,
        changedAt: 8_000,
        answeredBy: null,
        sealed: new Uint8Array(),
      });
      expect(await at.store.registers.find(['a'], 9)).toEqual([]);
      expect(await at.store.registers.change('e1', 2, { changedAt: 1, state: 'came' })).toBe(false);
      expect(await add('e2')).toMatchObject({ number: 2 });
      expect(await add('e3', { register: 'outgoing', answers: 'e1' })).toMatchObject({ answers: null });
    });
  });
}
