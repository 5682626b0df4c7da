/** The libraries beside which the answers are measured, each behind one small reader. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Json } from '../../src/engine/types.js';
import { NOW } from './rows.js';

export const packages = ['@microsoft/recognizers-text-suite@1.3.1', 'chrono-node@2.10.3', 'libphonenumber-js@1.13.16'];

export interface Peer {
  readonly name: string;
  /** Per type it claims to read: every distinct value that it finds. One is an answer; none or several are a refusal. */
  readonly readers: Readonly<Record<string, (text: string, options: Readonly<Record<string, Json>>) => Json[]>>;
}

/** The peers of an installed folder. Throws when one is missing. */
export function loadPeers(folder: string): Peer[] {
  const need = createRequire(join(folder, 'package.json'));
  return [
    recognizers(need('@microsoft/recognizers-text-suite') as Recognizers),
    chrono(need('chrono-node') as Chrono),
    libphonenumber(need('libphonenumber-js') as Libphonenumber),
  ];
}

interface Recognized {
  typeName: string;
  resolution: Record<string, unknown> | null;
}
interface Recognizers {
  recognizeNumber(text: string, culture: string): Recognized[];
  recognizeCurrency(text: string, culture: string): Recognized[];
  recognizeDateTime(text: string, culture: string, options: number, reference: Date): Recognized[];
  recognizePhoneNumber(text: string, culture: string): Recognized[];
  recognizeEmail(text: string, culture: string): Recognized[];
  recognizeBoolean(text: string, culture: string): Recognized[];
}

/** English is the nearest culture it has; `en-*` is the one with the day before the month. */
function recognizers(library: Recognizers): Peer {
  const number = (text: string): Json[] => library.recognizeNumber(text, 'en-us').map(({ resolution }) => Number(resolution?.['value']));
  const money = (text: string): Json[] => {
    const sums = library.recognizeCurrency(text, 'en-us').filter(({ resolution }) => resolution?.['value'] != null);
    if (sums.length === 0) return number(text);
    return sums.map(({ resolution }) => (isRiyal(resolution) ? Number(resolution?.['value']) : null));
  };
  return {
    name: 'recognizers-text',
    readers: {
      number: (text) => distinct(number(text)),
      money: (text) => distinct(money(text)),
      date: (text) => distinct(library.recognizeDateTime(text, 'en-*', 0, new Date(2026, 0, 15, 12)).flatMap(daysOf)),
      phone: (text) => distinct(library.recognizePhoneNumber(text, 'en-us').map(({ resolution }) => e164(String(resolution?.['value'])))),
      email: (text) => distinct(library.recognizeEmail(text, 'en-us').map(({ resolution }) => lowerDomain(String(resolution?.['value'])))),
      yes_no: (text) => distinct(library.recognizeBoolean(text, 'en-us').map(({ resolution }) => (resolution?.['value'] === true ? 'yes' : 'no'))),
    },
  };
} // prettier-ignore

/** A sum without a unit is taken for riyals, as ours is. */
function isRiyal(resolution: Recognized['resolution']): boolean {
  const unit = resolution?.['unit'];
  return unit == null || (typeof unit === 'string' && /riyal/i.test(unit));
}

/** Only days: its spans, times and durations answer another question. */
function daysOf({ typeName, resolution }: Recognized): Json[] {
  const values = (resolution?.['values'] ?? []) as { value?: string }[];
  return typeName === 'datetimeV2.date' ? values.map(({ value }) => value ?? null) : [];
}

interface ChronoResult {
  start: { get(part: string): number | null; isCertain(part: string): boolean };
}
interface ChronoLocale {
  parse(text: string, reference: object, options: object): ChronoResult[];
}
interface Chrono {
  ar: ChronoLocale;
  en: { GB: ChronoLocale };
}

/** Its Arabic for texts with Arabic letters or digits, its British English (day before month) for the rest. */
function chrono(library: Chrono): Peer {
  const date = (text: string, options: Readonly<Record<string, Json>>): Json[] => {
    const locale = /[\u0600-\u06ff]/.test(text) ? library.ar : library.en.GB;
    const reference = { instant: new Date(NOW), timezone: 0 };
    return locale.parse(text, reference, { forwardDate: options['future'] === true }).flatMap(({ start }) => {
      const certain = start.isCertain('day') || start.isCertain('weekday');
      return certain ? [isoOf(start.get('year'), start.get('month'), start.get('day'))] : [];
    });
  };
  return { name: 'chrono-node', readers: { date: (text, options) => distinct(date(text, options)) } };
}

function isoOf(...[year, month, day]: (number | null)[]): string {
  const pad = (part: number | null | undefined, width: number): string => String(part ?? 0).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

interface Libphonenumber {
  findPhoneNumbersInText(text: string, country: string): { number: { number: string } }[];
  parsePhoneNumberFromString(text: string, country: string): { number: string; isValid(): boolean } | undefined;
}

/** Its finder for numbers inside words; its parser for a message that is nothing else. */
function libphonenumber(library: Libphonenumber): Peer {
  const phone = (text: string): Json[] => {
    const found = library.findPhoneNumbersInText(text, 'SA').map(({ number }) => number.number);
    if (found.length > 0) return found;
    const whole = library.parsePhoneNumberFromString(text, 'SA');
    return whole?.isValid() === true ? [whole.number] : [];
  };
  return { name: 'libphonenumber-js', readers: { phone: (text) => distinct(phone(text)) } };
}

function e164(found: string): string {
  const digits = found.replace(/[^0-9+]/g, '').replace(/^00/, '+');
  if (digits.startsWith('+')) return digits;
  return digits.startsWith('966') ? `+${digits}` : `+966${digits.replace(/^0/, '')}`;
}

function lowerDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

function distinct(values: Json[]): Json[] {
  return [...new Set(values)];
}
