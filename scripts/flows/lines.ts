/** Words in lines of a drawing: how wide they are, and where they break. */

/** Widths in parts of the font size: rough, on the wide side, since the reader's font is not known. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[\u064b-\u0652\u0670]/, 0],
  [/[\u0600-\u06ff]/, 0.53],
  [/[ilj.,:;'|!()[\]]/, 0.32],
  [/[mwMW@]/, 0.86],
  [/[A-Z0-9]/, 0.64],
  [/\s/, 0.3],
];

export function widthOf(text: string, size: number): number {
  let sum = 0;
  for (const letter of text) sum += widths.find(([pattern]) => pattern.test(letter))?.[1] ?? 0.56;
  return sum * size;
}

/** Whole words in at most `most` lines of `width`; what is over ends in an ellipsis. */
export function wrapped(text: string, size: number, width: number, most: number): string[] {
  const lines = text.split('\n').flatMap((line) => wrapLine(line, size, width));
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  return [...kept.slice(0, -1), `${(kept.at(-1) ?? '').replace(/[\s،,.:;؛]+$/, '')}…`];
}

function wrapLine(line: string, size: number, width: number): string[] {
  const rows: string[] = [];
  for (const word of line.trim().split(/\s+/)) {
    const row = rows.at(-1);
    if (row !== undefined && widthOf(`${row} ${word}`, size) <= width) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows.filter((row) => row !== '');
}
