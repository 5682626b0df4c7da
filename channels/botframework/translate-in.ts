// Pure translation of activities into what the house speaks.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming } from '../channel.js';
import { parseJson } from '../common/json.js';
import { cleanFileName, cleanText } from '../common/text.js';
import { attached, type Said } from './attachments.js';
import type { Reply } from './reference.js';

/** `group`: somebody spoke where others read along. `silent`: nothing that a person said to us. `broken`: nobody can be answered. */
export type Translated =
  | { kind: 'message'; incoming: Incoming }
  | { kind: 'group'; reply: Reply; language: string }
  | { kind: 'silent' | 'broken' | 'invoke'; why: string };

export interface Words {
  /** Of whoever adds us: what they are taken to have said. */
  begin(language: string): string;
}

const id = z.string().min(1).max(512);
const account = z.object({ id, name: z.string().catch(''), role: z.string().catch('') });
const shape = z.object({
  type: z.string(),
  channelId: z.string(),
  serviceUrl: z.string(),
  id: z.string().min(1).max(1_024).optional().catch(undefined),
  locale: z.string().max(35).optional().catch(undefined),
  from: account,
  recipient: account,
  conversation: z.object({
    id: z.string().min(1).max(1_024),
    isGroup: z.boolean().catch(false),
    conversationType: z.string().catch(''),
    tenantId: z.string().max(64).optional().catch(undefined),
  }),
  text: z.string().catch(''),
  value: z.json().catch(null),
  attachments: z.array(z.json()).catch([]),
  entities: z.array(z.json()).catch([]),
  membersAdded: z.array(z.object({ id })).catch([]),
});
export type Activity = z.infer<typeof shape>;

/** What a tap brings back; `translate-out.ts` puts it there. */
const tapped = z.object({ choice: z.string().min(1).max(512) });
const mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id }), text: z.string().min(1) });

/** `digest`: of the body, for activities without an id. `app`: our app's id, or empty. */
export function translateIn(value: Json, digest: string, app: string, words: Words): Translated {
  const read = shape.safeParse(value);
  if (!read.success) return { kind: isTold(value) ? 'broken' : 'silent', why: 'activity' };
  const activity = read.data;
  if (activity.type === 'invoke') return { kind: 'invoke', why: 'invoke' };
  const said = kinds.get(activity.type)?.(activity, words) ?? null;
  if (said === null) return { kind: 'silent', why: activity.type };
  const { from, recipient, conversation, locale } = activity;
  if (from.role === 'bot' || from.id === recipient.id) return { kind: 'silent', why: 'ours' };
  const reply = replyOf(activity);
  if (conversation.isGroup || groups.has(conversation.conversationType))
    return activity.type === 'message'
      ? { kind: 'group', reply, language: locale ?? '' }
      : { kind: 'silent', why: 'group' };
  const name = cleanFileName(from.name.replace(/[\\/]/g, ' '));
  const incoming: Incoming = {
    account: app === '' ? activity.channelId : `${activity.channelId}:${app}`,
    user: from.id,
    // What changes a message comes under that message's id, and may come again with other words.
    messageId: activity.type === 'message' ? nameOf(activity, digest) : `${nameOf(activity, '')}:${digest}`,
    reply,
    ...(name !== '' && { name }),
    ...(locale !== undefined && { language: locale }),
    ...said,
  };
  return { kind: 'message', incoming };
}

const groups = new Set(['channel', 'groupChat']);

/** Words of people; everything else that a channel tells (typing, reactions, the end of a conversation …) moves nothing. */
const kinds = new Map<string, (activity: Activity, words: Words) => Said | null>([
  ['message', saidIn],
  ['messageUpdate', changed],
  [
    'messageDelete',
    (activity) => ({ media: 'deleted', ...(activity.id !== undefined && { unsent: nameOf(activity, '') }) }),
  ],
  ['conversationUpdate', joined],
]);

/** A person would wait for an answer to it. */
function isTold(value: Json): boolean {
  const read = z.object({ type: z.string() }).safeParse(value);
  return read.success && kinds.has(read.data.type) && read.data.type !== 'conversationUpdate';
}

function saidIn(activity: Activity): Said {
  const text = wordsIn(activity);
  const choice = choiceIn(activity.value);
  const files = attached(activity, text !== '');
  const said: Said = {
    ...files,
    ...(text !== '' && { text }),
    ...(choice !== undefined && { choice: cleanText(choice) }),
  };
  // What cannot be read is still something that somebody sent: they hear that it was not understood.
  return Object.keys(said).length > 0 ? said : { media: 'unknown' };
}

function changed(activity: Activity): Said {
  const text = wordsIn(activity);
  return { media: 'edit', ...(text !== '' && { text }) };
}

/** Who adds us in Teams waits for a word; elsewhere somebody who has not written yet is nobody to us. */
function joined({ channelId, membersAdded, recipient, locale = '' }: Activity, words: Words): Said | null {
  const isOurs = channelId === 'msteams' && membersAdded.some((one) => one.id === recipient.id);
  return isOurs ? { text: words.begin(locale), choice: '!/word/menu' } : null;
}

/** Teams may hand the value over as a text of JSON. */
function choiceIn(value: Json): string | undefined {
  const parsed = typeof value === 'string' ? parseJson(Buffer.from(value)) : { ok: true as const, value };
  return tapped.safeParse(parsed.ok ? parsed.value : null).data?.choice;
}

/** Without our own name, which Teams writes before what is said to us. */
function wordsIn({ text, entities, recipient }: Activity): string {
  const names = entities.flatMap((one) => {
    const read = mention.safeParse(one);
    return read.success && read.data.mentioned.id === recipient.id ? [read.data.text] : [];
  });
  return cleanText(names.reduce((rest, name) => rest.replace(name, ''), text)).trim();
}

/** An activity's id is its own within its conversation. `digest` stands in for one that is missing. */
function nameOf({ id: own, conversation }: Activity, digest: string): string {
  return `${conversation.id}|${own ?? digest}`;
}

function replyOf({ channelId, serviceUrl, conversation, recipient, from }: Activity): Reply {
  return {
    channel: channelId,
    service: serviceUrl,
    conversation: conversation.id,
    bot: recipient.id,
    user: from.id,
    ...(conversation.tenantId !== undefined && { tenant: conversation.tenantId }),
  };
}
