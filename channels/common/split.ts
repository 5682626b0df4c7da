// Cuts a text that is longer than a message may be, where a reader would pause; no letter is lost and none is torn apart.

/** Below this part of the room a pause is not worth its cut: the text would fall into shreds. */
const ENOUGH = 0.4;
/** UTF-16 units of the longest letter that is kept whole: a family of four with skin tones has 19. */
const LONGEST_LETTER = 64;

/**
 * The text in parts of at most `most` UTF-16 units: cut between paragraphs, lines, sentences or words, in this order, else between whole
 * letters. Only white space at a cut is dropped; `[]` for a text without words.
 */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const end = cutOf(rest, most);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** The same, with a last part that fits into less room: what stands over options. */
export function splitBefore(text: string, most: number, mostAtEnd: number): string[] {
  const parts = splitText(text, most);
  const last = parts.pop();
  if (last === undefined || last.length <= mostAtEnd) return last === undefined ? parts : [...parts, last];
  const tail = splitText(last, mostAtEnd).at(-1) ?? '';
  return [...parts, last.slice(0, last.length - tail.length).trimEnd(), tail];
}

const pauses = [/\n{2,}/g, /\n/g, /[.!?؟؛…。]+["»”)\]]*\s/g, /\s/g];

function cutOf(text: string, most: number): number {
  // One unit more, so that a pause may stand right behind the last letter that fits.
  const window = text.slice(0, most + 1);
  for (const pause of pauses) {
    const end = lastEnd(window, pause, most);
    if (end >= most * ENOUGH) return end;
  }
  return lastLetterEnd(text.slice(0, most + LONGEST_LETTER), most);
}

/** Where the last pause ends whose words still fit; 0: there is none. */
function lastEnd(window: string, pause: RegExp, most: number): number {
  let end = 0;
  for (const match of window.matchAll(pause)) {
    const words = match.index + match[0].trimEnd().length;
    if (words <= most && match.index > 0) end = match.index + match[0].length;
  }
  return end;
}

/** Between letters as readers see them; `window` is short, for segmenting long texts exhausts memory. */
function lastLetterEnd(window: string, most: number): number {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('ar').segment(window)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  // A single letter with more marks than fit: at least no half of a surrogate pair.
  return /[\uD800-\uDBFF]/.test(window[most - 1] ?? '') && most > 1 ? most - 1 : most;
}
