// What the conversation page decides without a browser.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, Pending } from '../../channels/website/widget/chat/model.js';
import {
  askingNow,
  cut,
  endDirection,
  layOut,
  merge,
  onlyEmoji,
  starOption,
  stillPending,
} from '../../channels/website/widget/chat/model.js';

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  at: seq * 1_000,
  from: 'bot',
  text: '',
  options: [],
  files: [],
  ...more,
});
const pending = (id: string, more: Partial<Pending> = {}): Pending => ({
  id,
  at: 0,
  text: '',
  files: [],
  state: 'waiting',
  ...more,
});

it('joins pages in any order, twice or overlapping, into one conversation', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 10 }), { maxLength: 8 }), (pages) => {
      const all = pages.reduce<Message[]>(
        (known, page) =>
          merge(
            known,
            page.map((seq) => message(seq)),
          ),
        [],
      );
      expect(all.map((one) => one.seq)).toEqual([...new Set(pages.flat())].sort((a, b) => a - b));
    }),
  );
});

it('drops what came back, keeps what is still on its way', () => {
  const left = stillPending([pending('a'), pending('b')], [message(1, { from: 'person', clientId: 'a' })]);
  expect(left.map((one) => one.id)).toEqual(['b']);
});

describe('options can be used', () => {
  const question = message(2, { options: [{ id: 'o', label: 'نعم' }] });
  it.each<[string, Message[], Pending[], number | null]>([
    ['under the last message', [message(1), question], [], 2],
    ['not after an answer', [question, message(3, { from: 'person' })], [], null],
    ['not under an older question', [question, message(3)], [], 3],
    ['not while an answer is on its way', [question], [pending('a')], null],
    ['again when that answer failed', [question], [pending('a', { state: 'failed' })], 2],
    ['not before anything was said', [], [], null],
  ])('%s', (_name, messages, sent, seq) => {
    expect(askingNow(messages, sent)?.seq ?? null).toBe(seq);
  });
});

it('sets bubbles of one author together, and breaks at authors, pauses and days', () => {
  const at = new Date(2026, 0, 5, 12).getTime();
  const rows = layOut(
    [
      message(1, { at }),
      message(2, { at: at + 1_000 }),
      message(3, { at: at + 2_000, from: 'person' }),
      message(4, { at: at + 10 * 60_000, from: 'person' }),
      message(5, { at: at + 24 * 3_600_000, from: 'staff', name: 'نورة' }),
    ],
    [pending('p', { at: at + 24 * 3_600_000 + 1 })],
  );
  expect(
    rows.map((row) =>
      row.kind === 'day'
        ? 'day'
        : `${row.first ? '(' : ''}${row.kind === 'pending' ? 'p' : row.message.seq}${row.last ? ')' : ''}`,
    ),
  ).toEqual(['day', '(1', '2)', '(3)', '(4)', 'day', '(5)', '(p)']);
});

describe('words', () => {
  it('are cut at links and numbers without losing a letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parts = cut(text).map((part) => part.text);
        expect(parts.join('')).toBe(text);
      }),
    );
  });
  it.each([
    ['انظر https://example.org/a?b=1، وشكرًا', ['text', 'link', 'text']],
    ['http://example.org javascript:alert(1)', ['text']],
    ['رقمه 7304-8815-2096-4.', ['text', 'number', 'text']],
    ['(https://example.org/)', ['text', 'link', 'text']],
  ])('%s', (text, kinds) => {
    expect(cut(text).map((part) => part.kind)).toEqual(kinds);
  });
  it('links are https only', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true }), (url) =>
        cut(`${url} javascript:x`).every((part) => part.kind !== 'link' || part.text.startsWith('https://')),
      ),
    );
  });
  it.each([
    ['نعم', 'rtl'],
    ['yes', 'ltr'],
    ['نعم\nyes', 'ltr'],
    ['نعم\n123', 'rtl'],
    ['123', 'ltr'],
  ])('%j ends %s', (text, direction) => {
    expect(endDirection(text)).toBe(direction);
  });
  it.each([
    ['🌿', true],
    ['👍🏽 🌷', true],
    ['👨‍👩‍👧', true],
    ['نعم 🌿', false],
    ['5', false],
    ['', false],
  ])('%j alone is set large: %s', (text, large) => {
    expect(onlyEmoji(text)).toBe(large);
  });
});

it.each([
  [['1', '2', '3', '4', '5'], 4, 3],
  [['٥ ممتاز', '٤', '٣', '٢', '١ سيئ'], 5, 0],
  [['سيئ', 'مقبول', 'جيد', 'جيد جدًا', 'ممتاز'], 2, 1],
  [['نعم', 'لا'], 2, undefined],
])('of %j, %d stars is number %s', (labels, stars, at) => {
  const options = labels.map((label, i) => ({ id: `o${i}`, label }));
  expect(starOption(options, stars)).toBe(at === undefined ? undefined : options[at]);
});
