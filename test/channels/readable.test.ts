// An object with a length where a text should be: no shape of a provider's may throw.
import { expect, it } from 'vitest';
import { readable } from '../../channels/common/readable.js';
import { translateIn as fromTelegram } from '../../channels/telegram/translate-in.js';
import { translateIn as fromWhatsApp } from '../../channels/whatsapp/translate-in.js';

const odd = { length: { toString: 1 } };

it.each([
  ['Telegram', () => fromTelegram({ update_id: 1, callback_query: { id: odd } }, 'bot', () => '').kind],
  ['WhatsApp', () => fromWhatsApp({ id: odd, type: 'text' }, 'a', []).kind],
])('%s: what has a length and is no text is unreadable, and no fault of ours', (_name, read) => {
  expect(read).toThrow(TypeError);
  expect(readable<string>(read, 'broken')).toBe('broken');
});

it('hides no fault of another kind', () => {
  const fault = () => {
    throw new RangeError('ours');
  };
  expect(() => readable(fault, undefined)).toThrow(RangeError);
});
