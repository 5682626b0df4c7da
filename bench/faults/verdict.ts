/** What a fault left behind, read from the record and from the provider's log and held against what people said. */
import { Records } from '../../src/conversation/records.js';
import { Vault } from '../../src/privacy/vault.js';
import type { Message, Store } from '../../src/store/contract.js';
import type { FakeGraph } from '../../test/providers/graph.js';
import type { Someone } from '../../test/support/crowd.js';
import type { World } from './world.js';

/** Counts; all but `turns`, `cases` and `repeatedSends` must be 0. */
export interface Verdict {
  turns: number;
  cases: number;
  /** Messages that were acknowledged and stand nowhere. */
  lost: number;
  /** Messages that stand there more than once. */
  doubled: number;
  /** Conversations whose messages stand in another order than they were said, or with a gap. */
  disordered: number;
  /** People whose request is no case, or more than one. */
  wrongCases: number;
  /** Answers that the provider never took, or took in another order. */
  unsent: number;
  sentOutOfOrder: number;
  quarantined: number;
  /** Sends that the provider got more than once. */
  repeatedSends: number;
}

/** After the processes ended; `people`: all of them have filed their request. */
export async function judge(world: World, people: readonly Someone[]): Promise<Verdict> {
  const store = await world.open();
  try {
    const talks = await talksOf(store, world.encryptionKey);
    const rows = await store.cases.list({ limit: 10_000 });
    const cases = new Map<string, number>();
    for (const { conversation } of rows) cases.set(conversation, (cases.get(conversation) ?? 0) + 1);
    const said = compare(people, talks);
    return {
      turns: talks.reduce((sum, talk) => sum + talk.heard.length, 0),
      cases: rows.length,
      ...said,
      disordered: said.disordered + talks.filter(({ messages }) => !contiguous(messages)).length,
      wrongCases: talks.filter(({ id }) => cases.get(id) !== 1).length + Math.abs(people.length - talks.length),
      ...sends(world.graph, talks),
      quarantined: (await store.stats())['quarantined'] ?? NaN,
    };
  } finally {
    await store.close();
  }
}

interface Talk {
  id: string;
  messages: Message[];
  heard: string[];
}

async function talksOf(store: Store, key: string): Promise<Talk[]> {
  const vault = await Vault.open({ keys: store.keys, encryptionKeys: [Buffer.from(key, 'base64')] });
  const records = new Records(vault, () => undefined);
  const rows = await store.turns.conversations({ limit: 10_000 });
  const talks: Talk[] = [];
  for (const { id, address } of rows) {
    const messages = await store.messages.list(id, 0, 1_000);
    const theirs = messages.filter(({ direction }) => direction === 'in');
    const bodies = await Promise.all(theirs.map((row) => records.message.open(address, row.id, row.sealed)));
    talks.push({ id, messages, heard: bodies.map(({ text }) => text) });
  }
  return talks;
}

/** Whose conversation it is shows in the number of the ID that only one person gives. */
function compare(people: readonly Someone[], talks: readonly Talk[]): Pick<Verdict, 'lost' | 'doubled' | 'disordered'> {
  const result = { lost: 0, doubled: 0, disordered: 0 };
  for (const { said } of people) {
    const own = said.find((line) => /^1098\d{6}$/.test(line));
    const heard = talks.find((talk) => own !== undefined && talk.heard.includes(own))?.heard ?? [];
    if (heard.join('\n') === said.join('\n')) continue;
    result.lost += Math.max(0, said.length - heard.length);
    result.doubled += Math.max(0, heard.length - said.length);
    if (said.length === heard.length) result.disordered += 1;
  }
  return result;
}

function contiguous(messages: readonly Message[]): boolean {
  return messages.every(({ seq }, n) => seq === n + 1);
}

function sends(graph: FakeGraph, talks: readonly Talk[]): Pick<Verdict, 'unsent' | 'sentOutOfOrder' | 'repeatedSends'> {
  const ids = graph.sent.map(({ body }) => String(body['biz_opaque_callback_data']));
  const first = new Map<string, number>();
  for (const [n, id] of ids.entries()) if (!first.has(id)) first.set(id, n);
  let [unsent, sentOutOfOrder] = [0, 0];
  for (const { messages } of talks) {
    let before = -1;
    for (const { id, direction } of messages) {
      if (direction !== 'out') continue;
      const at = first.get(id);
      if (at === undefined) unsent += 1;
      else {
        if (at < before) sentOutOfOrder += 1;
        before = Math.max(before, at);
      }
    }
  }
  return { unsent, sentOutOfOrder, repeatedSends: ids.length - first.size };
}
