/** Shortens a long answer for a review, so that the person still recognises it. */
import { isAscii } from './invisible.js';

/** From this length on the beginning and the end are shown, because the end often says the most. */
const MIDDLE_FROM = 40;

/**
 * The text itself when it has at most `max` UTF-16 units; the first two and last two words around ` ... ` when it is
 * longer than 40; otherwise a cut at a word (or, in one long word, at a grapheme) followed by `…`.
 */
export function shorten(text: string, max = 25): string {
  const line = text.replace(SPACES, ' ').trim();
  if (line.length <= max) return line;
  const middle = line.length > MIDDLE_FROM ? ends(line) : undefined;
  return middle !== undefined && middle.length <= MIDDLE_FROM ? middle : cut(line, max);
}

const SPACES = /\s+/g;

function ends(line: string): string | undefined {
  const words = line.split(' ');
  return words.length < 5 ? undefined : `${words.slice(0, 2).join(' ')} ... ${words.slice(-2).join(' ')}`;
}

function cut(line: string, max: number): string {
  const room = max - 1;
  const space = line.lastIndexOf(' ', room);
  if (space > room / 2) return `${line.slice(0, space)}…`;
  return `${line.slice(0, graphemeEnd(line, room))}…`;
}

/** The last grapheme border at or before `room`. */
function graphemeEnd(line: string, room: number): number {
  if (isAscii(line)) return room;
  let end = 0;
  // Only the part around the cut is segmented: segmenting is slow, and nothing after it matters.
  for (const { index, segment } of segmenter.segment(line.slice(0, room + 64))) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return end;
}

const segmenter = new Intl.Segmenter('ar', { granularity: 'grapheme' });
