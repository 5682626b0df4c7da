// The channel in front of a whole Sila: duplicates, restarts, and twenty messages in a row that none may be missing of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChannelContract } from './contract-types.js';
import { openWhole, type Whole } from './whole.js';

export function silaTests(contract: ChannelContract, runs: number): void {
  describe('over a whole Sila', () => {
    it('takes the same webhook once: twice, fifty at once, and after a restart', async () => {
      const whole = await opened(contract);
      const { provider } = whole;
      const user = provider.user(1);
      const bodies = provider.bodies([provider.say(user, 'السلام عليكم')]);
      const deliver = () => Promise.all(bodies.map((body) => whole.post(body)));
      await deliver();
      await deliver();
      const answers = await Promise.all(Array.from({ length: 50 }, deliver));
      expect(answers.flat().every(({ status }) => status === 200)).toBe(true);
      await whole.settle();
      const before = (await provider.shown(user)).length;
      expect(before).toBeGreaterThan(0);
      expect(await whole.written(user)).toEqual(['السلام عليكم']);
      await whole.restart();
      await deliver();
      await whole.settle();
      expect(await whole.written(user)).toEqual(['السلام عليكم']);
      expect(await provider.shown(user)).toHaveLength(before);
    });

    it('makes one conversation of ten first messages at once', async () => {
      const whole = await opened(contract);
      const { provider } = whole;
      const user = provider.user(1);
      const events = Array.from({ length: 10 }, (_, n) => provider.say(user, `رسالة ${n}`));
      await Promise.all(events.map((event) => whole.post(provider.bodies([event])[0]!)));
      await whole.settle();
      expect((await whole.store.turns.conversations({ limit: 9 })).length).toBe(1);
      expect(await whole.written(user)).toHaveLength(10);
    });

    it(
      `keeps twenty numbered messages, sent fast, whole and in order, ${runs} times`,
      { timeout: 30_000 + runs * 1_000 },
      async () => {
        const whole = await opened(contract);
        const numbers = Array.from({ length: 20 }, (_, n) => `الرسالة رقم ${n + 1}`);
        for (let run = 0; run < runs; run += 25) {
          const people = Array.from({ length: Math.min(25, runs - run) }, (_, n) => whole.provider.user(run + n + 1));
          await Promise.all(people.map((user) => sayAll(whole, user, numbers)));
          await whole.settle();
          for (const user of people) expect(await whole.written(user)).toEqual(numbers);
        }
        expect((await whole.store.turns.conversations({ limit: 100_000 })).length).toBe(runs);
        expect(await whole.store.turns.quarantined(9)).toEqual([]);
      },
    );
  });
}

/** Without waiting for one to be answered before the next goes out. */
async function sayAll({ provider, post }: Whole, user: string, texts: readonly string[]): Promise<void> {
  const bodies = texts.flatMap((text) => provider.bodies([provider.say(user, text)]));
  const answers = await Promise.all(bodies.map((body) => post(body)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
}

async function opened(contract: ChannelContract): Promise<Whole> {
  const whole = await openWhole(contract);
  onTestFinished(whole.stop);
  return whole;
}
