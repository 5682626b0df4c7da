// Takes in one activity: proven, then kept before anything else happens; answered only after all of it is kept.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { ChannelHost, ChannelRequest, ChannelResponse } from '../channel.js';
import { refusal } from '../common/http.js';
import { InOrder } from '../common/in-order.js';
import { parseJson } from '../common/json.js';
import { readable } from '../common/readable.js';
import type { Gate } from './gate.js';
import { caps, limits } from './limits.js';
import type { Sending } from './sending.js';
import { translateIn, type Translated } from './translate-in.js';

export interface Desk {
  host: ChannelHost;
  gate: Pick<Gate, 'check'>;
  sending: Pick<Sending, 'post'>;
  /** Our app's id, or empty. */
  app: string;
}

const activity = z.object({ type: z.string().min(1).max(64) });
const bound = z.object({ channelId: z.string().regex(/^[\w-]{1,64}$/), serviceUrl: z.string().min(1).max(512) });
/** Who is said to speak, and when: not proven yet, and good enough to stand in a line. */
const place = z.object({ from: z.object({ id: z.string().min(1) }), timestamp: z.string().catch('') });

export function createReceive(desk: Desk): (request: ChannelRequest) => Promise<ChannelResponse> {
  const order = new InOrder();
  return (request) => {
    const parsed = parseJson(request.body);
    const value = parsed.ok ? parsed.value : null;
    const found = place.safeParse(value).data;
    const at = Date.parse(found?.timestamp ?? '') || 0;
    const work = () => receive(desk, request, value, parsed.ok ? 'activity' : parsed.why, at);
    // The line begins before the proof, for a proof takes a moment in which the next message of a person must not pass.
    return found ? order.run(found.from.id, at, work) : work();
  };
}

/** `at`: when it was said, UTC milliseconds; 0: nobody tells. */
async function receive(
  desk: Desk,
  request: ChannelRequest,
  value: Json,
  why: string,
  at: number,
): Promise<ChannelResponse> {
  const heading = activity.safeParse(value).success ? bound.safeParse(value) : null;
  if (heading?.success === false) return unproven(desk, 'unbound');
  const proof = await desk.gate.check(request, heading?.data ?? null);
  if (!proof.ok) return proof.why === 'away' ? again(desk, proof.code) : unproven(desk, proof.code);
  if (!heading) return keep(desk, () => putAside(desk, request.body, why));
  const digest = createHash('sha256').update(request.body).digest('hex');
  const words = { begin: (language: string) => desk.host.say('botframework.begin', language) };
  const translated = readable<Translated>(() => translateIn(value, digest, desk.app, words), {
    kind: 'broken',
    why: 'shape',
  });
  return handle(desk, request.body, translated, at);
}

function handle(
  desk: Desk,
  body: Buffer,
  translated: Translated,
  at: number,
): ChannelResponse | Promise<ChannelResponse> {
  switch (translated.kind) {
    case 'message':
      return keep(desk, () => desk.host.accept(translated.incoming, at > 0 ? at : undefined));
    case 'broken':
      return keep(desk, () => putAside(desk, body, translated.why));
    case 'group':
      void pointToPrivateChat(desk, translated).catch(() => desk.host.log('botframework.group_not_answered'));
      return { status: 200 };
    case 'invoke':
      // A question of the channel that wants an answer at once, to something that we never offered.
      return { status: 501 };
    case 'silent':
      desk.host.log('botframework.silent', { why: translated.why });
      return { status: 200 };
  }
}

/** An item that breaks the house's contract will always do so; everything else may pass. */
async function keep(desk: Desk, work: () => Promise<unknown>): Promise<ChannelResponse> {
  try {
    await work();
    return { status: 200 };
  } catch (error) {
    if (!(error instanceof z.ZodError)) return again(desk, 'store');
    desk.host.log('webhook.item_refused', { channel: limits.channel });
    return { status: 200 };
  }
}

function putAside({ host }: Desk, bytes: Buffer, why: string): Promise<void> {
  return host.unreadable({ account: limits.channel, bytes, why });
}

function unproven({ host }: Desk, code: string): ChannelResponse {
  host.log('botframework.refused', { code });
  return refusal(401, 'Unauthorized', 'The token is missing or wrong.');
}

function again({ host }: Desk, code: string): ChannelResponse {
  host.log('botframework.not_accepted', { code });
  return refusal(503, 'ServiceUnavailable', 'It was not kept. Send it again.', { 'retry-after': '5' });
}

/** One line, then silence: what concerns a person is not for a group. */
async function pointToPrivateChat(
  { host, sending }: Desk,
  { reply, language }: Extract<Translated, { kind: 'group' }>,
): Promise<void> {
  const key = `${reply.channel} ${reply.conversation}`;
  if (!(await host.within('botframework.group', key, 1, caps.groupAgain))) return;
  const text = host.say('botframework.group', language);
  await sending.post(reply, { type: 'message', text, textFormat: 'plain' });
}
