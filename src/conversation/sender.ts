// Sends what turns have said: in order, one at a time per conversation, at least once, until it expires.
import type { Channel, Outgoing, SendError, SendResult } from '../../channels/channel.js';
import type { Conversation, Message } from '../store/contract.js';
import type { Piece } from '../observe/traces.js';
import { tellTrouble } from './channel-trouble.js';
import { ring, type House } from './house.js';
import { isOver } from './expiry.js';
import { askToKnock } from './knock.js';
import { codeOf } from './log.js';
import { noteSent } from './note-sent.js';
import { Outlets, type Ended } from './outlets.js';
import type { MessageBody, Traced, Who } from './records.js';
import { tellUnreachable } from './unreachable.js';

/** Full-jitter back-off: somewhere between nothing and this, doubled with each try. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 5 * 60_000;
/** A claim that is older belongs to a process that is gone. */
export const STALE_AFTER = 60_000;
/** Tries of a send whose outcome the provider never told, before it rests as `ambiguous`: more would repeat words to the person. */
const MOST_AMBIGUOUS = 3;
/** How many rows are looked at for another message to send; beyond them the sweeper looks. */
const LOOK_AHEAD = 20;
/** How soon a message of a session that another process holds is offered again, until that one takes it. */
const ELSEWHERE = 1_000;

export class Sender {
  private readonly outlets: Outlets;
  /** The channel of each account that was sent over. */
  private readonly accounts = new Map<string, string>();
  private readonly forget: () => void;
  private stopping = false;

  constructor(private readonly house: House) {
    this.outlets = new Outlets((conversation, delay) => void ring(house, 'delivery', conversation, delay));
    this.forget = house.hints.watch(({ kind, id }) => {
      if (kind === 'sending') this.heardOf(id);
    });
  }

  /**
   * Handles the delivery bell of a conversation: sends until nothing is left that may go now. Where the channel keeps a rate, one
   * message a bell: the lane's rate counts bells, over all processes.
   */
  async handle(conversation: string): Promise<void> {
    while (!this.stopping) {
      const row = await this.house.store.turns.conversation(conversation);
      const channel = row && this.house.channels.get(row.channel);
      if (!channel) return;
      if (channel.session?.holds() === false) return ring(this.house, 'delivery', conversation, ELSEWHERE);
      this.accounts.set(row.account, row.channel);
      const entry = this.outlets.enter(row.account, conversation, channel.limits.rate, this.house.now());
      if (entry === 'called') return;
      if (entry !== 'go') return ring(this.house, 'delivery', conversation, entry);
      const next = await this.sendNext(row, channel);
      if (next === 'nothing') return;
      if (next.wait !== null) return ring(this.house, 'delivery', conversation, next.wait);
      if (channel.limits.rate) return this.ringForMore(conversation, next.seq);
    }
  }

  stop(): void {
    this.stopping = true;
    this.forget();
  }

  /** Whether an account of that channel failed so often that it is tried with one send at a time. */
  rests(channel: string): boolean {
    return this.outlets.resting().some((account) => this.accounts.get(account) === channel);
  }

  /** `wait`: milliseconds until the same message may be tried again; null when it is settled. */
  private async sendNext(
    row: Conversation,
    channel: Channel,
  ): Promise<{ seq: number; wait: number | null } | 'nothing'> {
    const { store, hints, now } = this.house;
    let ended: Ended | undefined;
    try {
      const message = await store.messages.claim(row.id, now(), now() - STALE_AFTER);
      if (!message) return 'nothing';
      const opened = await this.open(message, row.address);
      const { seq } = message;
      if (!opened) return { seq, wait: await this.settle({ message, body: NO_WORDS }, row, channel, GONE) };
      const wait = await this.house.traces.span('send', spanOf(opened, channel), async () => {
        if (mustWait(channel, row, opened, now())) return this.hold(channel, opened, !opened.body.waits);
        this.outlets.sending(row.account, row.id, channel.limits.rate, now());
        if (channel.limits.rate) hints.tell('sending', `${row.id} ${channel.name}`);
        const result = await this.attempt(channel, outgoing(opened, row.account));
        ended = endOf(result);
        return this.settle(opened, row, channel, result);
      });
      return { seq, wait };
    } finally {
      const rests = this.outlets.leave(row.account, channel.limits.rate, now(), ended);
      if (rests) await this.tellOfRest(channel);
    }
  }

  /** `<conversation> <channel>` of what another process sends. */
  private heardOf(told: string): void {
    const [conversation = '', name = ''] = told.split(' ');
    const rate = this.house.channels.get(name)?.limits.rate;
    if (rate) this.outlets.sendingElsewhere(conversation, rate, this.house.now());
  }

