// One person behind several addresses: made known by a one-time code, never guessed, undone at any time.
import { createHash } from 'node:crypto';
import type { Vault } from '../privacy/vault.js';
import type { Link, Member, Redeemed, Store } from '../store/contract.js';

/** Digits of a code; how long it can be used: shown in a chat it is typed at once, on a receipt of the desk somebody goes home first. */
export const CODE = {
  digits: 8,
  validMs: { address: 15 * 60_000, entry: 24 * 3_600_000 },
} as const;

/**
 * Bounds of a guesser's luck, per asking address and over all, and of making codes. Every try counts before it is looked at, so that fifty
 * at once are fifty. Beyond a bound even the right code finds nothing, with the same answer. With ten codes in use at once, all that the
 * bounds let through hits one in some seven hundred days.
 */
export const CODE_LIMITS = {
  asker: { most: 5, windowMs: 3_600_000 },
  all: { most: 100, windowMs: 600_000 },
  made: { most: 6, windowMs: 3_600_000 },
} as const;

export interface ContactsNeeds {
  store: Pick<Store, 'contacts' | 'counters'>;
  vault: Pick<Vault, 'hash'>;
  ids: { next(): string; code(): string };
  now: () => number;
}

export interface IssuedCode {
  /** Eight digits, to be shown as `groupCode` writes them; nobody can read it again. */
  code: string;
  expiresAt: number;
}

/** What a code that was typed is good for. `limit` says that this try was the first beyond the bound of all. */
export type Checked = { outcome: 'found'; member: Member } | { outcome: 'own' } | { outcome: 'none'; limit?: true };

export class Contacts {
  constructor(private readonly needs: ContactsNeeds) {}

  /** Makes a code for an address or a desk entry; the one before it ends. Null: too many were made within the hour. */
  async issue(member: Member): Promise<IssuedCode | null> {
    const { store, vault, ids, now } = this.needs;
    const at = now();
    const made = await store.counters.hit(vault.hash('code', 'made', member.id), CODE_LIMITS.made.windowMs, at);
    if (made > CODE_LIMITS.made.most) return null;
    const code = ids.code();
    const expiresAt = at + CODE.validMs[member.kind];
    await store.contacts.addCode({ id: ids.next(), codeKey: this.keyOf(code), member, at, expiresAt });
    return { code, expiresAt };
  }

  /** What the code would link with, without using it. Counts as a try of this address. */
  async check(code: string, address: string): Promise<Checked> {
    const { store, vault, now } = this.needs;
    const at = now();
    const tries = await store.counters.hit(vault.hash('code', 'asker', address), CODE_LIMITS.asker.windowMs, at);
    const all = vault.hash('code', 'all');
    const wrong = await store.counters.peek(all, at);
    // Looked up whatever the counters say: the answer costs the same.
    const found = await store.contacts.code(this.keyOf(code), at);
    if (found && tries <= CODE_LIMITS.asker.most && wrong < CODE_LIMITS.all.most)
      return found.member.id === address ? { outcome: 'own' } : { outcome: 'found', member: found.member };
    const failures = await store.counters.hit(all, CODE_LIMITS.all.windowMs, at);
    return { outcome: 'none', ...(failures === CODE_LIMITS.all.most && { limit: true as const }) };
  }

  /**
   * Uses the code, once, for the address that typed it. `cause` is what makes it happen (a turn): the same again gives the same answer.
   * Bounds are `check`'s, which comes first.
   */
  async redeem(code: string, address: string, cause: string): Promise<Redeemed> {
    const { store, ids, now } = this.needs;
    const id = transferId(cause);
    return store.contacts.redeem({ id, codeKey: this.keyOf(code), address, at: now(), contact: ids.next() });
  }

  /** The others that are the same person now, oldest link first. */
  async others(member: string): Promise<Link[]> {
    return (await this.needs.store.contacts.linked(member)).filter((link) => link.member.id !== member);
  }

  /** This member and all others of its contact: whose cases are one's own. */
  async members(member: string): Promise<string[]> {
    return [member, ...(await this.others(member)).map((link) => link.member.id)];
  }

  /** Whom the member was separated from; empty when there was nobody. `by`: `person`, or a staff id. */
  separate(member: string, by: string): Promise<Member[]> {
    return this.needs.store.contacts.separate(member, this.needs.now(), by);
  }

  private keyOf(code: string): string {
    return this.needs.vault.hash('code', code);
  }
}

/** Two groups of four, as people read eight digits to each other. */
export function groupCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** Ids of redemptions and transfers, from what caused them. */
function transferId(cause: string): string {
  return createHash('sha256').update(`redeem ${cause}`).digest('hex').slice(0, 32);
}
