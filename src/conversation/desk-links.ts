// Linked conversations of one person as staff see and undo them, and the conversations that one request came through.
import type { Conversation } from '../store/contract.js';
import type { DeskAudit } from './desk-audit.js';
import { DeskError, type Passage, type LinkedLine, type Staff } from './desk-types.js';
import { ring, type House } from './house.js';
import type { Language } from '../engine/types.js';
import { groupCode } from '../contacts/contacts.js';
import { elsewhere, tellSeparated } from './links.js';
import type { EntryCode } from './register-types.js';

export class DeskLinks {
  constructor(
    private readonly house: House,
    private readonly audit: DeskAudit,
  ) {}

  /** The other conversations of this person, oldest link first; what staff took down at the desk is told apart. */
  async of(row: Conversation): Promise<LinkedLine[]> {
    const links = await this.house.contacts.others(row.address);
    return Promise.all(
      links.map(async ({ member, from }) => {
        const id = await this.house.store.addresses.homeOf(member.id);
        const other = id === null ? null : await this.house.store.turns.conversation(id);
        return { conversation: other?.id ?? null, channel: other?.channel ?? null, since: from };
      }),
    );
  }

  /** A code for a person who cannot ask for one where they were: staff say it to them, and they write it on another channel of ours. */
  async code(row: Conversation, staff: Staff, language: Language): Promise<EntryCode> {
    if (!(await this.house.store.addresses.get(row.address))) throw new DeskError('not_found');
    await this.audit.wrote(staff, 'link.code_made', row.id);
    const issued = await this.house.contacts.issue({ kind: 'address', id: row.address });
    if (!issued) throw new DeskError('conflict');
    const places = await elsewhere(this.house, row.channel, language);
    return { code: groupCode(issued.code), expiresAt: issued.expiresAt, places };
  }

  /** Undoes the link of this conversation with all others; each of them, and this one, hears of it. */
  async separate(row: Conversation, staff: Staff): Promise<void> {
    const others = (await this.house.contacts.others(row.address)).map(({ member }) => member);
    if (others.length === 0) return;
    await this.audit.wrote(staff, 'link.ended', row.id);
    const cause = this.house.ids.next();
    await tellSeparated(this.house, row.channel, others, cause);
    const [first] = await this.of(row);
    await tellSeparated(this.house, first?.channel ?? '', [{ kind: 'address', id: row.address }], cause);
    await this.house.contacts.separate(row.address, staff.id);
    await ring(this.house, 'conversation', row.id);
  }

  /** Those of `also` that are linked with this conversation now; any other is refused. */
  async chosen(row: Conversation, also: readonly string[]): Promise<Conversation[]> {
    const linked = new Set((await this.of(row)).map(({ conversation }) => conversation));
    if (also.some((id) => !linked.has(id))) throw new DeskError('invalid');
    const rows = await Promise.all(also.map((id) => this.house.store.turns.conversation(id)));
    return rows.flatMap((one) => one ?? []);
  }

  /** The conversations that a run came through, in order; the last is where it was filed. */
  async passages(run: string, filedIn: string): Promise<Passage[]> {
    const moves = await this.house.store.contacts.movesOf(run);
    const ids = [...new Set([...moves.flatMap(({ from, to }) => [from, to]), filedIn])];
    const rows = await Promise.all(ids.map((id) => this.house.store.turns.conversation(id)));
    return rows.flatMap((row) => (row ? [{ conversation: row.id, channel: row.channel }] : []));
  }
}
