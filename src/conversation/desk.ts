// The desk: all that staff can do with conversations and cases, audited.
import type { FileRef, Language } from '../engine/types.js';
import type { Notice } from '../store/contract.js';
import { DeskAudit } from './desk-audit.js';
import { DeskCases } from './desk-cases.js';
import { DESK } from './desk-channel.js';
import { DeskConversations } from './desk-conversations.js';
import { DeskForms } from './desk-forms.js';
import { DeskLinks } from './desk-links.js';
import { DeskRegisters } from './desk-registers.js';
import { DeskRetention } from './desk-retention.js';
import {
  DeskError,
  type CaseDetail,
  type CaseLine,
  type CaseQuery,
  type ConversationCard,
  type ConversationDetail,
  type ConversationQuery,
  type DeskContract,
  type DeskCounts,
  type DeskHint,
  type RatingLine,
  type Staff,
  type StaffFile,
  type StatusChange,
  type TranscriptLine,
} from './desk-types.js';
import { templateOffers } from './desk-templates.js';
import { page } from './desk-words.js';
import { erase } from './erase.js';
import { windowEnd } from './expiry.js';
import type { House } from './house.js';
import type { EntryCode, FileRefused } from './register-types.js';

/** Most rows that a count looks at; beyond it the number is simply "many". */
const MOST_COUNTED = 500;

export class Desk implements DeskContract {
  private readonly audit: DeskAudit;
  readonly #conversations: DeskConversations;
  readonly #cases: DeskCases;
  readonly #links: DeskLinks;
  readonly #retention: DeskRetention;
  readonly registers: DeskRegisters;
  readonly forms: DeskForms;

