// Somebody on the charity's website: its conversation page's own protocol, Direct Line 3.0.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { wayOf } from '../../channels/common/choices.js';
import { limits } from '../../channels/website/limits.js';
import type { Phone, Shown } from './phone.js';
import type { World } from './world.js';

const grant = z.object({ conversationId: z.string(), token: z.string() });
const page = z.object({
  activities: z.array(
    z.object({
      text: z.string(),
      from: z.object({ id: z.string() }),
      channelData: z.object({
        options: z.array(z.object({ id: z.string(), label: z.string(), hint: z.string().optional() })).default([]),
      }),
    }),
  ),
  watermark: z.string(),
});

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | FormData;
}

export function websiteWorld(language: string): Promise<World> {
  const seen: Shown[] = [];
  let watermark = '';
  let at = '';
  let token = '';
  const ask = async (path: string, { method = 'GET', headers: more = {}, body }: Ask): Promise<unknown> => {
    const headers = { ...(token !== '' && { authorization: `Bearer ${token}` }), ...more };
    const answer = await fetch(`${at}${path}`, { method, headers, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`the website's ${path} was answered with ${answer.status}`);
    return answer.json();
  };
  const post = async (more: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ type: 'message', locale: language, ...more });
    await ask('/activities', { method: 'POST', headers, body });
  };
  const phone: Phone = {
    channel: 'website',
    tellsLanguage: true,
    write: (text) => post({ text, channelData: { clientActivityID: randomUUID() } }),
    tap: async (label) => {
      const last = seen.findLast(({ as }) => as !== 'text');
      const option = last && last.as !== 'text' ? last.options.find((one) => one.label === label) : undefined;
      if (!option) throw new Error(`the website shows no «${label}»`);
      await post({ text: label, channelData: { clientActivityID: randomUUID(), choice: option.id } });
    },
    sendFile: async (name, bytes) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), name);
      await ask('/upload', { method: 'POST', body: form });
    },
    shown: async () => {
      const read = page.parse(await ask(`/activities?watermark=${watermark}`, {}));
      watermark = read.watermark;
      for (const { from, text, channelData } of read.activities)
        if (from.id !== 'person') seen.push(shownBy(text, channelData.options));
      return seen;
    },
  };
  const open = async (url: string): Promise<void> => {
    at = `${url}/v3/directline`;
    const given = grant.parse(await ask('/tokens/generate', { method: 'POST', headers: { origin: url } }));
    token = given.token;
    at += `/conversations/${given.conversationId}`;
  };
  return Promise.resolve({ phone, settings: {}, open, close: () => Promise.resolve() });
}

type Given = z.infer<typeof page>['activities'][number]['channelData']['options'];

function shownBy(text: string, given: Given): Shown {
  if (given.length === 0) return { as: 'text', text };
  const options = given.map(({ id, label, hint }) => ({ id, label, ...(hint !== undefined && { hint }) }));
  return { as: wayOf(options, limits) === 'list' ? 'list' : 'buttons', text, options };
}
