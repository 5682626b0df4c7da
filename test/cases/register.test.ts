// The rules of the registers: states that lead somewhere, years that turn with the charity's day, numbers as people write them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  firstStates,
  isTimed,
  nextStates,
  openStates,
  readEntryNumber,
  REGISTERS,
  registerYear,
} from '../../src/cases/register.js';
import { plain } from '../../src/engine/text/normalise.js';

describe('states', () => {
  it.each(REGISTERS)(
    'of %s: every open one leads on, every one that is led to is known and has its words',
    (register) => {
      const seen = new Set(firstStates(register));
      for (const state of seen) for (const next of nextStates(register, state)) seen.add(next);
      for (const state of openStates(register)) {
        expect([...seen]).toContain(state);
        // An open letter is also answered by one that goes out.
        expect([state, nextStates(register, state).length > 0]).toEqual([state, true]);
      }
      for (const language of ['ar', 'en']) {
        const texts = readFileSync(`flows/texts/${language}.yaml`, 'utf8');
        for (const state of seen) expect(texts).toContain(`console.register.state.${state}: `);
        for (const state of firstStates(register)) {
          const begins = state === 'asked' ? 'state' : 'begins';
          expect(texts).toContain(`console.register.${begins}.${state}: `);
        }
      }
    },
  );

  it('with a time are those that wait for one', () => {
    expect(['booked', 'later'].every(isTimed)).toBe(true);
    expect(['asked', 'came', 'to_call', 'reached', 'open', 'sent'].some(isTimed)).toBe(false);
  });

  it('of an unknown word lead nowhere', () => {
    expect(nextStates('visits', 'erased')).toEqual([]);
    expect(nextStates('outgoing', 'sent')).toEqual([]);
  });
});

describe('the year of a register', () => {
  const riyadh = (text: string) => Date.parse(`${text}+03:00`);

  it('turns with the first of Muharram in the charity’s zone', () => {
    // 1 Muharram 1448 is 16 June 2026 (Umm al-Qura).
    expect(registerYear(riyadh('2026-06-15T23:59:59'), 'Asia/Riyadh', 'hijri')).toBe(1447);
    expect(registerYear(riyadh('2026-06-16T00:00:00'), 'Asia/Riyadh', 'hijri')).toBe(1448);
    expect(registerYear(riyadh('2026-06-16T00:00:00'), 'UTC', 'hijri')).toBe(1447);
  });

  it('turns with January where a charity counts so', () => {
    expect(registerYear(riyadh('2026-12-31T23:59:59'), 'Asia/Riyadh', 'gregorian')).toBe(2026);
    expect(registerYear(riyadh('2027-01-01T00:00:00'), 'Asia/Riyadh', 'gregorian')).toBe(2027);
  });
});

describe('an entry’s number', () => {
  it.each([
    ['و-1448-00012', 1448, 12],
    ['1448/12', 1448, 12],
    ['IN-2026-00007', 2026, 7],
    ['١٤٤٨-٠٠٠١٢', 1448, 12],
    ['هـ 1447 3', 1447, 3],
  ])('%s', (written, year, number) => {
    expect(readEntryNumber(plain(written))).toEqual({ year, number });
  });

  it.each([
    '0551234567',
    '7304-8815-2096-4',
    'سعد',
    '1448',
    '12',
    '1448-',
    '1648-1',
    '1448-1234567',
    'رقم القيد 1448-1',
  ])('%s is none', (written) => {
    expect(readEntryNumber(plain(written))).toBeNull();
  });
});
