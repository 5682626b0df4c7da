// Ids of people who sent a file before their first message: the address that is made later owns the file already.

export interface Home {
  address: string;
  conversation: string;
}

/** Most people remembered at once; whoever is forgotten sends the file again. */
const MOST = 10_000;

export class Reserved {
  private readonly homes = new Map<string, Home>();

  constructor(private readonly newId: () => string) {}

  /** The ids that the address with this key will have. */
  reserve(addressKey: string): Home {
    const home = this.of(addressKey);
    this.homes.set(addressKey, home);
    if (this.homes.size > MOST) this.homes.delete(this.homes.keys().next().value ?? addressKey);
    return home;
  }

  /** Reserved ids, or new ones. */
  of(addressKey: string): Home {
    return this.homes.get(addressKey) ?? { address: this.newId(), conversation: this.newId() };
  }

  /** The address stands now. */
  settled(addressKey: string): void {
    this.homes.delete(addressKey);
  }
}
