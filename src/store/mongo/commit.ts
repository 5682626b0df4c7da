/** The commit of a turn: everything it caused in one transaction, or nothing. */
import type { CommitResult, NewMessage, NewSubmission, TurnCommit } from '../contract.js';
import type { Access, Tables } from './access.js';
import type { RowOf } from './columns.js';
import { letGo } from './messages.js';
import { addNotice } from './notices.js';
import { addQuestions } from './questions.js';
import type { Definitions } from './schema.js';
import { is } from './table.js';
import type { Change } from './table.js';
import { give, isAsked } from './transfers.js';

type Row = RowOf<Definitions['conversations']['columns']>;

const PATCHED = [
  ...(['session', 'language', 'flowSet', 'flow', 'step', 'hold', 'heldBy', 'dueAt', 'dueKind'] as const),
  'lastPersonAt',
] as const;

/** Undoes what the transaction wrote so far. */
class Refusal extends Error {
  constructor(readonly result: Exclude<CommitResult['result'], 'committed'>) {
    super(result);
  }
}

export async function commit({ together }: Access, turn: TurnCommit): Promise<CommitResult> {
  try {
    return await together(
      (tables) => apply(tables, turn),
      async (tables) => {
        const done = await tables.turns.get(turn.turn);
        return done && { result: 'committed', seq: done.seq };
      },
    );
  } catch (error) {
    if (error instanceof Refusal) return { result: error.result };
    throw error;
  }
}

async function apply(tables: Tables, turn: TurnCommit): Promise<CommitResult> {
  const numbers = turn.messages.length + turn.submissions.length;
  const first = numbers === 0 ? 0 : await tables.next(numbers);
  if (await tables.turns.get(turn.turn)) throw new Refusal('duplicate');
  const conversation = await patch(tables, turn);
  if (!conversation) throw new Refusal('stale');
  await consume(tables, turn);
  await submit(tables, turn, conversation.address, first + turn.messages.length);
  for (const { transfer } of turn.gifts ?? []) {
    if (!(await isAsked(tables, transfer))) throw new Refusal('not_asked');
  }
  await addMessages(tables, turn, conversation.seq - turn.messages.length, first);
  if (turn.patch.lastPersonAt !== undefined) await letGo(tables, turn.conversation);
  for (const rating of turn.ratings) await tables.ratings.addNew(rating);
  for (const notice of turn.notices) await addNotice(tables, notice);
  for (const gift of turn.gifts ?? []) await give(tables, gift);
  await addQuestions(tables, turn.questions ?? []);
  for (const id of turn.unsent ?? []) await takeBack(tables, turn.conversation, id);
  await tables.turns.add({ ...turn, id: turn.turn, seq: conversation.seq });
  return { result: 'committed', seq: conversation.seq };
}

/** With the fence in the filter. Counting `touched` on writes to the row even where the turn changes nothing of it: see `lockUnder`. */
function patch(tables: Tables, turn: TurnCommit): Promise<Row | null> {
  const { patch: given, messages } = turn;
  const changed = PATCHED.filter((column) => column in given).map((column) => [column, given[column] ?? null]);
  const newest = newestOf(messages);
  const change: Change<Row> = {
    $inc: { touched: 1, seq: messages.length, unread: given.addUnread ?? 0 },
    ...(changed.length > 0 && { $set: Object.fromEntries(changed) as Partial<Row> }),
    ...(newest !== null && { $max: { lastMessageAt: newest } }),
  };
  return tables.conversations.changed({ id: turn.conversation, fence: turn.fence }, change);
}

/** An item that is gone was consumed by a turn whose result its worker never learnt. */
async function consume(tables: Tables, { item, along = [], conversation }: TurnCommit): Promise<void> {
  if ((await tables.mailbox.remove({ id: item, conversation, reason: null })) === 0) throw new Refusal('duplicate');
  if (along.length > 0) await tables.mailbox.remove({ id: is({ $in: along }), conversation, reason: null });
}

/** The run is unique: a second submission of it changes nothing. */
async function submit(tables: Tables, turn: TurnCommit, address: string, first: number): Promise<void> {
  const { submissions, conversation } = turn;
  if (submissions.length === 0) return;
  const filed = await tables.submissions.all({ run: is({ $in: submissions.map(({ run }) => run) }) }, { n: 1 });
  const open = submissions.filter(({ run }) => !filed.some((one) => one.run === run));
  if (await numberTaken(tables, open)) throw new Refusal('number_taken');
  const fresh = open.filter(({ run }, index) => open.findIndex((one) => one.run === run) === index);
  await tables.submissions.add(
    ...fresh.map((submission, index) => ({ ...submission, n: first + index, conversation, address })),
  );
}

async function numberTaken(tables: Tables, open: readonly NewSubmission[]): Promise<boolean> {
  const other = (one: NewSubmission, two: NewSubmission) => one.number === two.number && one.run !== two.run;
  if (open.some((one) => open.some((two) => other(one, two)))) return true;
  const among = is({ $in: open.map(({ number }) => number) });
  return (await tables.submissions.has({ number: among })) || tables.cases.has({ number: among });
}

async function addMessages(
  tables: Tables,
  { messages, conversation }: TurnCommit,
  last: number,
  first: number,
): Promise<void> {
  await tables.messages.add(
    ...messages.map((message, index) => ({ ...message, conversation, n: first + index, seq: last + 1 + index })),
  );
}

/** A message of a person bears the id of its turn. */
async function takeBack(tables: Tables, conversation: string, id: string): Promise<void> {
  const nothing = Buffer.alloc(0);
  const message = await tables.messages.changed({ id, conversation, direction: 'in' }, { $set: { sealed: nothing } });
  if (message) await tables.turns.change({ id, conversation }, { $set: { record: nothing } });
}

function newestOf(messages: readonly NewMessage[]): number | null {
  return messages.reduce<number | null>((latest, { at }) => Math.max(latest ?? at, at), null);
}
