// Sends what turns have said: in order, one at a time per conversation, at least once, until it expires.
import type { Channel, Outgoing, SendError, SendResult } from '../../channels/channel.js';
import type { Conversation, Message } from '../store/contract.js';
import { ring, type House } from './house.js';
import { isOver } from './expiry.js';
import { askToKnock } from './knock.js';
import { codeOf } from './log.js';
import { Outlets, type Ended } from './outlets.js';
import type { MessageBody, Who } from './records.js';
import { tellUnreachable } from './unreachable.js';

/** Full-jitter back-off: somewhere between nothing and this, doubled with each try. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 5 * 60_000;
/** A claim that is older belongs to a process that is gone. */
export const STALE_AFTER = 60_000;
/** Tries of a send whose outcome the provider never told, before it rests as `ambiguous`: more would repeat words to the person. */
const MOST_AMBIGUOUS = 3;
/** How long to wait for a channel that is switched off. */
const CHANNEL_OFF_WAIT = 60_000;

/** The same trouble of a channel is told to staff once in this time. */
const TELL_AGAIN = 6 * 3_600_000;

export class Sender {
  private readonly outlets: Outlets;
  private stopping = false;

  constructor(private readonly house: House) {
    this.outlets = new Outlets((conversation, delay) => void ring(house, 'delivery', conversation, delay));
  }

  /** Handles the delivery bell of a conversation: sends until nothing is left that may go now. */
  async handle(conversation: string): Promise<void> {
    while (!this.stopping) {
      const row = await this.house.store.turns.conversation(conversation);
      if (!row) return;
      const channel = this.house.channels.get(row.channel);
      if (!channel) return ring(this.house, 'delivery', conversation, CHANNEL_OFF_WAIT);
      const entry = this.outlets.enter(row.account, conversation, channel.limits.rate, this.house.now());
      if (entry === 'called') return;
      if (entry !== 'go') return ring(this.house, 'delivery', conversation, entry);
      const next = await this.sendNext(row, channel);
      if (next === 'nothing') return;
      if (next !== null) return ring(this.house, 'delivery', conversation, next);
    }
  }

  stop(): void {
    this.stopping = true;
  }

  /** Milliseconds until the same message may be tried again; null when it is settled. */
  private async sendNext(row: Conversation, channel: Channel): Promise<number | null | 'nothing'> {
    const { store, now } = this.house;
    let ended: Ended | undefined;
    try {
      const message = await store.messages.claim(row.id, now(), now() - STALE_AFTER);
      if (!message) return 'nothing';
      const opened = await this.open(message, row.address);
      if (!opened) return await this.settle({ message, body: NO_WORDS }, row.account, channel, GONE);
      if (mustWait(channel, row, opened, now())) return await this.hold(opened, !opened.body.waits);
      this.outlets.sending(row.account, row.id, channel.limits.rate, now());
      const result = await this.attempt(channel, outgoing(opened, row.account));
      ended = endOf(result);
      return await this.settle(opened, row.account, channel, result);
    } finally {
      const rests = this.outlets.leave(row.account, channel.limits.rate, now(), ended);
      if (rests) await this.tellTrouble(channel).catch(() => this.house.log('notice.lost', { channel: channel.name }));
    }
  }

  /** A channel that throws broke its contract: nobody knows whether the provider has the message. */
  private async attempt(channel: Channel, outgoing: Outgoing): Promise<SendResult> {
    try {
      return await channel.send(outgoing);
    } catch (error) {
      this.house.log('send.threw', { message: outgoing.id, channel: channel.name, reason: codeOf(error) });
      return { result: 'ambiguous', error: BROKEN };
    }
  }

  /** Waits for the person: what may not wait so long has expired by now. */
  private async hold({ message, body }: Pick<Opened, 'message' | 'body'>, knocks: boolean): Promise<null> {
    const { store, now, hints } = this.house;
    // Before it is held: a crash in between asks again, and the same is known by its key.
    if (knocks && body.knock) await askToKnock(this.house, message);
    const again = message.expiresAt ?? now() + STALE_AFTER;
    await store.messages.settle(message.id, message.sendFence, { again, held: true });
    hints.give('conversation', message.conversation);
    return null;
  }

