// WhatsApp's translations, both ways, as tables; and what they promise for anything at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outgoing } from '../../channels/channel.js';
import { openEnvelope } from '../../channels/whatsapp/envelope.js';
import { errorOfCode, failureOf } from '../../channels/whatsapp/errors.js';
import { limits } from '../../channels/whatsapp/limits.js';
import { translateIn } from '../../channels/whatsapp/translate-in.js';
import { translateOut } from '../../channels/whatsapp/translate-out.js';
import { translateStatus } from '../../channels/whatsapp/translate-status.js';
import type { Json } from '../../src/engine/types.js';
import { refusalOf } from '../providers/graph-checks.js';
import { ACCOUNT, status, webhook } from '../providers/graph-webhooks.js';

const outgoing = (more: Partial<Outgoing>): Outgoing => ({
  id: '0190-id',
  conversation: 'c',
  account: ACCOUNT,
  user: 'SA.134912',
  reply: {},
  seq: 1,
  attempt: 1,
  author: 'bot',
  text: '',
  options: [],
  ...more,
});

describe('in', () => {
  const heard = (more: object) =>
    translateIn({ id: 'w', from: '966551234567', type: 'text', text: { body: 'س' }, ...more }, ACCOUNT, []);

  it.each([
    ['1709295133', 1_709_295_133_000],
    ['1709295133456', 1_709_295_133_456],
    [1_709_295_133, 1_709_295_133_000],
    ['soon', 0],
    [-5, 0],
    [undefined, 0],
  ])('a timestamp %s', (timestamp, at) => {
    expect(heard(timestamp === undefined ? {} : { timestamp })).toMatchObject({ kind: 'message', at });
  });

  it.each([
    ['group', { group_id: 'g' }, 'silent'],
    ['changed number', { type: 'system' }, 'silent'],
    ['without an id', { id: '' }, 'broken'],
    ['of nobody', { from: undefined }, 'broken'],
  ])('%s', (_, more, kind) => {
    expect(heard(more)).toMatchObject({ kind });
  });

  it('never throws, whatever a webhook holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('text', 'image', 'interactive', 'location', 'x'), (part, type) => {
        for (const value of [part, { id: 'w', from: '9665', type, [type]: part }]) {
          const read = translateIn(value as Json, ACCOUNT, []);
          expect(['message', 'silent', 'broken']).toContain(read.kind);
          openEnvelope(value as Json);
          translateStatus(value as Json, ACCOUNT, 1);
        }
      }),
    );
  });
});

describe('an envelope', () => {
  it('is opened whole: every entry and change, broken parts passed over', () => {
    const body = webhook(
      { statuses: [status('w1', 'sent')], messages: [{ id: 'm1' }] },
      { account: '2', messages: [{ id: 'm2' }, 7], errors: [{ code: 131_000 }] },
      { field: 'account_update' },
    ) as { entry: unknown[] };
    body.entry.push('broken', { changes: [{ field: 'messages', value: { metadata: {} } }] });
    const opened = openEnvelope(body as unknown as Json);
    expect(opened?.items.map(({ kind, account }) => [kind, account])).toEqual([
      ['message', ACCOUNT],
      ['status', ACCOUNT],
      ['message', '2'],
      ['message', '2'],
      ['error', '2'],
    ]);
    expect(opened?.skipped).toBe(3);
    expect(openEnvelope({ object: 'page', entry: [] })).toBeNull();
  });
});

