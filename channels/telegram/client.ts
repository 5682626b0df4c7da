// Calls the Bot API through telegraf's client, which is loaded at the first call: an installation without Telegram never loads it.
import type { Telegram } from 'telegraf';
import { z } from 'zod';
import { neverLeft } from '../common/http-client.js';

/** `broken`: no answer that can be understood; `sent` tells whether the call may have been carried out. */
export type CallResult =
  | { ok: true; result: unknown }
  | { ok: false; why: 'refused'; status: number; description: string; retryAfter?: number }
  | { ok: false; why: 'broken'; sent: 'no' | 'maybe' };

export interface Client {
  /** Never rejects. `timeout` in milliseconds; `signal` ends it early. */
  call(method: string, payload: Record<string, unknown>, timeout: number, signal?: AbortSignal): Promise<CallResult>;
}

export function createClient(token: string, apiRoot: string): Client {
  let loaded: Promise<Telegram> | undefined;
  const load = () => (loaded ??= loadTelegraf(token, apiRoot));
  return {
    call: async (method, payload, timeout, signal) => {
      const late = AbortSignal.timeout(timeout);
      try {
        const telegram = await load();
        // The client's types know each method's payload; ours are checked by the fake provider instead.
        const callApi = telegram.callApi.bind(telegram) as unknown as CallApi;
        const result = await callApi(method, payload, { signal: signal ? AbortSignal.any([late, signal]) : late });
        return { ok: true, result };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

type CallApi = (method: string, payload: object, options: { signal: AbortSignal }) => Promise<unknown>;

async function loadTelegraf(token: string, apiRoot: string): Promise<Telegram> {
  const { Telegram } = await import('telegraf');
  return new Telegram(token, { apiRoot: apiRoot.replace(/\/*$/, '/'), webhookReply: false });
}

/** The Bot API's own refusal, as telegraf keeps it. */
const refusal = z.object({
  response: z.object({
    error_code: z.number(),
    description: z.string().catch(''),
    parameters: z.object({ retry_after: z.number().nonnegative().optional() }).optional().catch(undefined),
  }),
});

function failureOf(error: unknown): CallResult {
  const read = refusal.safeParse(error);
  if (!read.success) return { ok: false, why: 'broken', sent: neverLeft(error) ? 'no' : 'maybe' };
  const { error_code: status, description, parameters } = read.data.response;
  const seconds = parameters?.retry_after;
  return {
    ok: false,
    why: 'refused',
    status,
    description,
    ...(seconds !== undefined && { retryAfter: seconds * 1_000 }),
  };
}
