/** Many people on WhatsApp at once, whose provider tells everything again until it is taken, as Meta does. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Records } from '../../src/conversation/records.js';
import { Vault } from '../../src/privacy/vault.js';
import type { Store } from '../../src/store/contract.js';
import { VERIFY_TOKEN } from '../providers/graph-provider.js';
import type { FakeGraph } from '../providers/graph.js';
import {
  ACCOUNT,
  post,
  signature,
  status,
  text,
  webhook,
  type Person,
  type WireMessage,
} from '../providers/graph-webhooks.js';

/** The beginning of an aid request, one line after the other; every line is answered. */
export const REQUEST = [
  'طلب مساعدة',
  'أوافق',
  'توفير الدواء',
  'لي',
  'خالد محمد العتيبي',
  '1098765439',
  'تخطي',
  '0551234567',
  'الرياض',
] as const;

/** Milliseconds, also on a machine that is busy and with a process that was just killed. */
const ANSWERED_WITHIN = 120_000;

export interface Someone {
  person: Person;
  /** What they said that was taken, in order. */
  said: string[];
  /** The process that takes in what they say; without it any of them. */
  through?: string;
}

export function crowd(size: number): Someone[] {
  return Array.from({ length: size }, (_, n) => ({
    person: { user_id: `SA.${5_000_000 + n}`, wa_id: String(966_550_000_000 + n), name: 'خالد' },
    said: [],
  }));
}

export const whatsappSettings = (graph: FakeGraph): Record<string, string> => ({
  WHATSAPP_API_URL: graph.url,
  WHATSAPP_TOKEN: graph.token,
  WHATSAPP_PHONE_NUMBER_ID: ACCOUNT,
  WHATSAPP_APP_SECRET: graph.secret,
  WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
});

/** Resolves when it was taken; gives back the answers' statuses, the last of which is 200. */
export async function write(graph: FakeGraph, { person, said, through }: Someone, words: string): Promise<number[]> {
  const statuses = await untilTaken(graph, written(graph, person, words), through);
  said.push(words);
  return statuses;
}

/** The webhook of what a person writes; their window is open from now on. */
export function written(graph: FakeGraph, person: Person, words: string): object {
  const message: WireMessage = text(person, words);
  graph.wrote.set(person.wa_id ?? '', Date.now());
  graph.wrote.set(person.user_id ?? '', Date.now());
  return webhook({ people: [person], messages: [message] });
}

/** What nobody can read, signed all the same; gives back the answer's status. */
export async function postRubbish(graph: FakeGraph, url: string, size: number): Promise<number> {
  const bytes = Buffer.from(`{"${randomUUID()}": "${'x'.repeat(size)}`);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(bytes, graph.secret) };
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
  await response.arrayBuffer();
  return response.status;
}

/** The provider tells that the person read a message. */
export async function read(graph: FakeGraph, providerId: string): Promise<number[]> {
  return untilTaken(graph, webhook({ statuses: [status(providerId, 'read')] }));
}

/** What was sent to a person. */
export function answersTo(graph: FakeGraph, { person }: Someone): FakeGraph['sent'] {
  return graph.sent.filter(({ to }) => to === person.wa_id || to === person.user_id);
}

/** Writes and waits for the answer. */
export async function tell(graph: FakeGraph, someone: Someone, words: string): Promise<void> {
  const before = answersTo(graph, someone).length;
  await write(graph, someone, words);
  for (const begun = Date.now(); answersTo(graph, someone).length <= before;) {
    if (Date.now() - begun > ANSWERED_WITHIN) throw new Error(`nothing was said to «${words}»`);
    await pause(50);
  }
}

/** Our message ids that the provider was given more than once. */
export function sentTwice(graph: FakeGraph): string[] {
  const ids = graph.sent.map(({ body }) => String(body['biz_opaque_callback_data']));
  return ids.filter((id, n) => ids.indexOf(id) !== n);
}

/** What people said as it stands in the store, one list for each conversation in which there is anything. */
export async function heard(store: Store, key: string): Promise<string[][]> {
  const vault = await Vault.open({ keys: store.keys, encryptionKeys: [Buffer.from(key, 'base64')] });
  const records = new Records(vault, () => undefined);
  const rows = await store.turns.conversations({ limit: 1_000 });
  return Promise.all(
    rows.map(async ({ id, address }) => {
      const messages = await store.messages.list(id, 0, 1_000);
      const theirs = messages.filter(({ direction }) => direction === 'in');
      const bodies = await Promise.all(theirs.map((row) => records.message.open(address, row.id, row.sealed)));
      return bodies.map((body) => body.text);
    }),
  );
}

/** What each of them said, by its first letters and in an order of its own, to be compared; who said nothing is left out. */
export function sorted(lists: readonly (readonly string[])[]): string[] {
  const said = lists.filter((list) => list.length > 0);
  return said.map((list) => list.map((words) => words.slice(0, 20)).join(' | ')).sort();
}

/** Told again as often as it takes, with the pauses of an impatient provider; gives back the answers' statuses. */
export async function untilTaken(graph: FakeGraph, body: object, url = graph.webhookUrl): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.at(-1) !== 200) {
    const answered = await post(url, body, graph.secret).catch(() => 0);
    statuses.push(answered);
    if (answered !== 200) await pause(200);
  }
  return statuses;
}
