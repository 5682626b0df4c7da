// Takes in a webhook of Meta's: signed, opened, every item by itself; answered only after all of it is kept.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { ChannelHost, ChannelRequest, ChannelResponse, Incoming, Route, StatusReport } from '../channel.js';
import { refusal } from './http.js';
import { isSigned, verifySubscription } from './hub.js';
import type { InOrder } from './in-order.js';
import { parseJson } from './json.js';
import { readable } from './readable.js';

/** `silent`: nothing that a person said to us. `broken`: nobody can be answered. `at`: UTC milliseconds, for the order within a moment. */
export type Translated =
  { kind: 'message'; incoming: Incoming; at: number } | { kind: 'silent' | 'broken'; why: string };

/** One thing of a webhook. */
export interface WebhookItem {
  readonly account: string;
  readonly value: Json;
}

export interface Opened<Item> {
  items: Item[];
  /** Changes of other fields, and parts without the shape that every change has. */
  skipped: number;
}

export interface Desk<Item extends WebhookItem> {
  /** The channel, in log lines. */
  readonly name: string;
  readonly host: ChannelHost;
  readonly secrets: readonly string[];
  readonly order: InOrder;
  /** Null when it is no webhook of this product at all. */
  readonly open: (body: Json) => Opened<Item> | null;
  readonly isOurs: (item: Item) => boolean;
  /** Null when it is no message of a person. */
  readonly message: (item: Item) => Translated | null;
  /** What it tells of our own messages. */
  readonly reports: (item: Item) => readonly StatusReport[] | 'broken';
  /** What else it is, for the channel itself; nobody waits for it. */
  readonly also?: (item: Item) => void;
}

/** `kept`: durable, or nothing to keep. `broken`: put aside, nobody can be answered. `away`: to be told again. */
type Outcome = 'kept' | 'broken' | 'away';

/** The two routes of a webhook: Meta's question whether it is ours, and what it brings. `limit`: most bytes. */
export function webhookRoutes<Item extends WebhookItem>(
  path: string,
  limit: number,
  verifyToken: string,
  desk: Desk<Item>,
): Route[] {
  return [
    { method: 'GET', path, limit: 0, handle: (request) => Promise.resolve(verifySubscription(request, verifyToken)) },
    { method: 'POST', path, limit, handle: (request) => receive(desk, request) },
  ];
}

/** 503 lets Meta tell everything again; what was kept is known by its id. */
async function receive<Item extends WebhookItem>(desk: Desk<Item>, request: ChannelRequest): Promise<ChannelResponse> {
  if (!isSigned(request, desk.secrets)) return refusal(401, 'BadSignature', 'The signature is missing or wrong.');
  const parsed = parseJson(request.body);
  const opened = parsed.ok ? desk.open(parsed.value) : null;
  // Refused, Meta would send the same for a week.
  if (!opened) return answer(desk, [await putAside(desk, '', request.body, parsed.ok ? 'webhook' : parsed.why)]);
  const ours = opened.items.filter(desk.isOurs);
  const foreign = opened.items.length - ours.length;
  const outcomes = await takeAll(desk, ours);
  const broken = outcomes.filter((outcome) => outcome === 'broken').length;
  if (broken + foreign + opened.skipped > 0)
    desk.host.log('webhook.skipped', { channel: desk.name, broken, foreign, skipped: opened.skipped });
  return answer(desk, outcomes);
}

type Named<Item extends WebhookItem> = Pick<Desk<Item>, 'name' | 'host'>;

function answer<Item extends WebhookItem>(desk: Named<Item>, outcomes: readonly Outcome[]): ChannelResponse {
  if (!outcomes.includes('away')) return { status: 200 };
  desk.host.log('webhook.not_accepted', { channel: desk.name });
  return refusal(503, 'ServiceUnavailable', 'Not everything was kept. Send it again.', { 'retry-after': '5' });
}

/** Messages first: people wait, statuses do not. */
async function takeAll<Item extends WebhookItem>(desk: Desk<Item>, items: readonly Item[]): Promise<Outcome[]> {
  const read = items.map((item) => ({
    item,
    said: readable<Translated | null>(() => desk.message(item), { kind: 'broken', why: 'shape' }),
  }));
  const messages = await takeMessages(desk, read);
  const others = read.flatMap(({ item, said }) => (said === null ? [item] : []));
  const rest = await Promise.all(others.map((item) => takeReports(desk, item)));
  return [...messages, ...rest.flat()];
}

async function takeMessages<Item extends WebhookItem>(
  desk: Desk<Item>,
  read: readonly { item: Item; said: Translated | null }[],
): Promise<Outcome[]> {
  const now = desk.host.now();
  const outcomes: Outcome[] = [];
  for (const { item, said } of read)
    if (said?.kind === 'broken') outcomes.push(await putItemAside(desk, item, 'message'));
  const messages = read.flatMap(({ said }) => (said?.kind === 'message' ? [{ ...said, at: said.at || now }] : []));
  // Meta does not promise an order within a batch; of one moment the order of the batch counts.
  messages.sort((a, b) => a.at - b.at);
  for (const { incoming, at } of messages) {
    const person = `${incoming.account} ${incoming.user}`;
    outcomes.push(await desk.order.run(person, at, () => take(desk, () => desk.host.accept(incoming, at))));
  }
  return outcomes;
}

async function takeReports<Item extends WebhookItem>(desk: Desk<Item>, item: Item): Promise<Outcome[]> {
  const reports = readable(() => desk.reports(item), 'broken');
  if (reports !== 'broken') desk.also?.(item);
  if (reports === 'broken') return [await putItemAside(desk, item, 'status')];
  return Promise.all(reports.map((report) => take(desk, () => desk.host.status(report))));
}

function putItemAside<Item extends WebhookItem>(desk: Desk<Item>, item: Item, why: string): Promise<Outcome> {
  return putAside(desk, item.account, Buffer.from(JSON.stringify(item.value)), why);
}

async function putAside<Item extends WebhookItem>(
  { host }: Named<Item>,
  account: string,
  bytes: Buffer,
  why: string,
): Promise<Outcome> {
  try {
    await host.unreadable({ account, bytes, why });
    return 'broken';
  } catch {
    return 'away';
  }
}

/** An item that breaks the house's contract will always do so; everything else may pass. */
async function take<Item extends WebhookItem>(
  { host, name }: Named<Item>,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  try {
    await work();
    return 'kept';
  } catch (error) {
    if (!(error instanceof z.ZodError)) return 'away';
    host.log('webhook.item_refused', { channel: name });
    return 'broken';
  }
}
