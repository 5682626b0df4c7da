// Letters of old programs that name no charset: what is not UTF-8 in them was written on an Arabic Windows.
import { isUtf8 } from 'node:buffer';

/** Heads are shorter, and so are the lines that part a letter. */
const MOST_HEAD = 512 * 1024;
const MOST_LINE = 200;

/** Heads at any time, words where the head of their part names no charset; what the words say of charsets tells nothing. */
export function legible(bytes: Buffer): Buffer {
  const borders = [0, ...bordersIn(bytes), bytes.length];
  return Buffer.concat(borders.slice(1).map((to, at) => legiblePart(bytes.subarray(borders[at], to))));
}

/** Where parts begin: at lines that some head in the letter announces. */
function bordersIn(bytes: Buffer): number[] {
  const announced = bytes
    .toString('latin1')
    .matchAll(/boundary\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi);
  const names = new Set(Array.from(announced, ([, quoted, bare]) => `--${quoted ?? bare ?? ''}`));
  const borders: number[] = [];
  if (names.size === 0) return borders;
  for (let at = bytes.indexOf('\n--'); at >= 0; at = bytes.indexOf('\n--', at + 1)) {
    const [line = ''] = bytes.toString('latin1', at + 1, at + 1 + MOST_LINE + '----\r\n'.length).split('\n');
    const name = line.trimEnd();
    if (names.has(name) || names.has(name.replace(/--$/, ''))) borders.push(at + 1);
  }
  return borders;
}

function legiblePart(part: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(part.toString('latin1', 0, MOST_HEAD));
  const at = end ? end.index + end[0].length : part.length;
  const [head, words] = [part.subarray(0, at), part.subarray(at)];
  return Buffer.concat([fromWindows(head), isNameless(head.toString('latin1')) ? fromWindows(words) : words]);
}

function isNameless(head: string): boolean {
  const type = /^content-type:((?:[^\r\n]|\r?\n[ \t])*)/im.exec(head)?.[1] ?? 'text/plain';
  return /^\s*text\//i.test(type) && !/charset/i.test(type);
}

function fromWindows(part: Buffer): Buffer {
  return isUtf8(part) ? part : Buffer.from(new TextDecoder('windows-1256').decode(part));
}
