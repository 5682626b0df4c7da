/** The order of what waits in several processes, without a server: which of them give signs of life the test decides. */
import type { Order, Waiting } from '../../src/queue/contract.js';
import { goesBefore, OwnOrder } from '../../src/queue/own-order.js';

export class SharedOrders {
  private readonly waiting = new Map<string, { one: Waiting; by: Member }>();
  private readonly living = new Set<Member>();
  /** No server answers: each process knows its own order only. */
  away = false;

  /** That of a process that begins. */
  open(): Order {
    const member = new Member(this);
    this.living.add(member);
    return member;
  }

  /** So long no sign of life came from it that nobody waits for it any more. */
  lapse(order: Order): void {
    for (const member of this.living) if (member === order) this.living.delete(member);
  }

  wait(one: Waiting, by: Member): void {
    if (!this.away) this.waiting.set(one.id, { one, by });
  }

  leave(id: string): void {
    if (!this.away) this.waiting.delete(id);
  }

  first(of: string): Waiting | null {
    if (this.away) return null;
    const all = [...this.waiting.values()].filter(({ one, by }) => one.of === of && this.living.has(by));
    const [first] = all.map(({ one }) => one).sort((a, b) => (goesBefore(a, b) ? -1 : 1));
    return first ?? null;
  }
}

class Member implements Order {
  private readonly own = new OwnOrder();

  constructor(private readonly all: SharedOrders) {}

  async wait(one: Waiting): Promise<void> {
    await this.own.wait(one);
    this.all.wait(one, this);
  }

  first(of: string): Promise<string | null> {
    const [own, shared] = [this.own.head(of), this.all.first(of)];
    return Promise.resolve((own && shared && goesBefore(shared, own) ? shared : (own ?? shared))?.id ?? null);
  }

  async leave(of: string, id: string): Promise<void> {
    await this.own.leave(of, id);
    this.all.leave(id);
  }
}
