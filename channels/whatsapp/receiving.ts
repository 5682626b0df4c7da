// Takes in a webhook: signed, opened, every item by itself; answered only after all of it is kept.
import { z } from 'zod';
import type { ChannelHost, ChannelRequest, ChannelResponse, Incoming } from '../channel.js';
import { refusal } from '../common/http.js';
import { isSigned } from '../common/hub.js';
import type { InOrder } from '../common/in-order.js';
import { parseJson } from '../common/json.js';
import { readable } from '../common/readable.js';
import { openEnvelope, type Item } from './envelope.js';
import { translateIn, type Translated } from './translate-in.js';
import { translateStatus } from './translate-status.js';

export interface Desk {
  readonly host: ChannelHost;
  readonly secrets: readonly string[];
  /** Our phone number ids. */
  readonly accounts: ReadonlySet<string>;
  readonly order: InOrder;
}

/** `kept`: durable, or nothing to keep. `broken`: put aside, nobody can be answered. `away`: to be told again. */
type Outcome = 'kept' | 'broken' | 'away';

/** POST /webhooks/whatsapp. 503 lets Meta tell everything again; what was kept is known by its id. */
export async function receive(desk: Desk, request: ChannelRequest): Promise<ChannelResponse> {
  if (!isSigned(request, desk.secrets)) return refusal(401, 'BadSignature', 'The signature is missing or wrong.');
  const parsed = parseJson(request.body);
  const opened = parsed.ok ? openEnvelope(parsed.value) : null;
  // Refused, Meta would send the same for a week.
  if (!opened) return answer(desk, [await putAside(desk, '', request.body, parsed.ok ? 'webhook' : parsed.why)]);
  const ours = opened.items.filter(({ account }) => desk.accounts.has(account));
  const foreign = opened.items.length - ours.length;
  const outcomes = await takeAll(desk, ours);
  const broken = outcomes.filter((outcome) => outcome === 'broken').length;
  if (broken + foreign + opened.skipped > 0)
    desk.host.log('whatsapp.skipped', { broken, foreign, skipped: opened.skipped });
  return answer(desk, outcomes);
}

function answer(desk: Desk, outcomes: readonly Outcome[]): ChannelResponse {
  if (!outcomes.includes('away')) return { status: 200 };
  desk.host.log('whatsapp.not_accepted');
  return refusal(503, 'ServiceUnavailable', 'Not everything was kept. Send it again.', { 'retry-after': '5' });
}

/** Messages first, as they are ordered in the envelope; statuses when those are kept. */
async function takeAll(desk: Desk, items: readonly Item[]): Promise<Outcome[]> {
  const messages = await takeMessages(
    desk,
    items.filter((item) => item.kind === 'message'),
  );
  const rest = await Promise.all(items.map((item) => takeStatus(desk, item)));
  return [...messages, ...rest];
}

type MessageItem = Extract<Item, { kind: 'message' }>;

async function takeMessages(desk: Desk, items: readonly MessageItem[]): Promise<Outcome[]> {
  const now = desk.host.now();
  const translated = items.map(({ value, account, contacts }) =>
    readable<Translated>(() => translateIn(value, account, contacts), { kind: 'broken', why: 'shape' }),
  );
  const said = translated.flatMap((one) => (one.kind === 'message' ? [{ ...one, at: one.at || now }] : []));
  const broken = items.filter((_item, index) => translated[index]?.kind === 'broken');
  // Meta does not promise an order within a batch; of one moment the order of the batch counts.
  said.sort((a, b) => a.at - b.at);
  const outcomes: Outcome[] = [];
  for (const item of broken) outcomes.push(await putItemAside(desk, item, 'message'));
  for (const { incoming, at } of said) {
    const person = `${incoming.account} ${incoming.user}`;
    outcomes.push(await desk.order.run(person, at, () => take(desk, () => accept(desk, incoming))));
  }
  return outcomes;
}

async function accept({ host }: Desk, incoming: Incoming): Promise<Outcome> {
  await host.accept(incoming);
  return 'kept';
}

async function takeStatus(desk: Desk, item: Item): Promise<Outcome> {
  if (item.kind === 'message') return 'kept';
  if (item.kind === 'error') {
    const code = z.object({ code: z.number() }).safeParse(item.value).data?.code;
    desk.host.log('whatsapp.error_told', { code: code ?? -1 });
    return 'kept';
  }
  const report = translateStatus(item.value, item.account, desk.host.now());
  if (report === 'silent') return 'kept';
  if (report === 'broken') return putItemAside(desk, item, 'status');
  return take(desk, async () => {
    await desk.host.status(report);
    return 'kept';
  });
}

function putItemAside(desk: Desk, { account, value }: Item, why: string): Promise<Outcome> {
  return putAside(desk, account, Buffer.from(JSON.stringify(value)), why);
}

async function putAside({ host }: Desk, account: string, bytes: Buffer, why: string): Promise<Outcome> {
  try {
    await host.unreadable({ account, bytes, why });
    return 'broken';
  } catch {
    return 'away';
  }
}

/** An item that breaks the house's contract will always do so; everything else may pass. */
async function take({ host }: Desk, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof z.ZodError)) return 'away';
    host.log('whatsapp.item_refused');
    return 'broken';
  }
}
