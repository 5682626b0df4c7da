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
import { askedIn, type Asked } from './asked.js';
import { monthOf } from './dates.js';
import type { House } from './house.js';
import { noticesOf } from './notices.js';
import type { ItemBody, MessageBody, SessionRecord } from './records.js';
import { overChannel } from './records.js';
import { giftsOf } from './transfers.js';
import type { Played } from './turn.js';
import { saidIn, saidMessages, type Said } from './said.js';

export interface Plan {
  row: Conversation;
  fence: number;
  item: Item;
  body: Exclude<ItemBody, { kind: 'apology' | 'knock' }> | null;
  played: Played;
}

type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

export async function commitOf(house: House, plan: Plan): Promise<TurnCommit> {
  const { row, fence, item, played } = plan;
  const said = saidIn(house, plan);
  const asked = await askedIn(house, plan);
  const record = sessionRecord(plan, said, asked);
  const messages = [...(await personMessage(house, plan)), ...(await saidMessages(house, plan, said, record.reply))];
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
    gifts: await giftsOf(house, row, played),
    questions: asked.questions,
    record: await house.records.turn.seal(row.address, item.id, played.record),
  };
}

function sessionRecord({ body, played }: Plan, said: readonly Said[], { asked }: Asked): SessionRecord {
  const { before, result } = played;
  const fromPerson = body?.kind === 'message' ? body : undefined;
  const name = fromPerson?.name ?? before?.name;
  const reply = fromPerson?.reply ?? before?.reply;
  const fresh = said.flatMap(({ say }) => say.options ?? []);
  const offered = fresh.length > 0 ? fresh : before?.offered;
  const knocked = fromPerson ? [] : (before?.knocked ?? []);
  return {
    v: 1,
    session: result.session,
    ...(name !== undefined && { name }),
    ...(reply !== undefined && { reply }),
    ...(offered !== undefined && { offered }),
    ...(knocked.length > 0 && { knocked }),
    ...(asked && { asked }),
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
    ...(overChannel(body) && { lastPersonAt: item.at }),
    ...(body?.kind === 'message' && { addUnread: 1 }),
  };
}

/** What the person said; its row bears the item's id. */
async function personMessage(house: House, { row, item, body, played }: Plan): Promise<NewMessage[]> {
  if (body?.kind !== 'message') return [];
  const { input, messageId, taken } = body;
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
    ...(taken && { by: taken.by }),
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

async function submissions(house: House, { row, played, body }: Plan): Promise<NewSubmission[]> {
  const filed = effectsOf(played.result.effects, 'submission');
  const at = played.record.now;
  const desk = body?.kind === 'message' && body.taken ? { taken: { ...body.taken, at } } : {};
  return Promise.all(
    filed.map(async ({ kind: _kind, ...submission }) => ({
      number: submission.number,
      run: submission.run,
      kind: submission.opens.replace(/^case\//, ''),
      at,
      sealed: await house.records.submission.seal(row.address, submission.number, { v: 1, ...submission, ...desk }),
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

function effectsOf<Kind extends Effect['kind']>(effects: readonly Effect[], kind: Kind): EffectOf<Kind>[] {
  return effects.filter((effect): effect is EffectOf<Kind> => effect.kind === kind);
}
