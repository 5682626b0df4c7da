// A duty to keep a person's data: while it stands with its reason, nobody erases them.
import type { Conversation } from '../store/contract.js';
import type { DeskAudit } from './desk-audit.js';
import { DeskError, type Retained, type Staff } from './desk-types.js';
import { checkedWords } from './desk-words.js';
import type { House } from './house.js';

export class DeskRetention {
  constructor(
    private readonly house: House,
    private readonly audit: DeskAudit,
  ) {}

  async of({ address }: Pick<Conversation, 'address'>): Promise<Retained | null> {
    const row = await this.house.store.retentions.get(address);
    if (!row) return null;
    const { reason } = await this.house.records.retention.open(address, address, row.sealed);
    return { by: row.by, at: row.at, reason };
  }

  async put({ id, address }: Conversation, staff: Staff, reason: string): Promise<void> {
    if (staff.role !== 'administrator') throw new DeskError('not_allowed');
    const words = checkedWords(reason);
    if (!(await this.house.store.addresses.get(address))) throw new DeskError('not_found');
    await this.audit.wrote(staff, 'person.retained', id);
    const sealed = await this.house.records.retention.seal(address, address, { v: 1, reason: words });
    await this.house.store.retentions.put({ address, by: staff.id, at: this.house.now(), sealed });
    this.house.hints.give('conversation', id);
  }

  async lift({ id, address }: Conversation, staff: Staff): Promise<void> {
    if (staff.role !== 'administrator') throw new DeskError('not_allowed');
    await this.audit.wrote(staff, 'person.released', id);
    await this.house.store.retentions.lift(address);
    this.house.hints.give('conversation', id);
  }
}
