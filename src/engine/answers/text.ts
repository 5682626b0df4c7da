/** Free words. Options: `min` and `max` in UTF-16 units. */
import { maskText } from '../text/mask.js';
import type { AnswerInput, AnswerType } from '../types.js';
import { asNumber, asText } from './values.js';

export const text: AnswerType = {
  name: 'text',
  freeText: true,
  expects: 'text',
  read(input, options) {
    const words = wordsOf(input);
    const min = asNumber(options['min']) ?? 1;
    const max = asNumber(options['max']);
    if (words === '') return { wrong: 'none' };
    if (words.length < min) return { wrong: 'short', values: { min } };
    if (max !== undefined && words.length > max) return { wrong: 'long', values: { max, extra: words.length - max } };
    return { value: words };
  },
  show: (value, _language, masked) => (masked ? maskText(asText(value)) : asText(value)),
};

/** A shared place answers a question for an address. */
function wordsOf({ text, location }: AnswerInput): string {
  if (text !== '' || location === undefined) return text;
  return [location.label, `${location.lat}, ${location.lon}`].filter(Boolean).join(' ');
}