describe('out', () => {
  it('a sound takes no words under it', () => {
    const file = { id: 'f', name: 'a.ogg', mime: 'audio/ogg', bytes: 1 };
    const [sound, words] = translateOut(outgoing({ text: 'استمع', file }), '9', '');
    expect([sound, words]).toMatchObject([{ audio: { id: '9' } }, { text: { body: 'استمع' } }]);
    expect([sound?.['biz_opaque_callback_data'], words?.['biz_opaque_callback_data']]).toEqual([undefined, '0190-id']);
  });

  const letters = fc.string({ unit: fc.constantFrom('ا', 'ب', ' ', '\n', '😀', '.'), minLength: 1, maxLength: 5_000 });
  const label = fc.string({ unit: fc.constantFrom('ا', 'ب', ' ', 'x'), minLength: 1, maxLength: 30 });
  const options = fc.uniqueArray(
    fc.record({ id: fc.uuid(), label, hint: fc.option(label, { nil: undefined }) }, { requiredKeys: ['id', 'label'] }),
    { maxLength: 14, selector: ({ id }) => id },
  );

  it('makes only what the Cloud API takes, and loses no word and no option', () => {
    fc.assert(
      fc.property(letters, options, (text, list) => {
        fc.pre(text.trim() !== '');
        const said = list.map(({ hint, ...one }) => ({ ...one, ...(hint !== undefined && { hint }) }));
        const requests = translateOut(outgoing({ text, options: said }), null, 'عرض الخيارات');
        expect(requests.map((one) => refusalOf(one, new Set(), new Map()))).toEqual(requests.map(() => null));
        const all = JSON.stringify(requests);
        for (const { label: words } of said) expect(all).toContain(JSON.stringify(words.trim()).slice(1, -1));
        const letter = /[اب😀]/gu;
        const counted = requests.map((one) => JSON.stringify(one['text'] ?? one['interactive'])).join('');
        expect((counted.match(letter) ?? []).length).toBeGreaterThanOrEqual((text.match(letter) ?? []).length);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a button label', 20, (n: number) => outgoing({ text: 'س', options: [{ id: 'a', label: 'ا'.repeat(n) }] })],
    [
      'a row label',
      24,
      (n: number) => outgoing({ text: 'س', options: four.map((id) => ({ id, label: id + 'ا'.repeat(n - 1) })) }),
    ],
    [
      'a hint',
      72,
      (n: number) => outgoing({ text: 'س', options: four.map((id) => ({ id, label: id, hint: 'ا'.repeat(n) })) }),
    ],
    ['options', 10, (n: number) => outgoing({ text: 'س', options: [...Array(n).keys()].map((i) => opt(`o${i}`)) })],
    ['words over options', 1024, (n: number) => outgoing({ text: 'ا'.repeat(n), options: [opt('a')] })],
    ['words', 4096, (n: number) => outgoing({ text: 'ا'.repeat(n) })],
  ])('%s at its limit and one over is taken', (_, most, make) => {
    for (const n of [most, most + 1]) {
      const requests = translateOut(make(n), null, 'عرض الخيارات');
      expect(requests.length).toBeGreaterThan(0);
      for (const one of requests) expect(refusalOf(one, new Set(), new Map())).toBeNull();
    }
  });
});
const four = ['a', 'b', 'c', 'd'];
const opt = (id: string) => ({ id, label: id });

describe('statuses', () => {
  const id = '01904a5e-8a3c-7000-8000-00000000000a';
  it.each(['sent', 'delivered', 'read'] as const)('%s', (state) => {
    const value = status('w', state, { timestamp: '1709295133', biz_opaque_callback_data: id }) as Json;
    expect(translateStatus(value, ACCOUNT, 5)).toEqual({
      account: ACCOUNT,
      providerId: 'w',
      state,
      at: 1_709_295_133_000,
      id,
    });
  });

  it('failed says why, by code', () => {
    const value = status('w', 'failed', { errors: [{ code: 131_047, title: 'x' }] }) as Json;
    expect(translateStatus(value, ACCOUNT, 5)).toMatchObject({ error: { code: 'window_closed', retry: false } });
    expect(translateStatus(status('w', 'failed') as Json, ACCOUNT, 5)).toMatchObject({ error: { code: 'refused' } });
  });

  it('others are silent, broken ones are known as such, a foreign tag is no id of ours', () => {
    expect(translateStatus(status('w', 'deleted') as Json, ACCOUNT, 5)).toBe('silent');
    expect(translateStatus({ status: 'sent' }, ACCOUNT, 5)).toBe('broken');
    const foreign = status('w', 'sent', { biz_opaque_callback_data: 'theirs', timestamp: 'x' }) as Json;
    expect(translateStatus(foreign, ACCOUNT, 5)).toEqual({ account: ACCOUNT, providerId: 'w', state: 'sent', at: 5 });
  });
});

describe('errors, by code', () => {
  const graph = (code: number) => ({ error: { code, message: 'a title that nobody should read' } });
  it.each([
    [190, 'auth', true, 'account', true, 900_000],
    [0, 'auth', true, 'account', true, 900_000],
    [200, 'auth', true, 'account', true, 900_000],
    [130_429, 'rate_limited', true, 'account', false, 5_000],
    [131_056, 'rate_limited', true, 'conversation', false, 6_000],
    [131_048, 'rate_limited', true, 'account', true, 900_000],
    [4, 'rate_limited', true, 'account', false, 60_000],
    [80_007, 'rate_limited', true, 'account', false, 60_000],
    [133_016, 'rate_limited', true, 'account', false, 60_000],
    [131_047, 'window_closed', false, 'nothing', true, undefined],
    [131_026, 'not_found', false, 'nothing', true, undefined],
    [131_049, 'refused', false, 'nothing', true, undefined],
    [131_053, 'media', true, 'message', true, 10_000],
    [131_000, 'provider_down', true, 'account', false, undefined],
    [132_000, 'template', false, 'nothing', true, undefined],
    [132_001, 'template', false, 'nothing', true, undefined],
    [132_012, 'template', false, 'nothing', true, undefined],
    [100, 'refused', false, 'nothing', true, undefined],
    [999_999, 'refused', false, 'nothing', true, undefined],
  ])('%i', (number, code, retry, slow, tellStaff, retryAfter) => {
    const result = failureOf(400, graph(number), 1, undefined);
    expect(result.error).toEqual({ code, retry, slow, tellStaff, optOut: false });
    expect('retryAfter' in result ? result.retryAfter : undefined).toBe(retryAfter);
    expect(errorOfCode(number)).toMatchObject({ code, retry: false });
  });

  it('waits as long as the header says, never shorter than the rule', () => {
    expect(failureOf(429, graph(130_429), 1, 7_000)).toMatchObject({ retryAfter: 7_000 });
    expect(failureOf(400, graph(131_056), 1, 1_000)).toMatchObject({ retryAfter: 6_000 });
    expect(failureOf(429, undefined, 1, undefined)).toMatchObject({
      error: { code: 'rate_limited' },
      retryAfter: 5_000,
    });
    expect(failureOf(502, undefined, 1, undefined)).toMatchObject({ error: { code: 'provider_down', retry: true } });
  });

  it('gives a file up after three tries', () => {
    expect(failureOf(400, graph(131_053), 2, undefined)).toMatchObject({ error: { retry: true } });
    expect(failureOf(400, graph(131_053), 3, undefined)).toMatchObject({ error: { retry: false } });
  });

  it('knows the limits that the flow checker reads', () => {
    expect(limits).toMatchObject({ text: 4096, textWithOptions: 1024, list: { count: 10, label: 24, hint: 72 } });
  });
});
