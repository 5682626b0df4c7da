// Pure translation of what we say into what the library sends: plain texts, and files with words under them.
import type { FileRef } from '../../src/engine/types.js';
import type { Outgoing } from '../channel.js';
import { bubbles } from '../common/choices.js';
import { caps, limits } from './limits.js';

/** One message in the chat. */
export interface Part {
  text: string;
  file?: FileRef;
}

/** In order. Options are numbered lines. */
export function translateOut(message: Outgoing): Part[] {
  const { file, text, options } = message;
  const under = file !== undefined && options.length === 0 && text.length <= caps.caption && !isVoice(file);
  const first = file ? [{ text: under ? text : '', file }] : [];
  const rest = under ? [] : bubbles(text, options, limits).map((bubble) => ({ text: bubble.text }));
  return [...first, ...rest];
}

/** Played in place; no words stand under it. */
export function isVoice({ mime }: FileRef): boolean {
  return mime.startsWith('audio/');
}
