// Writes down who of the staff read or did what.
import type { House } from './house.js';
import type { Staff } from './desk-types.js';

export type DeskAct =
  | 'conversation.read'
  | 'transcript.read'
  | 'conversation.taken'
  | 'conversation.answered'
  | 'conversation.handed_back'
  | 'case.read'
  | 'case.searched'
  | 'case.status_changed'
  | 'case.noted'
  | 'case.assigned'
  | 'case.message_sent'
  | 'file.read'
  | 'notice.seen'
  | 'ratings.read'
  | 'link.ended'
  | 'link.code_made'
  | 'person.erased'
  | 'person.retained'
  | 'person.released'
  | 'register.read'
  | 'entry.read'
  | 'entry.added'
  | 'entry.moved'
  | 'entry.file_added'
  | 'entry.code_made'
  | 'entry.linked'
  | 'entry.erased'
  | 'form.begun'
  | 'form.answered'
  | 'form.corrected'
  | 'questions.read'
  | 'question.taught'
  | 'question.dropped'
  | 'lesson.ended'
  | 'model.trained'
  | 'model.promoted'
  | 'model.withdrawn'
  | 'articles.read'
  | 'article.written'
  | 'article.taken_back';

/** A console that refreshes itself reads the same thing all day: one entry says so for this long. */
const SAME_READ = 10 * 60_000;
const MOST_REMEMBERED = 10_000;

export class DeskAudit {
  private readonly reads = new Map<string, number>();

  constructor(private readonly house: Pick<House, 'store' | 'now'>) {}

  /** Durable before the data are shown. */
  async read(staff: Staff, act: DeskAct, subject: string): Promise<void> {
    const key = `${staff.id} ${act} ${subject}`;
    const last = this.reads.get(key);
    if (last !== undefined && this.house.now() - last < SAME_READ) return;
    await this.wrote(staff, act, subject);
    this.reads.delete(key);
    this.reads.set(key, this.house.now());
    if (this.reads.size > MOST_REMEMBERED) this.reads.delete(this.reads.keys().next().value ?? key);
  }

  async wrote(staff: Staff, act: DeskAct, subject: string): Promise<void> {
    await this.house.store.staff.audit({ at: this.house.now(), staff: staff.id, act, subject });
  }
}
