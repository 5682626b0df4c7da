// The lines of a letter, as the readers of its words look at them.

/** The line over each letter of ours, by itself: whatever stands below it in an answer is ours. */
export const ABOVE = '-- -- --';

/** Direction marks: programs put them around names and dates. */
const MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
/** A line is looked at no further than this. */
const LINE = 400;

export const withoutMarks = (text: string): string => text.replace(MARKS, '');
export const bare = (line = ''): string => withoutMarks(line.slice(0, LINE)).trim();
export const isQuoted = (line = ''): boolean => /^\s*>/.test(withoutMarks(line.slice(0, LINE)));
export const hasWords = (line: string): boolean => /[\p{L}\p{N}]/u.test(line);
/** Quoted with signs or without. */
export const isOurs = (line = ''): boolean =>
  bare(line)
    .replace(/^[>\s]+/, '')
    .startsWith(ABOVE);
