/** One or more files. The value is the list of what was sent. */
import type { AnswerType } from '../types.js';
import { asText, isRecord } from './values.js';

export const file: AnswerType = {
  name: 'file',
  freeText: false,
  expects: 'file',
  read({ files }) {
    if (files.length === 0) return { wrong: 'none' };
    return { value: files.map(({ id, name, mime, bytes }) => ({ id, name, mime, bytes })) };
  },
  show(value) {
    if (!Array.isArray(value)) return '';
    return value.map((one) => (isRecord(one) ? asText(one['name']) : '')).join(', ');
  },
};