  constructor(private readonly house: House) {
    this.audit = new DeskAudit(house);
    this.#conversations = new DeskConversations(house, this.audit);
    this.#links = new DeskLinks(house, this.audit);
    this.#cases = new DeskCases(house, this.audit, this.#links);
    this.#retention = new DeskRetention(house, this.audit);
    this.registers = new DeskRegisters(house, this.audit, this.#cases);
    this.forms = new DeskForms(house, this.audit);
  }

  conversations(query: ConversationQuery): Promise<ConversationCard[]> {
    return this.#conversations.list(query);
  }

  async conversation(id: string, staff: Staff): Promise<ConversationDetail> {
    const row = await this.#conversations.row(id);
    await this.audit.read(staff, 'conversation.read', id);
    const replyUntil = windowEnd(this.house.channels.get(row.channel)?.limits, row.lastPersonAt);
    const card = await this.#conversations.card(row);
    const record = await this.house.records.sessionOf(row);
    return {
      ...card,
      retained: await this.#retention.of(row),
      replyUntil,
      templates: await templateOffers(this.house, row, card.name),
      rest: record?.session.rest ?? null,
      cases: await this.#cases.linesOf(await this.house.contacts.members(row.address)),
      linked: await this.#links.of(row),
    };
  }

  transcript(id: string, staff: Staff, after = 0, limit = 200): Promise<TranscriptLine[]> {
    return this.#conversations.transcript(id, staff, after, limit);
  }

  take(id: string, staff: Staff): Promise<void> {
    return this.#conversations.take(id, staff);
  }

  reply(id: string, staff: Staff, text: string, clientId: string, file?: string): Promise<void> {
    return this.#conversations.reply(id, staff, text, clientId, file);
  }

  keepFile(id: string, staff: Staff, name: string, bytes: Buffer): Promise<FileRef | FileRefused> {
    return this.#conversations.keepFile(id, staff, name, bytes);
  }

  sendTemplate(
    id: string,
    staff: Staff,
    template: string,
    parameters: readonly string[],
    clientId: string,
  ): Promise<void> {
    return this.#conversations.sendTemplate(id, staff, template, parameters, clientId);
  }

  handBack(id: string, staff: Staff): Promise<void> {
    return this.#conversations.handBack(id, staff);
  }

  cases(query: CaseQuery, staff: Staff): Promise<CaseLine[]> {
    return this.#cases.list(query, staff);
  }

  case(number: string, staff: Staff): Promise<CaseDetail> {
    return this.#cases.read(number, staff);
  }

  changeStatus(number: string, staff: Staff, change: StatusChange): Promise<CaseDetail> {
    return this.#cases.changeStatus(number, staff, change);
  }

  addNote(number: string, staff: Staff, text: string): Promise<CaseDetail> {
    return this.#cases.addNote(number, staff, text);
  }

  assign(number: string, staff: Staff, assignee: string | null): Promise<CaseDetail> {
    return this.#cases.assign(number, staff, assignee);
  }

  messagePerson(number: string, staff: Staff, text: string, clientId: string): Promise<CaseDetail> {
    return this.#cases.messagePerson(number, staff, text, clientId);
  }

  async file(id: string, staff: Staff): Promise<StaffFile> {
    await this.audit.read(staff, 'file.read', id);
    const file = await this.house.files.read(id);
    if (!file) throw new DeskError('not_found');
    return file;
  }

  notices({ unseen = false, limit = 50 }: { unseen?: boolean; limit?: number } = {}): Promise<Notice[]> {
    return this.house.store.notices.list({ unseen, limit: page(limit) });
  }

  async seen(noticeId: string, staff: Staff): Promise<void> {
    await this.house.store.notices.seen(noticeId, this.house.now());
    await this.audit.wrote(staff, 'notice.seen', noticeId);
    this.house.hints.give('notice', noticeId);
  }

  async counts(): Promise<DeskCounts> {
    const { turns, cases, notices } = this.house.store;
    const [byStatus, waiting, taken, unseen] = await Promise.all([
      cases.counts(),
      turns.conversations({ hold: 'waiting', without: DESK, limit: MOST_COUNTED }),
      turns.conversations({ hold: 'taken', without: DESK, limit: MOST_COUNTED }),
      notices.list({ unseen: true, limit: MOST_COUNTED }),
    ]);
    return { cases: byStatus, waiting: waiting.length, taken: taken.length, unseenNotices: unseen.length };
  }

  async ratings(staff: Staff): Promise<RatingLine[]> {
    await this.audit.read(staff, 'ratings.read', 'all');
    return this.house.store.ratings.summary();
  }

  async linkCode(id: string, staff: Staff, language: Language): Promise<EntryCode> {
    return this.#links.code(await this.#conversations.row(id), staff, language);
  }

  async separate(id: string, staff: Staff): Promise<void> {
    await this.#links.separate(await this.#conversations.row(id), staff);
  }

  async retain(id: string, staff: Staff, reason: string): Promise<void> {
    await this.#retention.put(await this.#conversations.row(id), staff, reason);
  }

  async release(id: string, staff: Staff): Promise<void> {
    await this.#retention.lift(await this.#conversations.row(id), staff);
  }

  async erase(id: string, staff: Staff, also: readonly string[] = []): Promise<{ cases: number; files: number }> {
    if (staff.role !== 'administrator') throw new DeskError('not_allowed');
    const row = await this.#conversations.row(id);
    const erased = { cases: 0, files: 0 };
    const chosen = [...(await this.#links.chosen(row, also)), row];
    // All or none: whoever is kept for a reason is not left half erased.
    for (const one of chosen) if (await this.#retention.of(one)) throw new DeskError('retained');
    for (const one of chosen) {
      await this.audit.wrote(staff, 'person.erased', one.id);
      const { cases, files } = await erase(this.house, one);
      erased.cases += cases;
      erased.files += files;
    }
    return erased;
  }

  onChange(listener: (hint: DeskHint) => void): () => void {
    return this.house.hints.watch(({ kind, id }) => {
      if (kind !== 'arrived' && kind !== 'sending' && kind !== 'erased') listener({ about: kind, id });
    });
  }
}
