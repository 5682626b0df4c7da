// Sends of a channel that is bound to a session run on the process that holds it.
import { describe, expect, it } from 'vitest';
import type { ChannelSession } from '../../channels/channel.js';
import { started } from './harness.js';

interface Held extends ChannelSession {
  here: boolean;
  begin: () => void;
}

function session(): Held {
  const listeners: (() => void)[] = [];
  const held: Held = {
    here: false,
    state: () => Promise.resolve(null),
    holds: () => held.here,
    onHeld: (listener) => void listeners.push(listener),
    begin: () => {
      held.here = true;
      for (const listener of listeners) listener();
    },
  };
  return held;
}

describe('a channel whose sends are bound to a session', () => {
  it('sends nothing from a process that does not hold it, and all of it in order from the one that does', async () => {
    const held = session();
    const h = await started({ session: held });
    await h.tell('p', 'السلام عليكم');
    for (let rounds = 0; rounds < 5; rounds++) {
      h.clock.pass(1_000);
      await h.settle();
    }
    expect(h.channel.sent).toEqual([]);
    const [row] = await h.store.turns.conversations({ limit: 1 });
    const queued = (await h.store.messages.list(row!.id, 0, 50)).filter(({ direction }) => direction === 'out');
    expect(queued.length).toBeGreaterThan(0);
    // No try was counted, and nobody else was kept from it.
    expect(queued.every(({ state, attempts }) => state === 'queued' && attempts === 0)).toBe(true);
    held.begin();
    h.clock.pass(1_000);
    await h.settle();
    expect(h.channel.sent.map(({ id }) => id)).toEqual(queued.map(({ id }) => id));
  });

  it('is heard of from the moment that the session is held, once however often it is taken', async () => {
    const held = session();
    const { queue } = await started({ session: held });
    const deliveries = () => queue.heard.filter((one) => one.startsWith('delivery'));
    expect(deliveries()).toEqual(['delivery desk']);
    held.begin();
    held.begin();
    expect(deliveries()).toEqual(['delivery desk', 'delivery fake']);
  });
});
