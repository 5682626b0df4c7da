// Requests begun, gone on with, moved about and left, by one person on three conversations, in any order: each stays one, with its answers.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { harness, type Harness } from './harness.js';

const PLACES = ['phone', 'chat', 'web'] as const;
type Place = (typeof PLACES)[number];
const CODE = /رمز المتابعة: \u2068?(\d{4} \d{4})/;
const ANSWERS: Readonly<Record<string, string>> = {
  consent: 'أوافق',
  kind: 'عملية',
  for_whom: 'لي',
  applicant_name: 'فاطمة أحمد العتيبي',
  applicant_id: '1098765439',
  applicant_birth: 'تخطي',
};

type Act =
  { do: 'begin' | 'answer' | 'leave' | 'resume' | 'separate'; at: Place } | { do: 'move'; at: Place; to: Place };

const place = fc.constantFrom(...PLACES);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: place.map((at): Act => ({ do: 'begin', at })) },
  { weight: 6, arbitrary: place.map((at): Act => ({ do: 'answer', at })) },
  { weight: 1, arbitrary: place.map((at): Act => ({ do: 'leave', at })) },
  { weight: 2, arbitrary: place.map((at): Act => ({ do: 'resume', at })) },
  { weight: 1, arbitrary: place.map((at): Act => ({ do: 'separate', at })) },
  { weight: 4, arbitrary: fc.tuple(place, place).map(([at, to]): Act => ({ do: 'move', at, to })) },
);

async function look(h: Harness, user: Place) {
  const key = h.sila.house.vault.hash('address', 'main', user);
  const home = await h.store.addresses.conversationOf('main', key);
  const row = home && (await h.store.turns.conversation(home.conversation));
  const record = row && (await h.sila.house.records.sessionOf(row));
  const session = record?.session;
  const stacks = session ? [...(session.parked ?? []), session.stack] : [];
  const requests = stacks.filter(([bottom]) => bottom?.flow === 'aid-request');
  return { step: row?.flow === 'aid-request' ? row.step : null, requests };
}

/** Every request that anybody has, by its run: where, and with how many answers. */
async function requestsOf(h: Harness): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (const user of PLACES)
    for (const stack of (await look(h, user)).requests) {
      const [bottom] = stack;
      // Begun without an answer it is nothing to keep yet.
      if (!bottom || Object.keys(bottom.answers).length === 0) continue;
      found.set(bottom.run, [...(found.get(bottom.run) ?? []), Object.keys(bottom.answers).length]);
    }
  return found;
}

async function perform(h: Harness, one: Act): Promise<void> {
  // Nobody is over the pace, and no code is asked for too often.
  h.clock.pass(15 * 60_000 + 1);
  const say = (user: Place, words: string) => h.tell(user, words);
  switch (one.do) {
    case 'begin':
      await say(one.at, 'القائمة');
      await say(one.at, 'طلب مساعدة');
      // A draft of it is offered first: that one is gone on with.
      await say(one.at, 'نعم نكمله');
      return;
    case 'answer': {
      const { step } = await look(h, one.at);
      const words = step === null ? undefined : ANSWERS[step];
      if (words !== undefined) await say(one.at, words);
      return;
    }
    case 'leave':
      await say(one.at, 'القائمة');
      return;
    case 'resume':
      await say(one.at, 'القائمة');
      await say(one.at, 'إكمال طلبي');
      return;
    case 'separate':
      await say(one.at, 'افصل القنوات');
      await say(one.at, 'نعم');
      return;
    case 'move':
      return move(h, one.at, one.to);
  }
}

async function move(h: Harness, at: Place, to: Place): Promise<void> {
  await h.tell(at, 'القائمة');
  const code = CODE.exec((await h.tell(at, 'أكمل على قناة أخرى')).join('\n'))?.[1];
  if (code === undefined) return;
  await h.tell(to, 'القائمة');
  await h.tell(to, code);
  await h.tell(to, 'نعم');
}

it('loses no request and doubles none', { timeout: 600_000 }, async () => {
  const seen = { moved: 0, requests: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 24 }), async (acts) => {
      const h = await harness();
      try {
        for (const user of PLACES) await h.tell(user, 'السلام عليكم');
        let before = new Map<string, number[]>();
        for (const one of acts) {
          await perform(h, one);
          const now = await requestsOf(h);
          const after = `${one.do} after ${acts.map(({ do: what }) => what).join(' ')}`;
          for (const [run, counts] of now) expect(counts, `${run} ${after}`).toHaveLength(1);
          for (const [run, [answers = 0] = []] of before)
            expect(now.get(run)?.[0] ?? 0, `${run} ${after}`).toBeGreaterThanOrEqual(answers);
          seen.moved += one.do === 'move' ? 1 : 0;
          before = now;
        }
        seen.requests += before.size;
        expect(await h.store.contacts.underWay(9)).toEqual([]);
        expect(await h.store.turns.quarantined(9)).toEqual([]);
        expect(h.queue.errors).toEqual([]);
      } finally {
        await h.stop();
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
  expect(seen.moved).toBeGreaterThan(10);
  expect(seen.requests).toBeGreaterThan(5);
});
