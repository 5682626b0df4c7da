// Webhooks as Messenger and Instagram post them: what people send, echoes, deliveries, comments; signed over the very bytes.
import { randomBytes } from 'node:crypto';

export const PAGE = '102938475610293';
export const INSTAGRAM = '17841400008460056';

export type Wire = Record<string, unknown>;

/** One thing at the provider: an event between a person and us, or something public. */
export interface Happening {
  product?: 'page' | 'instagram';
  event?: unknown;
  change?: unknown;
}

let made = 0;
export const mid = (): string => `m_${randomBytes(16).toString('base64url')}${++made}`;

/** `more` stands beside the person and the time: `message`, `postback` … */
export function event(user: string, more: Wire, account = PAGE): Wire {
  return { sender: { id: user }, recipient: { id: account }, timestamp: Date.now(), ...more };
}

export const said = (user: string, message: Wire, account = PAGE): Wire =>
  event(user, { message: { mid: mid(), ...message } }, account);

export const comment = (user: string, text: string, id = `${PAGE}_${++made}`): Wire => ({
  field: 'feed',
  value: { item: 'comment', verb: 'add', comment_id: id, post_id: `${PAGE}_1`, from: { id: user }, message: text },
});

/** One webhook of one product with all of these. */
export function webhook(happenings: readonly Happening[], product: 'page' | 'instagram' = 'page'): Wire {
  const id = product === 'page' ? PAGE : INSTAGRAM;
  const messaging = happenings.flatMap((one) => ('event' in one ? [one.event] : []));
  const changes = happenings.flatMap((one) => (one.change === undefined ? [] : [one.change]));
  return {
    object: product,
    entry: [
      {
        id,
        time: Date.now(),
        ...(messaging.length > 0 && { messaging }),
        ...(changes.length > 0 && { changes }),
      },
    ],
  };
}
