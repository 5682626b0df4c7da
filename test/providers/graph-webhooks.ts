// Webhooks as the Cloud API posts them: what people send, statuses, batches; signed over the very bytes.
import { createHash, createHmac, randomBytes } from 'node:crypto';

export const ACCOUNT = '106540352242922';

export interface Person {
  /** Business-scoped user id; absent in webhooks from before it. */
  user_id?: string;
  /** Absent for people with a user name whom we do not know. */
  wa_id?: string;
  name?: string;
}

export type WireMessage = Record<string, unknown> & { id: string; type: string };
export type WireStatus = Record<string, unknown> & { id: string; status: string };

export interface Change {
  account?: string;
  people?: Person[];
  messages?: unknown[];
  statuses?: unknown[];
  errors?: unknown[];
  field?: string;
}

export const FATIMA: Person = { user_id: 'SA.13491208655302741918', wa_id: '966551234567', name: 'فاطمة علي' };

let made = 0;
export const wamid = (): string => `wamid.HBgM${randomBytes(12).toString('base64url')}${++made}`;

/** A message of a kind with its part, e.g. `message(FATIMA, 'text', { body: 'السلام عليكم' })`. */
export function message(person: Person, type: string, part: unknown, more: Record<string, unknown> = {}): WireMessage {
  return {
    ...(person.wa_id !== undefined && { from: person.wa_id }),
    ...(person.user_id !== undefined && { from_user_id: person.user_id }),
    id: wamid(),
    timestamp: String(Math.floor(Date.now() / 1000)),
    type,
    ...(part !== undefined && { [type]: part }),
    ...more,
  };
}

export const text = (person: Person, body: string, more: Record<string, unknown> = {}): WireMessage =>
  message(person, 'text', { body }, more);
export const tapped = (person: Person, id: string, title: string): WireMessage =>
  message(person, 'interactive', { type: 'button_reply', button_reply: { id, title } });
export const picked = (person: Person, id: string, title: string): WireMessage =>
  message(person, 'interactive', { type: 'list_reply', list_reply: { id, title, description: '' } });
export const media = (
  person: Person,
  type: 'image' | 'document' | 'audio' | 'video' | 'sticker',
  file: { id: string; bytes: Buffer; mime: string },
  more: Record<string, unknown> = {},
): WireMessage =>
  message(person, type, { id: file.id, mime_type: file.mime, sha256: digest(file.bytes).toString('base64'), ...more });

export function status(id: string, state: string, more: Record<string, unknown> = {}): WireStatus {
  return { id, status: state, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: '966551234567', ...more };
}

/** One webhook of several changes; each change in an entry of its own. */
export function webhook(...changes: Change[]): object {
  return {
    object: 'whatsapp_business_account',
    entry: changes.map((change) => ({ id: '102290129340398', changes: [changeOf(change)] })),
  };
}

function changeOf({ account = ACCOUNT, people = [], messages, statuses, errors, field = 'messages' }: Change): object {
  return {
    field,
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '966112345678', phone_number_id: account },
      ...(people.length > 0 && {
        contacts: people.map(({ name, ...ids }) => ({ ...(name !== undefined && { profile: { name } }), ...ids })),
      }),
      ...(messages && { messages }),
      ...(statuses && { statuses }),
      ...(errors && { errors }),
    },
  };
}

/** As Meta writes it: everything beyond ASCII and every slash escaped. Only the raw bytes fit the signature. */
export function wire(body: object): Buffer {
  const json = JSON.stringify(body)
    .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
  return Buffer.from(json);
}

export function signature(bytes: Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
}

/** Posts a webhook; gives back the status of the answer. */
export async function post(url: string, body: object, secret: string): Promise<number> {
  const bytes = wire(body);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(bytes, secret) };
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
  await response.arrayBuffer();
  return response.status;
}

export const digest = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
