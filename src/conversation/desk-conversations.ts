// Conversations as staff see and steer them.
import type { FileRef, Input } from '../engine/types.js';
import type { Conversation, Message } from '../store/contract.js';
import type { DeskAudit } from './desk-audit.js';
import { DESK } from './desk-channel.js';
import {
  DeskError,
  type ConversationCard,
  type ConversationQuery,
  type Staff,
  type TranscriptLine,
} from './desk-types.js';
import { filledByStaff } from './desk-templates.js';
import { checkedWords, page } from './desk-words.js';
import { ring, type House } from './house.js';
import type { MessageBody } from './records.js';
import type { FileRefused } from './register-types.js';

type StaffInput = Extract<Input, { kind: 'staff' }>;

export class DeskConversations {
  constructor(
    private readonly house: House,
    private readonly audit: DeskAudit,
  ) {}

  /** Without the forms of the desk: nobody waits in them. */
  async list(query: ConversationQuery): Promise<ConversationCard[]> {
    const rows = await this.house.store.turns.conversations({ ...query, without: DESK, limit: page(query.limit) });
    return Promise.all(rows.map((row) => this.card(row)));
  }

  async row(id: string): Promise<Conversation> {
    const row = await this.house.store.turns.conversation(id);
    if (!row) throw new DeskError('not_found');
    return row;
  }

  async card(row: Conversation): Promise<ConversationCard> {
    const { id, channel, language, hold, heldBy, flow, step, unread, createdAt, lastPersonAt, lastMessageAt, seq } =
      row;
    const name = await this.nameOf(row);
    return {
      id,
      channel,
      name,
      language,
      hold,
      heldBy,
      flow,
      step,
      unread,
      createdAt,
      lastPersonAt,
      lastMessageAt,
      seq,
    };
  }

  async transcript(id: string, staff: Staff, after: number, limit: number): Promise<TranscriptLine[]> {
    const row = await this.row(id);
    await this.audit.read(staff, 'transcript.read', id);
    const messages = await this.house.store.messages.list(id, after, page(limit));
    if (row.unread > 0) {
      await this.house.store.turns.opened(id);
      this.house.hints.give('conversation', id);
    }
    return Promise.all(messages.map((message) => this.line(message, row.address)));
  }

  async take(id: string, staff: Staff): Promise<void> {
    const row = await this.row(id);
    if (row.hold === 'taken' && row.heldBy === staff.id) return;
    await this.refuse(row, staff);
    await this.audit.wrote(staff, 'conversation.taken', id);
    await this.put(id, this.house.ids.next(), { kind: 'staff', act: 'take', by: staff.id, name: staff.name });
  }

  async reply(id: string, staff: Staff, text: string, clientId: string, file?: string): Promise<void> {
    const row = await this.row(id);
    const sent = file === undefined ? undefined : await this.ownFile(row, file);
    const words = sent && text.trim() === '' ? '' : checkedWords(text);
    await this.refuse(row, staff);
    await this.audit.wrote(staff, 'conversation.answered', id);
    const input = { kind: 'staff', act: 'reply', by: staff.id, name: staff.name, text: words } as const;
    await this.put(id, clientId, { ...input, ...(sent && { file: sent }) });
  }

  /** It belongs to the person, as what they send: they may read it, and it goes with them when they are erased. */
  async keepFile(id: string, staff: Staff, name: string, bytes: Buffer): Promise<FileRef | FileRefused> {
    const row = await this.row(id);
    await this.refuse(row, staff);
    return this.house.files.keep(row.address, name, bytes);
  }

  private async ownFile({ address }: Conversation, id: string): Promise<FileRef> {
    const kept = await this.house.store.files.get(id);
    const file = kept?.owner === address ? await this.house.files.read(id) : null;
    if (!file) throw new DeskError('invalid');
    return file.ref;
  }

  async sendTemplate(
    id: string,
    staff: Staff,
    template: string,
    parameters: readonly string[],
    clientId: string,
  ): Promise<void> {
    const row = await this.row(id);
    const filled = filledByStaff(this.house, row, template, parameters);
    await this.refuse(row, staff);
    await this.audit.wrote(staff, 'conversation.answered', id);
    const input = { kind: 'staff', act: 'reply', by: staff.id, name: staff.name, text: filled.text } as const;
    await this.put(id, clientId, { ...input, template: filled });
  }

  async handBack(id: string, staff: Staff): Promise<void> {
    const row = await this.row(id);
    if (row.hold === 'none') return;
    await this.audit.wrote(staff, 'conversation.handed_back', id);
    await this.put(id, this.house.ids.next(), { kind: 'staff', act: 'hand_back', by: staff.id, name: staff.name });
  }

  /** A conversation that somebody else holds, or whose person was erased: words to nobody must not look as if they went. */
  private async refuse(row: Conversation, staff: Staff): Promise<void> {
    // A form of the desk: the person reads nothing there.
    if (row.channel === DESK) throw new DeskError('invalid');
    if (row.hold === 'taken' && row.heldBy !== staff.id) throw new DeskError('conflict');
    if (!(await this.house.store.addresses.get(row.address))) throw new DeskError('not_found');
  }

  /** Into the mailbox like everything that touches a conversation; the same client id twice is one item. */
  private async put(conversation: string, clientId: string, input: StaffInput): Promise<void> {
    const { store, records, vault, ids, now } = this.house;
    const id = ids.next();
    const sealed = await records.item.seal('', id, { v: 1, kind: 'within', input });
    const dedupeKey = vault.hash('staff', conversation, clientId);
    await store.turns.put(conversation, { id, kind: 'staff', dedupeKey, sealed, at: now() });
    await ring(this.house, 'conversation', conversation);
  }

  /** As the channel last gave it. */
  private async nameOf(row: Conversation): Promise<string | null> {
    const record = await this.house.records.sessionOf(row);
    if (record?.name !== undefined) return record.name;
    const address = await this.house.store.addresses.get(row.address);
    if (!address) return null;
    const who = await this.house.records.who.open(address.id, address.id, address.sealed);
    return who.name ?? (await this.applicantOf(address.id));
  }

  /** The name on the person's newest request: what staff know a nameless visitor by. */
  private async applicantOf(address: string): Promise<string | null> {
    const [newest] = await this.house.store.cases.of(address);
    if (!newest) return null;
    const { name } = await this.house.records.summary.open(newest.number, newest.number, newest.sealed);
    return name === '' ? null : name;
  }

  /** One that the charity does not have any more is called by its id. */
  private templateOf(id: string): NonNullable<TranscriptLine['template']> {
    const { approved, texts } = this.house;
    const title = Object.hasOwn(approved, id) ? approved[id]?.title : undefined;
    return { id, title: title ?? Object.fromEntries(texts.languages.map((language) => [language, id])) };
  }

  private async line(message: Message, address: string): Promise<TranscriptLine> {
    const { id, seq, author, at, state, error } = message;
    const confidential = message.class === 'confidential';
    const erased = message.sealed.length === 0;
    const body = confidential || erased ? NOTHING : await this.house.records.message.open(address, id, message.sealed);
    return {
      id,
      seq,
      author,
      at,
      state,
      error,
      confidential,
      text: body.text,
      options: body.options ?? [],
      chosen: body.chosen ?? null,
      files: body.files ?? [],
      location: body.location ?? null,
      media: body.media ?? null,
      by: body.by ?? null,
      template: body.template ? this.templateOf(body.template.id) : null,
    };
  }
}

const NOTHING: MessageBody = { v: 1, text: '' };
