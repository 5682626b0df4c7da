// Sends what turns have said: in order, one at a time per conversation, at least once, until it expires.
import type { Channel, Outgoing, SendError, SendResult } from '../../channels/channel.js';
import type { Message } from '../store/contract.js';
import { Circuit } from './circuit.js';
import { ring, type House } from './house.js';
import { codeOf } from './log.js';

/** Full-jitter back-off: somewhere between nothing and this, doubled with each try. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 5 * 60_000;
/** A claim that is older belongs to a process that is gone. */
export const STALE_AFTER = 60_000;
/** Tries of a send whose outcome the provider never told, before it rests as `ambiguous`: more would repeat words to the person. */
const MOST_AMBIGUOUS = 3;
/** How long to wait for a channel that is switched off. */
const CHANNEL_OFF_WAIT = 60_000;

export class Sender {
  private readonly circuit = new Circuit();
  private stopping = false;

  constructor(private readonly house: House) {}

  /** Handles the delivery bell of a conversation: sends until nothing is left that may go now. */
  async handle(conversation: string): Promise<void> {
    while (!this.stopping) {
      const row = await this.house.store.turns.conversation(conversation);
      if (!row) return;
      const channel = this.house.channels.get(row.channel);
      const wait = channel ? this.circuit.wait(row.account, this.house.now()) : CHANNEL_OFF_WAIT;
      if (!channel || wait > 0) return ring(this.house, 'delivery', conversation, wait);
      const message = await this.house.store.messages.claim(
        conversation,
        this.house.now(),
        this.house.now() - STALE_AFTER,
      );
      if (!message) return;
      const later = await this.send(message, channel, row.account, row.address);
      if (later !== null) return ring(this.house, 'delivery', conversation, later);
    }
  }

  stop(): void {
    this.stopping = true;
  }

  /** Milliseconds until the same message may be tried again; null when it is settled. */
  private async send(message: Message, channel: Channel, account: string, address: string): Promise<number | null> {
    const outgoing = await this.outgoing(message, account, address);
    if (!outgoing) return this.settle(message, account, { result: 'error', error: GONE });
    this.circuit.began(account);
    const result = await this.attempt(channel, outgoing);
    this.endCircuit(account, result);
    return this.settle(message, account, result);
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

  private endCircuit(account: string, result: SendResult): void {
    const down = result.result === 'ambiguous' || (result.result === 'error' && DOWN.has(result.error.code));
    const pause = result.result === 'error' && result.error.slow === 'account' ? (result.retryAfter ?? 0) : 0;
    this.circuit.ended(account, down ? 'down' : 'fine', this.house.now(), pause);
  }

  private async settle(message: Message, account: string, result: SendResult): Promise<number | null> {
    const { store, vault, now, hints } = this.house;
    if (result.result === 'sent') {
      const providerKey =
        result.providerId === undefined ? {} : { providerKey: vault.hash('message', account, result.providerId) };
      await store.messages.settle(message.id, message.sendFence, { state: 'sent', at: now(), ...providerKey });
      hints.give('conversation', message.conversation);
      return null;
    }
    const wait = this.waitOf(message, result);
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
  private waitOf(message: Message, result: Exclude<SendResult, { result: 'sent' }>): number | null {
    const again = result.result === 'error' ? result.error.retry : message.attempts < MOST_AMBIGUOUS;
    if (!again) return null;
    const asked = result.result === 'error' ? result.retryAfter : undefined;
    const wait = asked ?? jitter(this.house.random(), message.attempts);
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
  private async outgoing(message: Message, account: string, address: string): Promise<Outgoing | null> {
    const row = await this.house.store.addresses.get(address);
    if (!row) return null;
    const who = await this.house.records.who.open(address, address, row.sealed);
    const body = await this.house.records.message.open(address, message.id, message.sealed);
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
    };
  }
}

/** Somewhere between nothing and the back-off of this try; `random` is 0 to 1. */
export function jitter(random: number, attempts: number): number {
  return Math.round(random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts, 20)));
}

const DOWN: ReadonlySet<SendError['code']> = new Set(['network', 'provider_down', 'auth']);
const BROKEN: SendError = { code: 'network', retry: true, slow: 'message', tellStaff: true, optOut: false };
const GONE: SendError = { code: 'not_found', retry: false, slow: 'nothing', tellStaff: false, optOut: true };
