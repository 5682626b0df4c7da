// The phones side by side in a terminal: one column each, Arabic readable, whether the terminal knows about directions or not.
import type { Shown } from './phone.js';
import type { Cell } from './walk.js';

const BETWEEN = ' │ ';
/** A line of the terminal runs from left to right; each cell in it stands apart and runs by its own words. */
const LINE = '\u200e';
const APART = '\u2068';
const END = '\u2069';
const graphemes = new Intl.Segmenter('ar', { granularity: 'grapheme' });

/** Cells side by side, `width` columns of the terminal in all; a cell of a language written from the right ends at its right edge. */
export function columns(cells: readonly (readonly string[])[], width: number, fromRight: boolean): string {
  const room = Math.floor((width - BETWEEN.length * (cells.length - 1)) / cells.length);
  const wrapped = cells.map((lines) => lines.flatMap((line) => wrap(line, room)));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  const rows = Array.from({ length: height }, (_, row) =>
    wrapped.map((lines) => cell(lines[row] ?? '', room, fromRight)).join(BETWEEN),
  );
  return rows.map((row) => `${LINE}${row}`).join('\n');
}

/** What the person did and what the phone shows, line by line. */
export function linesOf({ did, shown }: Cell): string[] {
  const own = did.as === 'wrote' ? `› ${did.text}` : did.as === 'tapped' ? `› [${did.text}]` : `› ▤ ${did.text}`;
  return [own, '', ...shown.flatMap((one) => [...bubbleLines(one), ''])];
}

function bubbleLines(shown: Shown): string[] {
  const options = shown.as === 'text' ? [] : shown.options;
  const named = ({ label, hint = '' }: (typeof options)[number]): string => (hint === '' ? label : `${label}: ${hint}`);
  return [
    ...shown.text.split('\n'),
    ...options.map((option) => (shown.as === 'list' ? `  ○ ${named(option)}` : `  [${option.label}]`)),
  ];
}

/** Whole words in lines of at most `room` columns; a word that is longer is cut between letters. */
export function wrap(line: string, room: number): string[] {
  const rows = [''];
  for (const word of line.split(' ').flatMap((one) => cut(one, room))) {
    const row = rows.at(-1) ?? '';
    if (rows.length === 1 && row === '') rows[0] = word;
    else if (widthOf(row) + 1 + widthOf(word) <= room) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
}

/** Columns that a text takes: none for marks, two for pictures and the wide letters of the east. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (/^[\p{M}\p{Cf}]+$/u.test(segment)) continue;
    width += /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uff01-\uff60]/u.test(segment)
      ? 2
      : 1;
  }
  return width;
}

function cut(word: string, room: number): string[] {
  if (widthOf(word) <= room) return [word];
  const parts = [''];
  for (const { segment } of graphemes.segment(word)) {
    const last = parts.at(-1) ?? '';
    if (widthOf(last) + widthOf(segment) <= room) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

function cell(line: string, room: number, fromRight: boolean): string {
  const space = ' '.repeat(Math.max(0, room - widthOf(line)));
  const apart = line === '' ? '' : `${APART}${line}${END}`;
  return fromRight ? space + apart : apart + space;
}
