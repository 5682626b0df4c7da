// Reads JSON from the outside: one parser, capped depth and lengths, no keys that reach into prototypes.
import type { Json } from '../../src/engine/types.js';

/** Nesting and list lengths beyond these are refused before anything is built (bad-inputs: deep and wide JSON). */
export const jsonCaps = { depth: 32, items: 1_000 } as const;

export type ParsedJson = { ok: true; value: Json } | { ok: false; why: 'utf8' | 'syntax' | 'depth' | 'items' };

/** Parses UTF-8 bytes; a byte order mark is passed over, of duplicate keys the last wins, dangerous keys are dropped. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, why: 'utf8' };
  }
  const shape = measure(text);
  if (shape.depth > jsonCaps.depth) return { ok: false, why: 'depth' };
  if (shape.widest > jsonCaps.items) return { ok: false, why: 'items' };
  try {
    return { ok: true, value: JSON.parse(text, dropDangerous) as Json };
  } catch {
    return { ok: false, why: 'syntax' };
  }
}

const dangerous = new Set(['__proto__', 'constructor', 'prototype']);

function dropDangerous(key: string, value: unknown): unknown {
  return dangerous.has(key) ? undefined : value;
}

/** Deepest nesting and most entries of one list or object, found without building anything. */
function measure(text: string): { depth: number; widest: number } {
  const entries: number[] = [];
  let deepest = 0;
  let widest = 0;
  let inString = false;
  for (let i = 0; i < text.length && deepest <= jsonCaps.depth; i++) {
    const c = text[i];
    if (inString) {
      if (c === '\\') i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '[' || c === '{') deepest = Math.max(deepest, entries.push(1));
    else if (c === ']' || c === '}') entries.pop();
    else if (c === ',') {
      const n = (entries.pop() ?? 0) + 1;
      entries.push(n);
      widest = Math.max(widest, n);
    }
  }
  return { depth: deepest, widest };
}
