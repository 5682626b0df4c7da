// The ids of people of whom something is kept before their first message: whichever process takes that in finds the same ids.
import type { Leases } from '../store/contract.js';

export interface Home {
  address: string;
  conversation: string;
}

/** Milliseconds. A first message follows its file at once; whoever is forgotten sends the file again. */
const KEPT = 10 * 60_000;

export interface ReservedNeeds {
  leases: Pick<Leases, 'hold' | 'holder' | 'release'>;
  newId: () => string;
  /** UTC milliseconds. */
  now: () => number;
}

export class Reserved {
  constructor(private readonly needs: ReservedNeeds) {}

  /** The ids that the address with this key will have: those that were reserved, or new ones that are reserved now. */
  async home(addressKey: string): Promise<Home> {
    const { leases, newId, now } = this.needs;
    const mine = { address: newId(), conversation: newId() };
    if (await leases.hold(lease(addressKey), `${mine.address}/${mine.conversation}`, now(), now() + KEPT)) return mine;
    const [address, conversation] = (await leases.holder(lease(addressKey), now()))?.split('/') ?? [];
    // Its time ended between the two looks: these are as good as any.
    return address !== undefined && conversation !== undefined ? { address, conversation } : mine;
  }

  /** The address stands now. */
  async settled(addressKey: string, { address, conversation }: Home): Promise<void> {
    await this.needs.leases.release(lease(addressKey), `${address}/${conversation}`);
  }
}

/** A lease is what processes already agree by; its holder is the pair of ids. */
function lease(addressKey: string): string {
  return `home:${addressKey}`;
}
