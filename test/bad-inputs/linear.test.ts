// No words of 4,096 letters make anything that reads them slow: patterns that backtrack would take minutes here (row 65).
import { expect, it } from 'vitest';
import { cleanFileName, cleanText } from '../../channels/common/text.js';
import { ipKey } from '../../channels/common/http.js';
import { readNumber } from '../../src/cases/number.js';
import { answerTypes } from '../../src/engine/answers/index.js';
import { clean } from '../../src/engine/text/clean.js';
import { isolate } from '../../src/engine/text/direction.js';
import { maskText } from '../../src/engine/text/mask.js';
import { legible, plain } from '../../src/engine/text/normalise.js';
import { shorten } from '../../src/engine/text/shorten.js';
import { fileLabel } from '../../src/files/label.js';
import { networkOf } from '../../src/staff/limits.js';
import { quickest } from '../support/quickest.js';

const LENGTH = 4_096;
/** A quadratic reader needs a few million steps for such a text, a backtracking one does not come back. */
const MOST_MS = 500;

const units = [
  'a', 'ا', '1', '٥', '-', '.', ' ', '\t', '\n', '@', '+', '/', ':', '%', '[', '{', '\\', '"', "'", '\u0651', '\u200f', 'ـ', '👨‍👩‍👧', '\ud800',
  'a.', 'a@', '1-', '1 ', '1,', '1/', '05', '٠٥', '+9', 'a1', 'ab ', 'ال', 'لا ', 'و', 'و ', 'مئة ', 'ألف و', '1م ', 'SA', 'https://', '1:', '12:30 ',
  '::', '%2f', '\r\n', 'a\u0651', 'بن ', '٫', '٬', '1e', '0x', '(', '(1', '#', '1#', 'نعم ',
]; // prettier-ignore
const ends = ['', 'x', '@'];

const readers: [string, (text: string) => unknown][] = [
  ['cleanText', cleanText],
  ['cleanFileName', cleanFileName],
  ['fileLabel', (text) => fileLabel(text, 'png')],
  ['clean', clean],
  ['plain', plain],
  ['legible', legible],
  ['isolate', (text) => isolate(text, 'rtl')],
  ['maskText', maskText],
  ['shorten', shorten],
  ['readNumber', readNumber],
  ['ipKey', ipKey],
  ['networkOf', networkOf],
  ...[...answerTypes.values()].map((type): [string, (text: string) => unknown] => [
    `answer ${type.name}`,
    (text) => type.read({ text: clean(text), plain: plain(text), files: [] }, {}, Date.UTC(2026, 0, 1)),
  ]),
];

it.each(readers)('%s', (_name, read) => {
  for (const unit of units) {
    for (const end of ends) {
      const text = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH - end.length) + end;
      const took = quickest(() => read(text), MOST_MS);
      expect([unit, end, took < MOST_MS ? 'soon' : `${Math.round(took)} ms`]).toEqual([unit, end, 'soon']);
    }
  }
});
