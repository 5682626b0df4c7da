// The signed webhook: headers and signature as https://www.standardwebhooks.com describes them.
import { createHmac } from 'node:crypto';
import type { Told, Way, Word } from './way.js';

export interface WebhookSettings {
  url: string;
  /** `whsec_` and base64: the prefix is no part of the key. */
  secret: string;
}

const TIMEOUT = 10_000;

/** `now`: UTC milliseconds. */
export function createWebhook({ url, secret }: WebhookSettings, now: () => number): Way {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return { name: 'webhook', tell: (word) => post(url, key, word, Math.floor(now() / 1000)) };
}

/** `v1,` and the signature over id, time in seconds and body. */
export function signatureOf(key: Buffer, id: string, seconds: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

async function post(url: string, key: Buffer, word: Word, seconds: number): Promise<Told> {
  const body = JSON.stringify(bodyOf(word));
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A redirect would carry the words to where nobody meant them to go.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Sila',
        'webhook-id': word.id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(key, word.id, seconds, body),
      },
      body,
    });
    await response.body?.cancel();
    if (response.ok) return { result: 'done' };
    return { result: 'again', after: waitOf(response), code: `status_${response.status}` };
  } catch (error) {
    return { result: 'again', after: null, code: error instanceof Error ? error.name : 'unknown' };
  }
}

function bodyOf({ kind, at, conversation, caseNumber, title, more, url }: Word): object {
  return {
    type: `notice.${kind}`,
    timestamp: new Date(at).toISOString(),
    data: { title, text: more, conversation, case: caseNumber, url },
  };
}

/** Seconds of `Retry-After`; its dates are not heeded. */
function waitOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