  private async settle(
    { message, body }: Pick<Opened, 'message' | 'body'>,
    account: string,
    channel: Channel,
    result: SendResult,
  ): Promise<number | null> {
    const { store, vault, now, hints, statuses } = this.house;
    if (result.result === 'sent') {
      const providerKey =
        result.providerId === undefined ? {} : { providerKey: vault.hash('message', account, result.providerId) };
      await store.messages.settle(message.id, message.sendFence, { state: 'sent', at: now(), ...providerKey });
      if (result.providerId !== undefined) await statuses.noted(account, result.providerId);
      hints.give('conversation', message.conversation);
      return null;
    }
    if (result.error.optOut && result !== GONE) await tellUnreachable(this.house, message.conversation);
    // The provider's clock decides; and who blocked us may come back: nothing that can wait is lost.
    if (result.error.code === 'window_closed' || (result.error.optOut && body.canWait))
      return this.hold({ message, body }, !result.error.optOut);
    const wait = this.waitOf(message, channel, result);
    if (result.error.tellStaff && result.error.slow === 'account') await this.tellTrouble(channel);
    if (wait !== null) {
      await store.messages.settle(message.id, message.sendFence, { again: now() + wait });
      return wait;
    }
    const state = result.result === 'ambiguous' ? 'ambiguous' : 'failed';
    await store.messages.settle(message.id, message.sendFence, { state, error: result.error.code, at: now() });
    if (result.error.tellStaff) await this.tellStaff(message);
    this.house.log('send.failed', { message: message.id, state, code: result.error.code });
    hints.give('conversation', message.conversation);
    return null;
  }

  /** Null: no further try. A provider's wish is kept exactly, and nothing is tried after its time. */
  private waitOf(message: Message, channel: Channel, result: Exclude<SendResult, { result: 'sent' }>): number | null {
    // Where statuses name our messages, one that stays away means that the provider has nothing: nobody hears it twice.
    const settled = channel.limits.reconcile !== undefined || message.attempts < MOST_AMBIGUOUS;
    if (!(result.result === 'error' ? result.error.retry : settled)) return null;
    const asked = result.result === 'error' ? result.retryAfter : undefined;
    // What became of an unclear send is told by its status, if the provider's statuses name it: that is waited for first.
    const least = result.result === 'ambiguous' ? (channel.limits.reconcile ?? 0) : 0;
    const wait = asked ?? Math.max(least, jitter(this.house.random(), message.attempts));
    return message.expiresAt !== null && this.house.now() + wait >= message.expiresAt ? null : wait;
  }

  private async tellStaff(message: Message): Promise<void> {
    const id = `send_failed.${message.id}`;
    const { conversation } = message;
    await this.house.store.notices.add({
      id,
      kind: 'send_failed',
      conversation,
      caseNumber: null,
      at: this.house.now(),
    });
    this.house.hints.give('notice', id);
  }

  private async tellTrouble(channel: Channel): Promise<void> {
    const at = this.house.now();
    const id = `channel_trouble.${channel.name}.${Math.floor(at / TELL_AGAIN)}`;
    const added = await this.house.store.notices.add({
      id,
      kind: 'channel_trouble',
      conversation: null,
      caseNumber: null,
      at,
    });
    if (added) this.house.hints.give('notice', id);
  }

  /** Null when nobody is behind the address any more. */
  private async open(message: Message, address: string): Promise<Opened | null> {
    const row = await this.house.store.addresses.get(address);
    if (!row) return null;
    const who = await this.house.records.who.open(address, address, row.sealed);
    return { message, body: await this.house.records.message.open(address, message.id, message.sealed), who };
  }
}

/** A claimed message with its words and whom they are for. */
interface Opened {
  message: Message;
  body: MessageBody;
  who: Who;
}

function outgoing({ message, body, who }: Opened, account: string): Outgoing {
  const file = body.files?.[0];
  return {
    id: message.id,
    conversation: message.conversation,
    account,
    user: who.user,
    reply: body.reply ?? who.reply,
    seq: message.seq,
    attempt: message.attempts,
    author: message.author === 'person' ? 'system' : message.author,
    text: body.text,
    options: body.options ?? [],
    ...(body.expects && { expects: body.expects }),
    ...(file && { file }),
    ...(body.template && { template: body.template }),
  };
}

/** The channel's reply window is over, or the person wants no messages. */
function mustWait(
  { limits }: Channel,
  { lastPersonAt }: Conversation,
  { message, body }: Opened,
  now: number,
): boolean {
  if (body.waits && (lastPersonAt ?? 0) <= message.at) return true;
  return body.template === undefined && isOver(limits, lastPersonAt, now);
}

function endOf(result: SendResult): Ended {
  const down = result.result === 'ambiguous' || (result.result === 'error' && DOWN.has(result.error.code));
  const pause = result.result === 'error' && result.error.slow === 'account' ? (result.retryAfter ?? 0) : 0;
  return { outcome: down ? 'down' : 'fine', pause };
}

/** Somewhere between nothing and the back-off of this try; `random` is 0 to 1. */
export function jitter(random: number, attempts: number): number {
  return Math.round(random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts, 20)));
}

const DOWN: ReadonlySet<SendError['code']> = new Set(['network', 'provider_down', 'auth']);
const BROKEN: SendError = { code: 'network', retry: true, slow: 'message', tellStaff: true, optOut: false };
const GONE: SendResult & { result: 'error' } = {
  result: 'error',
  error: { code: 'not_found', retry: false, slow: 'nothing', tellStaff: false, optOut: true },
};
const NO_WORDS: MessageBody = { v: 1, text: '' };