  private async ringForMore(conversation: string, after: number): Promise<void> {
    const later = await this.house.store.messages.list(conversation, after, LOOK_AHEAD);
    if (later.some(({ state }) => state === 'queued')) await ring(this.house, 'delivery', conversation);
  }

  private async tellOfRest(channel: Channel): Promise<void> {
    this.house.meter.count('sila_channel_rests_total', { channel: channel.name });
    await tellTrouble(this.house, channel.name).catch(() => this.house.log('notice.lost', { channel: channel.name }));
  }

  /** A channel that throws broke its contract: nobody knows whether the provider has the message. */
  private async attempt(channel: Channel, outgoing: Outgoing): Promise<SendResult> {
    try {
      return await this.house.meter.timed('sila_send_seconds', { channel: channel.name }, () => channel.send(outgoing));
    } catch (error) {
      this.house.log('send.threw', { message: outgoing.id, channel: channel.name, reason: codeOf(error) });
      return { result: 'ambiguous', error: BROKEN };
    }
  }

  /** Waits for the person: what may not wait so long has expired by now. */
  private async hold(channel: Channel, { message, body }: Settled, knocks: boolean): Promise<null> {
    const { store, now, hints, meter } = this.house;
    meter.count('sila_sends_total', { channel: channel.name, outcome: 'held' });
    // Before it is held: a crash in between asks again, and the same is known by its key.
    if (knocks && body.knock) await askToKnock(this.house, message);
    const again = message.expiresAt ?? now() + STALE_AFTER;
    await store.messages.settle(message.id, message.sendFence, { again, held: true });
    hints.give('conversation', message.conversation);
    return null;
  }

  private async settle(
    { message, body }: Settled,
    row: Conversation,
    channel: Channel,
    result: SendResult,
  ): Promise<number | null> {
    const { store, now, hints, meter } = this.house;
    if (result.result === 'sent') return this.settleSent(message, row, channel, result.providerId);
    if (result.error.optOut && result !== GONE) await tellUnreachable(this.house, message.conversation);
    // The provider's clock decides; and who blocked us may come back: nothing that can wait is lost.
    if (result.error.code === 'window_closed' || (result.error.optOut && body.canWait))
      return this.hold(channel, { message, body }, !result.error.optOut);
    const wait = this.waitOf(message, channel, result);
    if (result.error.tellStaff && result.error.slow === 'account') await tellTrouble(this.house, channel.name);
    const code = { channel: channel.name, code: result.error.code };
    if (wait !== null) {
      await store.messages.settle(message.id, message.sendFence, { again: now() + wait });
      meter.count('sila_sends_total', { channel: channel.name, outcome: 'again' });
      meter.count('sila_send_retries_total', code);
      return wait;
    }
    const state = result.result === 'ambiguous' ? 'ambiguous' : 'failed';
    meter.count('sila_sends_total', { channel: channel.name, outcome: state });
    meter.count('sila_send_failures_total', code);
    await store.messages.settle(message.id, message.sendFence, { state, error: result.error.code, at: now() });
    if (result.error.tellStaff) await this.tellStaff(message);
    this.house.log('send.failed', { message: message.id, state, code: result.error.code });
    hints.give('conversation', message.conversation);
    return null;
  }

  private async settleSent(
    message: Message,
    { account, lastPersonAt }: Conversation,
    { name: channel }: Channel,
    providerId: string | undefined,
  ): Promise<null> {
    const { store, vault, now, hints, statuses, meter } = this.house;
    const key = providerId === undefined ? {} : { providerKey: vault.hash('message', account, providerId) };
    const sent = { state: 'sent' as const, at: now(), ...key };
    const write = () => store.messages.settle(message.id, message.sendFence, sent);
    await noteSent(this.house, message.id, write, () => this.stopping);
    meter.count('sila_sends_total', { channel, outcome: 'sent' });
    // What waited for the person could go from their next message on.
    meter.time('sila_send_lag_seconds', { channel }, now() - Math.max(message.at, lastPersonAt ?? 0));
    if (providerId !== undefined) await statuses.noted(account, providerId);
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
  body: MessageBody & Traced;
  who: Who;
}
type Settled = Pick<Opened, 'message' | 'body'>;

function spanOf({ message, body }: Opened, { name }: Channel): Piece {
  const { id, conversation, attempts } = message;
  const facts = {
    'sila.conversation': conversation,
    'sila.message': id,
    'sila.channel': name,
    'sila.attempt': attempts,
  };
  return { kind: 'client', from: body.trace, facts };
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
