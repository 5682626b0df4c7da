// What stands behind the page of a one-time upload link: which question it is for, and the files into the mailbox.
import type { FileRef, Language, PersonInput, Text } from '../engine/types.js';
import type { Conversation, UploadTicket } from '../store/contract.js';
import { ring, type House } from './house.js';

/** `moved`: the question it was given for waits no more. The last three are one to a stranger, three to the person who reads the page. */
export type UploadPlace =
  | { state: 'open'; language: Language; question: Text; until: number }
  | { state: 'unknown' | 'used' | 'expired' | 'moved'; language: Language | null };

/** `refused`: nothing was taken, keys under `edge.` say why, and the link can be used again. */
export type Uploaded =
  | { state: 'taken'; language: Language; kept: number; refused: Refused[] }
  | { state: 'refused'; language: Language; question: Text; until: number; refused: Refused[] }
  | Exclude<UploadPlace, { state: 'open' }>;

type Refused = NonNullable<PersonInput['refused']>[number];

interface SentFile {
  name: string;
  bytes: Buffer;
}

export class Uploads {
  constructor(private readonly house: House) {}

  /** Looks only: whoever previews a link uses nothing up. */
  async look(token: string): Promise<UploadPlace> {
    const ticket = await this.house.store.uploads.get(this.keyOf(token));
    const row = ticket && (await this.house.store.turns.conversation(ticket.conversation));
    return ticket && row ? this.place(ticket, row) : { state: 'unknown', language: null };
  }

  /** Uses the link with the files that can be taken. Rejects with a StoreError when there is no room. */
  async take(token: string, files: readonly SentFile[]): Promise<Uploaded> {
    const place = await this.look(token);
    if (place.state !== 'open') return place;
    const tokenKey = this.keyOf(token);
    const ticket = await this.house.store.uploads.get(tokenKey);
    const row = ticket && (await this.house.store.turns.conversation(ticket.conversation));
    if (!row) return { state: 'unknown', language: null };
    const { kept, refused } = await this.keep(row.address, files);
    if (kept.length === 0) return { ...place, state: 'refused', refused };
    if (await this.hand(tokenKey, row, kept, refused))
      return { state: 'taken', language: place.language, kept: kept.length, refused };
    // Somebody was faster with the same link.
    for (const { id } of kept) await this.house.files.remove(id);
    return { state: 'used', language: place.language };
  }

  /** Counts a hit of a network; true while within `most` per window. */
  async within(what: string, network: string, most: number, windowMs: number): Promise<boolean> {
    const key = this.house.vault.hash('within', 'upload', what, network);
    return (await this.house.store.counters.hit(key, windowMs, this.house.now())) <= most;
  }

  now(): number {
    return this.house.now();
  }

  private async place(ticket: UploadTicket, row: Conversation): Promise<UploadPlace> {
    const { house } = this;
    const language = row.language ?? house.texts.languages[0] ?? 'ar';
    if (ticket.usedAt !== null) return { state: 'used', language };
    if (ticket.expiresAt <= house.now()) return { state: 'expired', language };
    const record = await house.records.sessionOf(row);
    const frame = record?.session.stack.at(-1);
    if (!record || frame?.run !== ticket.run || frame.step !== ticket.step) return { state: 'moved', language };
    const { prepared } = await house.flows.of(record.session);
    const question = prepared.flows.get(frame.flow)?.questions.get(frame.step);
    return { state: 'open', language, question: question?.short ?? {}, until: ticket.expiresAt };
  }

  private async keep(address: string, files: readonly SentFile[]): Promise<{ kept: FileRef[]; refused: Refused[] }> {
    const kept: FileRef[] = [];
    const refused: Refused[] = [];
    for (const { name, bytes } of files) {
      const file = await this.house.files.keep(address, name, bytes);
      if ('refused' in file) refused.push({ key: file.refused, ...(file.values && { values: file.values }) });
      else kept.push(file);
    }
    return { kept, refused };
  }

  /** As if the person had sent them in the channel; false when the link was used meanwhile. */
  private async hand(tokenKey: string, row: Conversation, kept: FileRef[], refused: Refused[]): Promise<boolean> {
    const { store, records, ids, now } = this.house;
    const id = ids.next();
    const input: PersonInput = { kind: 'message', files: kept, ...(refused.length > 0 && { refused }) };
    const messageId = `upload.${tokenKey}`;
    const sealed = await records.item.seal('', id, { v: 1, kind: 'message', messageId, input, via: 'link' });
    const item = { id, kind: 'message' as const, dedupeKey: messageId, sealed, at: now() };
    if (!(await store.uploads.use(tokenKey, now(), item))) return false;
    await ring(this.house, 'conversation', row.id);
    return true;
  }

  private keyOf(token: string): string {
    return this.house.vault.hash('upload', token);
  }
}
