// What the connector refuses in an activity of ours, channel by channel, with the codes that it answers.

type Json = Record<string, unknown>;

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

interface Bounds {
  /** UTF-16 units of a text. */
  text: number;
  suggested?: { count: number; title: number };
  /** Of one card; `inAll`: of a message. */
  card?: { count: number; title: number; inAll: number };
  /** What a tap may be. */
  taps: readonly string[];
  /** Bytes of the whole activity. */
  bytes: number;
}

const web: Bounds = {
  text: 200_000,
  suggested: { count: 100, title: 400 },
  card: { count: 100, title: 400, inAll: 100 },
  taps: ['imBack', 'postBack', 'messageBack'],
  bytes: 256 * 1024,
};
/**
 * Written down apart from the adapter's table: counts of the SDK's own (botbuilder-dialogs 4.23.3, choices/channel), lengths of the
 * vendors' pages (Teams: bots/how-to/format-your-bot-messages; Messenger and LINE: quick replies; Slack: attachments; Twilio: 1600).
 */
const bounds: Readonly<Record<string, Bounds>> = {
  webchat: web,
  directline: web,
  emulator: web,
  msteams: {
    text: 20_000,
    card: { count: 6, title: 60, inAll: 50 },
    taps: ['imBack', 'messageBack'],
    bytes: 1_500_000,
  },
  facebook: { text: 2_000, suggested: { count: 10, title: 20 }, taps: ['imBack', 'postBack'], bytes: web.bytes },
  line: { text: 5_000, suggested: { count: 13, title: 20 }, taps: ['imBack', 'postBack'], bytes: web.bytes },
  slack: { text: 4_000, card: { count: 5, title: 30, inAll: 100 }, taps: ['imBack', 'postBack'], bytes: web.bytes },
  telegram: { text: 4_096, suggested: { count: 100, title: 64 }, taps: ['imBack', 'postBack'], bytes: web.bytes },
  sms: { text: 1_600, taps: [], bytes: web.bytes },
  groupme: { text: 1_000, taps: [], bytes: web.bytes },
};

export interface Expected {
  channel: string;
  conversation: string;
  bot: string;
  user: string;
}

/** Null when the activity is acceptable. */
export function refusalOf(body: Json, expected: Expected, bytes: number): Refusal | null {
  const { channel, conversation, bot, user } = expected;
  const most = bounds[channel];
  if (!most) return bad('BadArgument', `Unknown channel ${channel}`);
  if (bytes > most.bytes) return { status: 413, code: 'MessageSizeTooBig', message: 'Message size too large' };
  if (idOf(body['conversation']) !== conversation) return bad('BadArgument', 'conversation.id does not match');
  if (idOf(body['from']) !== bot || idOf(body['recipient']) !== user) return bad('BadArgument', 'from or recipient');
  if (body['replyToId'] !== undefined) return bad('ActivityNotFoundInConversation', 'replyToId is unknown');
  if (body['type'] === 'typing') return null;
  if (body['type'] !== 'message') return bad('BadSyntax', 'type');
  return checkWords(body, most) ?? checkButtons(body, most);
}

function checkWords({ text, textFormat, attachments }: Json, { text: most }: Bounds): Refusal | null {
  if (text === undefined) return listOf(attachments).length > 0 ? null : bad('BadSyntax', 'an empty message');
  if (typeof text !== 'string' || text.trim() === '') return bad('BadSyntax', 'text');
  if (textFormat !== 'plain') return bad('BadArgument', 'markup would be read');
  return text.length > most ? { status: 413, code: 'MessageSizeTooBig', message: 'text' } : null;
}

function checkButtons(body: Json, { suggested, card, taps }: Bounds): Refusal | null {
  const { suggestedActions } = body;
  if (suggestedActions !== undefined) return checkActions(actionsIn(suggestedActions, 'actions'), suggested, taps);
  const cards = listOf(body['attachments']).map(asJson);
  if (card && cards.length * card.count > card.inAll) return bad('BadArgument', 'too many cards');
  for (const one of cards) {
    if (one['contentType'] !== 'application/vnd.microsoft.card.hero') continue;
    const refusal = checkActions(actionsIn(one['content'], 'buttons'), card, taps);
    if (refusal) return refusal;
  }
  return null;
}

function checkActions(
  actions: readonly Json[],
  room: { count: number; title: number } | undefined,
  taps: readonly string[],
): Refusal | null {
  if (!room) return bad('BadArgument', 'the channel has no such buttons');
  if (actions.length < 1 || actions.length > room.count) return bad('BadArgument', `1 to ${room.count} buttons`);
  for (const { type, title, value } of actions) {
    if (typeof type !== 'string' || !taps.includes(type)) return bad('BadArgument', 'action type');
    if (typeof title !== 'string' || title.trim() === '' || title.length > room.title)
      return bad('BadArgument', 'title');
    if (value === undefined) return bad('BadArgument', 'value');
  }
  return null;
}

/** Buttons of an activity in either place, as the person's app shows them. */
export function buttonsIn(body: Json): { id: string; label: string }[] {
  const cards = listOf(body['attachments']).map(asJson);
  const actions =
    body['suggestedActions'] === undefined
      ? cards.flatMap((card) => actionsIn(card['content'], 'buttons'))
      : actionsIn(body['suggestedActions'], 'actions');
  return actions.map(({ title, value }) => ({
    id: String(typeof value === 'string' ? value : asJson(value)['choice']),
    label: String(title),
  }));
}

function actionsIn(holder: unknown, name: string): Json[] {
  return listOf(asJson(holder)[name]).map(asJson);
}

export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function idOf(value: unknown): unknown {
  return asJson(value)['id'];
}

function bad(code: string, message: string): Refusal {
  return { status: 400, code, message };
}
