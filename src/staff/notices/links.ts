// Which member of staff is behind a user of a channel: proven by a code that the console shows once and the person shows to the bot.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Counters, StaffRow, StaffStore } from '../../store/contract.js';

export interface LinkDeps {
  store: {
    staff: Pick<StaffStore, 'byId' | 'link' | 'linked' | 'linksOf' | 'unlink' | 'audit'>;
    counters: Pick<Counters, 'hit'>;
  };
  /** 32 bytes that only this installation has. */
  key: Buffer;
  /** Keyed hash of `privacy`. */
  hash: (value: string) => string;
  now: () => number;
}

/** As long as a person needs to pick up the other phone. */
const VALID_FOR = 10 * 60_000;
const MAC = 16;
const ID = 16;
const TIME = 6;
const PREFIX = 'staff-';

/** A code is the account, the end of its time and a signature over both: nothing is stored, and one use spends it. */
export class StaffLinks {
  constructor(private readonly deps: LinkDeps) {}

  /** 57 of `A-Z a-z 0-9 _ -`: what Telegram carries behind `?start=`. */
  make(staff: string): { code: string; until: number } {
    const until = this.deps.now() + VALID_FOR;
    const body = Buffer.alloc(ID + TIME);
    Buffer.from(staff.replaceAll('-', ''), 'hex').copy(body);
    body.writeUIntBE(until, ID, TIME);
    return { code: PREFIX + Buffer.concat([body, this.mac(body)]).toString('base64url'), until };
  }

  /** The account that is linked now; null for a code that is wrong, late, used, or of an account that is closed. */
  async use(code: string, channel: string, user: string): Promise<StaffRow | null> {
    const staff = this.read(code);
    if (staff === null || (await this.deps.store.counters.hit(this.spent(code), 2 * VALID_FOR, this.deps.now())) > 1)
      return null;
    const row = await this.active(staff);
    if (!row) return null;
    const at = this.deps.now();
    await this.deps.store.staff.audit({ at, staff, act: 'linked', subject: staff });
    await this.deps.store.staff.link({ key: this.keyOf(channel, user), staff, channel, at });
    return row;
  }

  /** Who a user of a channel is; null for strangers and closed accounts. */
  async whoIs(channel: string, user: string): Promise<StaffRow | null> {
    const link = await this.deps.store.staff.linked(this.keyOf(channel, user));
    return link && this.active(link.staff);
  }

  /** Since when an account is linked on a channel. */
  async since(staff: string, channel: string): Promise<number | null> {
    const links = await this.deps.store.staff.linksOf(staff);
    return links.findLast((one) => one.channel === channel)?.at ?? null;
  }

  remove(staff: string, channel: string): Promise<void> {
    return this.deps.store.staff.unlink(staff, channel);
  }

  private read(code: string): string | null {
    const bytes = code.startsWith(PREFIX) ? Buffer.from(code.slice(PREFIX.length), 'base64url') : Buffer.alloc(0);
    if (bytes.length !== ID + TIME + MAC) return null;
    const body = bytes.subarray(0, ID + TIME);
    if (!timingSafeEqual(bytes.subarray(ID + TIME), this.mac(body))) return null;
    if (body.readUIntBE(ID, TIME) < this.deps.now()) return null;
    return body.toString('hex', 0, ID).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private async active(staff: string): Promise<StaffRow | null> {
    const row = await this.deps.store.staff.byId(staff);
    return row?.disabledAt === null ? row : null;
  }

  private mac(body: Buffer): Buffer {
    return createHmac('sha256', this.deps.key).update(body).digest().subarray(0, MAC);
  }

  /** Spent by what it says, however it is written: base64 has more than one way to. */
  private spent(code: string): string {
    return this.deps.hash(`link ${Buffer.from(code.slice(PREFIX.length), 'base64url').toString('hex')}`);
  }

  private keyOf(channel: string, user: string): string {
    return this.deps.hash(`linked ${channel} ${user}`);
  }
}
