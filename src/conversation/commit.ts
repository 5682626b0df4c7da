// Turns what a step decided into the one thing that is written: sealed session, messages, submissions, notices, timer.
import type { Effect, Session } from '../engine/types.js';
import type {
  ConversationPatch,
  Conversation,
  Item,
  NewMessage,
  NewRating,
  NewSubmission,
  TurnCommit,
} from '../store/contract.js';
import { hasConfidential } from './confidential.js';
import { monthOf } from './dates.js';
import type { House } from './house.js';
import { merged } from './merge.js';
import { noticesOf } from './notices.js';
import type { ItemBody, MessageBody, SessionRecord } from './records.js';
import type { Played } from './turn.js';
import { expiryOf } from './expiry.js';

export interface Plan {
  row: Conversation;
  fence: number;
  item: Item;
  body: Exclude<ItemBody, { kind: 'apology' }> | null;
  played: Played;
}

type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

export async function commitOf(house: House, plan: Plan): Promise<TurnCommit> {
  const { row, fence, item, played } = plan;
  const record = sessionRecord(plan);
  const messages = [...(await personMessage(house, plan)), ...(await saidMessages(house, plan, record))];
  return {
    turn: item.id,
    conversation: row.id,
    fence,
    item: item.id,
    at: played.record.now,
    patch: patchOf(plan, await house.records.session.seal(row.address, row.id, record)),
    messages,
    submissions: await submissions(house, plan),
    ratings: await ratings(house, plan),
    notices: noticesOf(plan),
    record: await house.records.turn.seal(row.address, item.id, played.record),
  };
}

function sessionRecord({ body, played }: Plan): SessionRecord {
  const { before, result } = played;
  const fromPerson = body?.kind === 'message' ? body : undefined;
  const name = fromPerson?.name ?? before?.name;
  const reply = fromPerson?.reply ?? before?.reply;
  const fresh = says(result.effects).flatMap((say) => say.options ?? []);
  const offered = fresh.length > 0 ? fresh : before?.offered;
  return {
    v: 1,
    session: result.session,
    ...(name !== undefined && { name }),
    ...(reply !== undefined && { reply }),
    ...(offered !== undefined && { offered }),
  };
}

function patchOf({ item, played, body }: Plan, session: Uint8Array): ConversationPatch {
  const { result } = played;
  const next: Session = result.session;
  const frame = next.stack.at(-1);
  return {
    session,
    language: next.language,
    flowSet: next.set,
    flow: frame?.flow ?? null,
    step: frame?.step ?? null,
    hold: next.hold ? (next.hold.by === undefined ? 'waiting' : 'taken') : 'none',
    heldBy: next.hold?.by ?? null,
    dueAt: result.due?.at ?? null,
    dueKind: result.due?.kind ?? null,
    ...(body?.kind === 'message' && { lastPersonAt: item.at, addUnread: 1 }),
  };
}

/** What the person said; its row bears the item's id. */
async function personMessage(house: House, { row, item, body, played }: Plan): Promise<NewMessage[]> {
  if (body?.kind !== 'message') return [];
  const { input, messageId } = body;
  const { choice, files, location, media, refused } = input;
  const chosen =
    choice === undefined ? undefined : played.before?.offered?.find((option) => option.id === choice)?.label;
  const consent = effectsOf(played.result.effects, 'consent').map(({ kind: _kind, ...given }) => given)[0];
  const content: MessageBody = {
    v: 1,
    text: input.text ?? '',
    clientId: messageId,
    ...(choice !== undefined && { choice }),
    ...(chosen !== undefined && { chosen }),
    ...(files && { files }),
    ...(location && { location }),
    ...(media !== undefined && { media }),
    ...(refused && { refused: refused.map(({ key }) => key) }),
    ...(consent && { consent }),
  };
  const before = played.before?.session.stack.at(-1);
  const message = { id: item.id, direction: 'in' as const, author: 'person' as const, state: 'received' as const };
  const sealed = await house.records.message.seal(row.address, item.id, content);
  const readClass = played.result.read.class ?? 'personal';
  return [
    {
      ...message,
      class: readClass,
      run: before?.run ?? null,
      providerKey: item.dedupeKey,
      at: item.at,
      expiresAt: null,
      sealed,
    },
  ];
}

/** What is to be sent, in the order it was said. */
async function saidMessages(house: House, plan: Plan, record: SessionRecord): Promise<NewMessage[]> {
  const { row, item, body, played } = plan;
  const { result, prepared, before } = played;
  const at = played.record.now;
  const hidden = hasConfidential(prepared, before?.session) || hasConfidential(prepared, result.session);
  const personAt = body?.kind === 'message' ? item.at : row.lastPersonAt;
  const expiresAt = expiryOf(house, row, at, personAt, canWait(body));
  const run = result.session.stack.at(-1)?.run ?? null;
  const staffId = body?.kind === 'within' && 'by' in body.input ? body.input.by : undefined;
  return Promise.all(
    merged(says(result.effects), house.channels.get(row.channel)?.limits).map(async (say) => {
      const id = house.ids.next();
      const sealed = await house.records.message.seal(row.address, id, sayBody(say, staffId, record.reply));
      const message = {
        id,
        direction: 'out' as const,
        author: say.author,
        state: 'queued' as const,
        providerKey: null,
      };
      return {
        ...message,
        class: hidden && say.author === 'bot' ? 'confidential' : 'personal',
        run,
        at,
        expiresAt,
        sealed,
      };
    }),
  );
}

/** What staff decide or write is worth hearing whenever the person comes back; a question of the bot's is not. */
function canWait(body: Plan['body']): boolean {
  return body?.kind === 'within' && (body.input.kind === 'staff' || body.input.kind === 'case');
}

function sayBody(
  say: EffectOf<'say'>,
  staffId: string | undefined,
  reply: Record<string, string> | undefined,
): MessageBody {
  const staff = say.author === 'staff';
  return {
    v: 1,
    text: say.text,
    ...(say.options && { options: say.options }),
    ...(say.expects && { expects: say.expects }),
    ...(say.file && { files: [say.file] }),
    ...(staff && staffId !== undefined && { by: staffId }),
    ...(staff && say.by !== undefined && { name: say.by }),
    ...(reply && { reply }),
  };
}

async function submissions(house: House, { row, played }: Plan): Promise<NewSubmission[]> {
  const filed = effectsOf(played.result.effects, 'submission');
  return Promise.all(
    filed.map(async ({ kind: _kind, ...submission }) => ({
      number: submission.number,
      run: submission.run,
      kind: submission.opens.replace(/^case\//, ''),
      at: played.record.now,
      sealed: await house.records.submission.seal(row.address, submission.number, { v: 1, ...submission }),
    })),
  );
}

/** A rating's id has no time in it, and its words lie under the installation's key: nothing leads back to the person. */
async function ratings(house: House, { row, played }: Plan): Promise<NewRating[]> {
  return Promise.all(
    effectsOf(played.result.effects, 'rating').map(async ({ service, score, comment }) => {
      const id = house.ids.unlinked();
      return {
        id,
        service,
        channel: row.channel,
        month: monthOf(played.record.now, house.charity.zone),
        score,
        comment: comment === undefined ? null : await house.records.comment.seal('', id, { v: 1, text: comment }),
      };
    }),
  );
}

function says(effects: readonly Effect[]): EffectOf<'say'>[] {
  return effectsOf(effects, 'say');
}

function effectsOf<Kind extends Effect['kind']>(effects: readonly Effect[], kind: Kind): EffectOf<Kind>[] {
  return effects.filter((effect): effect is EffectOf<Kind> => effect.kind === kind);
}
