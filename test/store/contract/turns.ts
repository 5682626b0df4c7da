// Turns: one holder at a time, all of a turn or nothing, nothing from a worker that lost the conversation.
import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract-suite.js';
import { bytes, caseOf, eventOf, hintOf, itemOf, messageOf, noticeOf, speak, submissionOf, turnOf } from '../rows.js';
import { fresh } from './opened.js';

export function aboutTurns(open: () => Promise<OpenStore>): void {
  describe('take and release', () => {
    const at = fresh(open);

    it('gives a conversation to one owner at a time, each time under a higher fence', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      const first = await at.store.turns.take('conversation-a', 'one', 10, 20);
      expect(first).toMatchObject({ fence: 1, conversation: { id: 'conversation-a', fence: 1, seq: 0, hold: 'none' } });
      expect(await at.store.turns.take('conversation-a', 'two', 19, 30)).toBeNull();
      expect((await at.store.turns.take('conversation-a', 'one', 15, 25))?.fence).toBe(2);
      expect(await at.store.turns.take('conversation-a', 'two', 24, 30)).toBeNull();
      expect((await at.store.turns.take('conversation-a', 'two', 25, 30))?.fence).toBe(3);
      await at.store.turns.release('conversation-a', 2);
      expect(await at.store.turns.take('conversation-a', 'one', 26, 40)).toBeNull();
      await at.store.turns.release('conversation-a', 3);
      expect((await at.store.turns.take('conversation-a', 'one', 26, 40))?.fence).toBe(4);
    });

    it('gives it to one of many that ask at once', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, n) => at.store.turns.take('conversation-a', `worker-${n}`, 10, 20)),
      );
      expect(all.filter((taken) => taken !== null)).toHaveLength(1);
    });

    it('knows no unknown conversation', async () => {
      expect(await at.store.turns.take('nowhere', 'one', 1, 2)).toBeNull();
      expect(await at.store.turns.conversation('nowhere')).toBeNull();
    });
  });

  describe('commit', () => {
    const at = fresh(open);

    it('writes all of a turn, and it is there after a restart', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await at.store.turns.take('conversation-a', 'w', 1, 2);
      const result = await at.store.turns.commit(
        turnOf('t1', 'conversation-a', 1, 'i1', {
          patch: {
            ...{
              session: bytes('session'),
              language: 'ar',
              flowSet: 'hash',
              flow: 'menu',
              step: 'kind',
              hold: 'waiting',
            },
            ...{ heldBy: 'staff-1', dueAt: 77, dueKind: 'silence', lastPersonAt: 1_000, addUnread: 2 },
          },
          messages: [
            messageOf('m1', { direction: 'in', author: 'person', state: 'received', at: 2_100, providerKey: 'p' }),
            messageOf('m2', { run: 'r', class: 'confidential', expiresAt: 9_000, at: 2_050 }),
          ],
          submissions: [submissionOf('1')],
          ratings: [
            { id: 'g1', service: 'aid', channel: 'website', month: '2026-11', score: 4, comment: bytes('good') },
          ],
          notices: [noticeOf('n1', { kind: 'handoff', conversation: 'conversation-a' })],
        }),
      );
      expect(result).toEqual({ result: 'committed', seq: 2 });
      await at.reopen();
      expect(await at.store.turns.conversation('conversation-a')).toEqual({
        ...{ id: 'conversation-a', address: 'address-a', channel: 'website', account: 'main', fence: 1, seq: 2 },
        ...{ session: bytes('session'), language: 'ar', flowSet: 'hash', flow: 'menu', step: 'kind', hold: 'waiting' },
        ...{ heldBy: 'staff-1', dueAt: 77, dueKind: 'silence', createdAt: 1_000, lastPersonAt: 1_000 },
        ...{ lastMessageAt: 2_100, unread: 2 },
      });
      expect(await at.store.turns.items('conversation-a', 5)).toEqual([]);
      expect(await at.store.messages.list('conversation-a', 0, 5)).toEqual([
        {
          ...messageOf('m1', { direction: 'in', author: 'person', state: 'received', at: 2_100, providerKey: 'p' }),
          ...{ conversation: 'conversation-a', seq: 1, attempts: 0, nextAttemptAt: null, sendFence: 0 },
          ...{ deliveredAt: null, readAt: null, error: null },
        },
        {
          ...messageOf('m2', { run: 'r', class: 'confidential', expiresAt: 9_000, at: 2_050 }),
          ...{ conversation: 'conversation-a', seq: 2, attempts: 0, nextAttemptAt: null, sendFence: 0 },
          ...{ deliveredAt: null, readAt: null, error: null },
        },
      ]);
      expect(await at.store.cases.submission('1')).toEqual({
        ...submissionOf('1'),
        ...{ conversation: 'conversation-a', address: 'address-a', handledAt: null },
      });
      expect(await at.store.ratings.summary()).toEqual([
        { service: 'aid', channel: 'website', month: '2026-11', count: 1, sum: 4 },
      ]);
      expect(await at.store.notices.list({ limit: 5 })).toMatchObject([{ id: 'n1', seenAt: null }]);
    });

    it('changes only what the patch names', async () => {
      await speak(at.store, 'a', 'i1', { patch: { language: 'ar', flow: 'menu', addUnread: 1, session: bytes('s') } });
      await speak(at.store, 'a', 'i2', { patch: { flow: null, addUnread: 1 } });
      expect(await at.store.turns.conversation('conversation-a')).toMatchObject({
        language: 'ar',
        flow: null,
        unread: 2,
        session: bytes('s'),
      });
      await at.store.turns.opened('conversation-a');
      expect(await at.store.turns.conversation('conversation-a')).toMatchObject({ unread: 0 });
    });

    it('numbers messages without a gap over many turns', async () => {
      for (let n = 1; n <= 5; n += 1)
        await speak(at.store, 'a', `i${n}`, { messages: [messageOf(`a${n}`), messageOf(`b${n}`)] });
      const messages = await at.store.messages.list('conversation-a', 0, 50);
      expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect((await at.store.messages.list('conversation-a', 4, 3)).map(({ id }) => id)).toEqual(['a3', 'b3', 'a4']);
    });

    it('refuses a worker that lost the conversation, and leaves nothing of its turn', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await at.store.turns.take('conversation-a', 'one', 10, 20);
      await at.store.turns.take('conversation-a', 'two', 20, 30);
      const late = turnOf('late', 'conversation-a', 1, 'i1', {
        patch: { flow: 'late' },
        messages: [messageOf('m-late')],
        submissions: [submissionOf('9')],
        notices: [noticeOf('n-late')],
      });
      expect(await at.store.turns.commit(late)).toEqual({ result: 'stale' });
      expect(await at.store.turns.commit({ ...late, conversation: 'nowhere' })).toEqual({ result: 'stale' });
      expect(await at.store.messages.get('m-late')).toBeNull();
      expect(await at.store.cases.submission('9')).toBeNull();
      expect(await at.store.notices.list({ limit: 5 })).toEqual([]);
      expect(await at.store.turns.conversation('conversation-a')).toMatchObject({ flow: null, seq: 0 });
      expect(await at.store.turns.items('conversation-a', 5)).toHaveLength(1);
    });

    it('in one tick, a stale turn does not drag the others with it', async () => {
      for (const person of ['a', 'b', 'c']) {
        await at.store.turns.accept(hintOf(person), itemOf(`i-${person}`));
        await at.store.turns.take(`conversation-${person}`, 'one', 10, 20);
      }
      await at.store.turns.take('conversation-b', 'two', 20, 30);
      const results = await Promise.all(
        ['a', 'b', 'c'].map((person) =>
          at.store.turns.commit(
            turnOf(`t-${person}`, `conversation-${person}`, 1, `i-${person}`, { messages: [messageOf(`m-${person}`)] }),
          ),
        ),
      );
      expect(results.map(({ result }) => result)).toEqual(['committed', 'stale', 'committed']);
      await at.reopen();
      expect(await at.store.messages.get('m-a')).not.toBeNull();
      expect(await at.store.messages.get('m-b')).toBeNull();
      expect(await at.store.messages.get('m-c')).not.toBeNull();
    });

    it('does a turn once: by its id, and by its item', async () => {
      const fence = await speak(at.store, 'a', 'i1', { messages: [messageOf('m1')] });
      const same = turnOf('turn-i1', 'conversation-a', fence, 'i1', { messages: [messageOf('m2')] });
      expect(await at.store.turns.commit(same)).toEqual({ result: 'duplicate' });
      expect(await at.store.turns.commit({ ...same, turn: 'other' })).toEqual({ result: 'duplicate' });
      expect(await at.store.turns.commit({ ...same, turn: 'other', item: 'unknown' })).toEqual({ result: 'duplicate' });
      await at.reopen();
      expect(await at.store.turns.commit(same)).toEqual({ result: 'duplicate' });
      expect(await at.store.messages.list('conversation-a', 0, 9)).toHaveLength(1);
    });

    it('consumes further items with it, but only those of the conversation that wait', async () => {
      for (const id of ['i1', 'i2', 'i3', 'i4']) await at.store.turns.accept(hintOf('a'), itemOf(id));
      await at.store.turns.accept(hintOf('b'), itemOf('b1'));
      await at.store.turns.take('conversation-a', 'w', 1, 2);
      await at.store.turns.quarantine('i4', 1, 'broken', noticeOf('n1'));
      const turn = turnOf('t', 'conversation-a', 1, 'i1', { along: ['i3', 'i4', 'b1', 'unknown'] });
      expect((await at.store.turns.commit(turn)).result).toBe('committed');
      await at.reopen();
      expect((await at.store.turns.items('conversation-a', 9)).map(({ id }) => id)).toEqual(['i2']);
      expect((await at.store.turns.quarantined(9)).map(({ id }) => id)).toEqual(['i4']);
      expect(await at.store.turns.items('conversation-b', 9)).toHaveLength(1);
    });

    it("consumes no other conversation's item", async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await at.store.turns.accept(hintOf('b'), itemOf('i2'));
      await at.store.turns.take('conversation-a', 'w', 1, 2);
      expect(await at.store.turns.commit(turnOf('t', 'conversation-a', 1, 'i2'))).toEqual({ result: 'duplicate' });
      expect(await at.store.turns.items('conversation-b', 5)).toHaveLength(1);
    });
  });

  describe('submissions', () => {
    const at = fresh(open);

    async function filing(item: string, submissions: ReturnType<typeof submissionOf>[]) {
      await at.store.turns.accept(hintOf('a'), itemOf(item));
      const taken = await at.store.turns.take('conversation-a', 'w', 1, 2);
      return at.store.turns.commit(
        turnOf(`t-${item}`, 'conversation-a', taken?.fence ?? 0, item, {
          submissions,
          messages: [messageOf(`m-${item}`)],
        }),
      );
    }

    it('asks for another number when one is taken, by a submission or by a case', async () => {
      expect((await filing('i1', [submissionOf('1')])).result).toBe('committed');
      expect((await filing('i2', [submissionOf('1', { run: 'other' })])).result).toBe('number_taken');
      expect(await at.store.turns.items('conversation-a', 5)).toHaveLength(1);
      expect(await at.store.messages.get('m-i2')).toBeNull();
      await at.store.cases.open(caseOf('2'), [eventOf(1)], [], noticeOf('n'));
      expect((await filing('i3', [submissionOf('2')])).result).toBe('number_taken');
      expect((await filing('i4', [submissionOf('5', { run: 'x' }), submissionOf('5', { run: 'y' })])).result).toBe(
        'number_taken',
      );
      expect(await at.store.cases.unhandled(9)).toHaveLength(1);
    });

    it('files a run once and keeps the first number', async () => {
      expect((await filing('i1', [submissionOf('1', { run: 'r' })])).result).toBe('committed');
      expect((await filing('i2', [submissionOf('2', { run: 'r' })])).result).toBe('committed');
      expect((await filing('i3', [submissionOf('1', { run: 'r' })])).result).toBe('committed');
      expect((await at.store.cases.submissionsOf('address-a')).map(({ number }) => number)).toEqual(['1']);
    });

    it('takes the same rating and notice once', async () => {
      const rating = { id: 'g', service: 'aid', channel: 'website', month: '2026-11', score: 5, comment: null };
      for (const id of ['i1', 'i2']) await speak(at.store, 'a', id, { ratings: [rating], notices: [noticeOf('n')] });
      expect(await at.store.ratings.summary()).toMatchObject([{ count: 1, sum: 5 }]);
      expect(await at.store.notices.list({ limit: 9 })).toHaveLength(1);
    });
  });

  describe('the live list', () => {
    const at = fresh(open);

    it('shows the newest message first, page by page, by hold', async () => {
      await at.store.turns.accept(hintOf('silent'), itemOf('i0'));
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1', { at: 100 })] });
      await speak(at.store, 'b', 'i2', { messages: [messageOf('m2', { at: 300 })], patch: { hold: 'waiting' } });
      await speak(at.store, 'c', 'i3', {
        messages: [messageOf('m3', { at: 200 })],
        patch: { hold: 'taken', heldBy: 's' },
      });
      const list = async (query: Parameters<typeof at.store.turns.conversations>[0]) =>
        (await at.store.turns.conversations(query)).map(({ id }) => id.replace('conversation-', ''));
      expect(await list({ limit: 9 })).toEqual(['b', 'c', 'a']);
      expect(await list({ limit: 2 })).toEqual(['b', 'c']);
      expect(await list({ limit: 2, before: 200 })).toEqual(['a']);
      expect(await list({ limit: 9, hold: 'taken' })).toEqual(['c']);
      expect(await list({ limit: 9, hold: 'none' })).toEqual(['a']);
      await speak(at.store, 'a', 'i4', { messages: [messageOf('m4', { at: 400 })] });
      expect(await list({ limit: 1 })).toEqual(['a']);
    });
  });
}
