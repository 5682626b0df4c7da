// Pure translation between Direct Line activities and what the house speaks.
import { z } from 'zod';
import type { Incoming, ShownMessage } from '../channel.js';
import { cleanText } from '../common/text.js';
import { caps, limits } from './limits.js';

export const ACCOUNT = 'website';

const schema = z.object({
  type: z.string().max(64),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).max(caps.page).nullish(),
  channelData: z.object({ clientActivityID: z.string().nullish(), choice: z.string().nullish() }).nullish(),
});
export type Activity = z.infer<typeof schema>;

/** An activity as a client posts it; null when its shape is wrong. Unknown fields are passed over: clients send many. */
export function readActivity(value: unknown): Activity | null {
  const read = schema.safeParse(value);
  return read.success ? read.data : null;
}

export type Translated = { kind: 'message'; incoming: Incoming } | { kind: 'ignored' | 'empty' | 'too_long' };

/** What a person sent. `fallbackId` is the dedupe id when the client names none. */
export function translateIn(activity: Activity, conversation: string, fallbackId: string): Translated {
  if (activity.type !== 'message') return { kind: 'ignored' };
  if ((activity.text ?? '').length > limits.text) return { kind: 'too_long' };
  const text = cleanText(activity.text ?? '').trim();
  const choice = choiceOf(activity);
  const hasLinks = (activity.attachments ?? []).length > 0;
  if (text === '' && choice === undefined && !hasLinks) return { kind: 'empty' };
  const language = languageOf(activity.locale);
  const incoming: Incoming = {
    account: ACCOUNT,
    user: conversation,
    messageId: messageId(conversation, activity.channelData?.clientActivityID, fallbackId),
    ...(text === '' ? {} : { text }),
    ...(choice === undefined ? {} : { choice }),
    ...(language === undefined ? {} : { language }),
  };
  // Files by link are not fetched: the address could point anywhere, also into our own network.
  if (hasLinks && text === '' && choice === undefined) incoming.media = 'unknown';
  return { kind: 'message', incoming };
}

/** The dedupe id is the client's, made unique over conversations, because the client chooses it freely. */
export function messageId(conversation: string, clientId: string | null | undefined, fallback: string): string {
  const usable =
    clientId !== null && clientId !== undefined && clientId !== '' && clientId.length <= caps.clientIdLength;
  return `${conversation}|${usable ? cleanText(clientId) : fallback}`;
}

/** Web Chat sends a tapped messageBack or postBack as `value`; our own page as `channelData.choice`. */
function choiceOf({ value, channelData }: Activity): string | undefined {
  const id = channelData?.choice ?? value;
  if (typeof id !== 'string' || id.length > caps.choiceLength) return undefined;
  const clean = cleanText(id);
  return clean === '' ? undefined : clean;
}

function languageOf(locale: string | null | undefined): string | undefined {
  return locale !== null && locale !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(locale)
    ? locale
    : undefined;
}

/** One message as an activity. `link` makes the address of a file. */
export function translateOut(message: ShownMessage, conversation: string, link: (fileId: string) => string): object {
  const { id, seq, from, name, at, text, options, expects, files, choice } = message;
  const asks = options.length > 0 || expects !== undefined;
  return {
    type: 'message',
    id,
    timestamp: new Date(at).toISOString(),
    channelId: 'directline',
    from: sender(from, name),
    conversation: { id: conversation },
    text,
    textFormat: 'plain',
    inputHint: asks ? 'expectingInput' : 'acceptingInput',
    ...(options.length > 0 ? { suggestedActions: { actions: options.map(action) } } : {}),
    ...(files.length > 0
      ? { attachments: files.map((f) => ({ contentType: f.mime, contentUrl: link(f.id), name: f.name })) }
      : {}),
    channelData: {
      seq,
      author: from,
      ...(options.length > 0 ? { options } : {}),
      ...(expects === undefined ? {} : { expects }),
      ...(choice === undefined ? {} : { choice }),
      ...clientActivity(message, conversation),
    },
  };
}

function sender(from: ShownMessage['from'], name: string | undefined): object {
  if (from === 'person') return { id: 'person', role: 'user' };
  return { id: from, role: 'bot', ...(name === undefined ? {} : { name }) };
}

function action({ id, label }: ShownMessage['options'][number]): object {
  return { type: 'messageBack', title: label, text: label, displayText: label, value: id };
}

function clientActivity({ clientId }: ShownMessage, conversation: string): object {
  if (clientId === undefined) return {};
  const prefix = `${conversation}|`;
  return { clientActivityID: clientId.startsWith(prefix) ? clientId.slice(prefix.length) : clientId };
}
