// How options reach a person on a channel that carries fewer of them: buttons, else a list, else numbered text. Nothing is cut off.
import type { Option } from '../../src/engine/types.js';
import type { ChannelLimits } from '../channel.js';
import { splitBefore, splitText } from './split.js';

/** One message as it goes out; `options` stand under it as buttons or as a list to pick from. */
export type Bubble = { as: 'text'; text: string } | { as: 'buttons' | 'list'; text: string; options: Option[] };

/**
 * What is said, in as many messages as it needs; options always stand under the last. They become buttons where count and labels fit, a
 * list where those and the hints fit, and numbered lines otherwise: a person answers with the number or the words. Hints that have no
 * place of their own stand as lines in the text.
 */
export function bubbles(text: string, options: readonly Option[], limits: ChannelLimits): Bubble[] {
  if (options.length === 0) return texts(text, limits);
  const as = wayOf(options, limits);
  if (as === 'text') return texts(joined(text, numbered(options)), limits);
  const above = as === 'buttons' ? joined(text, hintLines(options)) : text;
  const parts = splitBefore(above, limits.text, limits.textWithOptions ?? limits.text);
  const last = parts.pop() ?? '';
  return [...parts.map(textBubble), { as, text: last, options: [...options] }];
}

/** Which of the three ways carries these options whole. */
export function wayOf(options: readonly Option[], { buttons, list }: ChannelLimits): Bubble['as'] {
  if (buttons && fits(options, buttons)) return 'buttons';
  if (list && fits(options, list) && options.every(({ hint = '' }) => hint.length <= list.hint)) return 'list';
  return 'text';
}

/** The options as lines, numbered from 1 as the engine reads them; what is not a choice of the question itself is named by its words. */
export function numbered(options: readonly Option[]): string {
  return options.map((option, index) => `${isWord(option) ? '•' : `${index + 1}.`} ${named(option)}`).join('\n');
}

/** To skip, or a word that is understood everywhere: a number might be an answer to the question. They stand behind the choices. */
function isWord({ id }: Option): boolean {
  return id.endsWith('/skipped') || id.startsWith('!/word/') || id === '!/back';
}

/** Labels must differ: a provider refuses two that are the same, and a person could not tell them apart. */
function fits(options: readonly Option[], room: { count: number; label: number }): boolean {
  const labels = options.map(({ label }) => label.trim());
  return (
    options.length <= room.count &&
    labels.every((label) => label !== '' && label.length <= room.label) &&
    new Set(labels).size === labels.length
  );
}

function hintLines(options: readonly Option[]): string {
  return options
    .filter(({ hint = '' }) => hint !== '')
    .map((option) => `• ${named(option)}`)
    .join('\n');
}

function named({ label, hint = '' }: Option): string {
  return hint === '' ? label : `${label}: ${hint}`;
}

function joined(text: string, lines: string): string {
  return [text, lines].filter((part) => part !== '').join('\n\n');
}

function texts(text: string, limits: ChannelLimits): Bubble[] {
  return splitText(text, limits.text).map(textBubble);
}

function textBubble(text: string): Bubble {
  return { as: 'text', text };
}
