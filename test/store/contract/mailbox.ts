// The mailbox: accepted once, kept in order, put aside and put back, timers that become items.
import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract-suite.js';
import { bytes, hintOf, itemOf, noticeOf, speak, turnOf } from '../rows.js';
import { fresh } from './opened.js';

const DAY = 24 * 60 * 60 * 1000;

export function aboutMailbox(open: () => Promise<OpenStore>): void {
  describe('accept', () => {
    const at = fresh(open);

    it('makes address and conversation at the first item, and finds them at the next', async () => {
      const first = await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      expect(first).toEqual({ conversation: 'conversation-a', address: 'address-a', item: 'i1', duplicate: false });
      const other = hintOf('a', { addressId: 'unused', conversationId: 'unused' });
      const second = await at.store.turns.accept(other, itemOf('i2'));
      expect(second).toEqual({ conversation: 'conversation-a', address: 'address-a', item: 'i2', duplicate: false });
      expect(await at.store.addresses.get('address-a')).toEqual({
        id: 'address-a',
        channel: 'website',
        account: 'main',
        sealed: bytes('who a'),
        createdAt: 1_000,
      });
      expect(await at.store.addresses.get('unused')).toBeNull();
      expect(await at.store.addresses.conversationOf('main', 'key-a')).toEqual({
        address: 'address-a',
        conversation: 'conversation-a',
      });
      expect(await at.store.addresses.conversationOf('other', 'key-a')).toBeNull();
    });

    it('takes a repeated item once, also when all come at once and after a restart', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          at.store.turns.accept(hintOf('a'), itemOf(`i${n}`, { dedupeKey: 'same' })),
        ),
      );
      const [kept] = results.filter((result) => !result.duplicate);
      expect(results.filter((result) => result.duplicate)).toHaveLength(19);
      expect(new Set(results.map((result) => result.item))).toEqual(new Set([kept?.item]));
      await at.reopen();
      const again = await at.store.turns.accept(hintOf('a'), itemOf('late', { dedupeKey: 'same' }));
      expect(again).toEqual({ ...kept, duplicate: true });
      expect(await at.store.turns.items('conversation-a', 10)).toHaveLength(1);
    });

    it('makes one conversation when a new person sends many things at once', async () => {
      await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          at.store.turns.accept(hintOf('a', { addressId: `a${n}`, conversationId: `c${n}` }), itemOf(`i${n}`)),
        ),
      );
      expect(await at.store.stats()).toMatchObject({ conversations: 1, mailbox: 10 });
    });

    it('tells the same id in two accounts apart', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1', { dedupeKey: 'same' }));
      const other = hintOf('a', { account: 'second', addressId: 'a2', conversationId: 'c2' });
      const result = await at.store.turns.accept(other, itemOf('i2', { dedupeKey: 'same' }));
      expect(result).toEqual({ conversation: 'c2', address: 'a2', item: 'i2', duplicate: false });
    });

    it('still knows a consumed item, for eight days', async () => {
      await speak(at.store, 'a', 'i1');
      expect((await at.store.turns.accept(hintOf('a'), itemOf('x', { dedupeKey: 'dedupe-i1' }))).duplicate).toBe(true);
      await at.store.tidy(1_000 + 8 * DAY);
      expect((await at.store.turns.accept(hintOf('a'), itemOf('y', { dedupeKey: 'dedupe-i1' }))).duplicate).toBe(true);
      await at.store.tidy(1_001 + 8 * DAY);
      expect((await at.store.turns.accept(hintOf('a'), itemOf('z', { dedupeKey: 'dedupe-i1' }))).duplicate).toBe(false);
    });
  });

  describe('put and items', () => {
    const at = fresh(open);

    it('keeps items of all kinds in order of arrival', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1', { at: 9_000 }));
      await at.store.turns.put('conversation-a', itemOf('i2', { kind: 'staff', at: 1 }));
      await at.store.turns.accept(hintOf('b'), itemOf('other'));
      await at.store.turns.put('conversation-a', itemOf('i3', { kind: 'case' }));
      await at.reopen();
      const items = await at.store.turns.items('conversation-a', 10);
      expect(items.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['i1 message', 'i2 staff', 'i3 case']);
      expect(items[0]).toEqual({
        ...itemOf('i1', { at: 9_000 }),
        conversation: 'conversation-a',
        arrival: items[0]?.arrival,
      });
      expect(items.map(({ arrival }) => arrival)).toEqual(items.map(({ arrival }) => arrival).sort((a, b) => a - b));
      expect(await at.store.turns.items('conversation-a', 2)).toHaveLength(2);
    });

    it('knows a repeated one', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      const result = await at.store.turns.put('conversation-a', itemOf('again', { dedupeKey: 'dedupe-i1' }));
      expect(result).toEqual({ conversation: 'conversation-a', address: 'address-a', item: 'i1', duplicate: true });
    });

    it('rejects for an unknown conversation', async () => {
      await expect(at.store.turns.put('nowhere', itemOf('i1'))).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('quarantine', () => {
    const at = fresh(open);

    it('puts one item aside while its neighbours go on, and back at its place', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await at.store.turns.put('conversation-a', itemOf('i2'));
      const taken = await at.store.turns.take('conversation-a', 'w', 1, 2);
      const notice = noticeOf('n1', { kind: 'quarantined', conversation: 'conversation-a' });
      await at.store.turns.quarantine('i1', taken?.fence ?? 0, 'broke three times', notice);
      expect((await at.store.turns.items('conversation-a', 5)).map(({ id }) => id)).toEqual(['i2']);
      const [aside] = await at.store.turns.quarantined(5);
      expect(aside).toMatchObject({ id: 'i1', reason: 'broke three times', conversation: 'conversation-a' });
      expect(await at.store.notices.list({ limit: 5 })).toEqual([{ ...notice, seenAt: null }]);
      expect((await at.store.turns.commit(turnOf('t', 'conversation-a', 1, 'i1'))).result).toBe('duplicate');
      await at.store.turns.retry('i1');
      expect((await at.store.turns.items('conversation-a', 5)).map(({ id }) => id)).toEqual(['i1', 'i2']);
      expect(await at.store.turns.quarantined(5)).toEqual([]);
    });

    it('is refused to a worker that lost the conversation', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await at.store.turns.take('conversation-a', 'w', 1, 2);
      await at.store.turns.quarantine('i1', 0, 'stale', noticeOf('n1'));
      expect(await at.store.turns.quarantined(5)).toEqual([]);
      expect(await at.store.notices.list({ limit: 5 })).toEqual([]);
    });

    it('counts tries across restarts, and from the start after a retry', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      expect(await at.store.turns.failed('i1')).toBe(1);
      await at.reopen();
      expect(await at.store.turns.failed('i1')).toBe(2);
      await at.store.turns.retry('i1');
      expect(await at.store.turns.failed('i1')).toBe(1);
      expect(await at.store.turns.failed('unknown')).toBe(0);
    });

    it('takes a counted try back, never below none', async () => {
      await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await at.store.turns.failed('i1');
      await at.store.turns.failed('i1');
      await at.store.turns.excuse('i1');
      await at.reopen();
      expect(await at.store.turns.failed('i1')).toBe(2);
      for (let n = 0; n < 5; n += 1) await at.store.turns.excuse('i1');
      await at.store.turns.excuse('unknown');
      expect(await at.store.turns.failed('i1')).toBe(1);
    });
  });

  describe('waiting', () => {
    const at = fresh(open);

    it('names conversations with items that nobody works on, oldest item first', async () => {
      await at.store.turns.accept(hintOf('b'), itemOf('i1'));
      await at.store.turns.accept(hintOf('a'), itemOf('i2'));
      await at.store.turns.accept(hintOf('b'), itemOf('i3'));
      expect(await at.store.turns.waiting(10, 5)).toEqual(['conversation-b', 'conversation-a']);
      expect(await at.store.turns.waiting(10, 1)).toEqual(['conversation-b']);
      const taken = await at.store.turns.take('conversation-b', 'w', 10, 20);
      expect(await at.store.turns.waiting(19, 5)).toEqual(['conversation-a']);
      expect(await at.store.turns.waiting(20, 5)).toEqual(['conversation-b', 'conversation-a']);
      await at.store.turns.release('conversation-b', taken?.fence ?? 0);
      expect(await at.store.turns.waiting(10, 5)).toEqual(['conversation-b', 'conversation-a']);
    });

    it('leaves out what is consumed or put aside', async () => {
      await speak(at.store, 'a', 'i1');
      await at.store.turns.accept(hintOf('b'), itemOf('i2'));
      await at.store.turns.take('conversation-b', 'w', 1, 2);
      await at.store.turns.quarantine('i2', 1, 'x', noticeOf('n'));
      expect(await at.store.turns.waiting(99_000, 5)).toEqual([]);
    });
  });

  describe('takeDue', () => {
    const at = fresh(open);
    const timer = (id: string, dueAt: number | null) => itemOf(`timer-${id}-${dueAt}`, { kind: 'timer' });

    it('turns each due timer into one item, earliest first, once', async () => {
      await speak(at.store, 'a', 'i1', { patch: { dueAt: 500, dueKind: 'silence' } });
      await speak(at.store, 'b', 'i2', { patch: { dueAt: 400, dueKind: 'handoff' } });
      await speak(at.store, 'c', 'i3', { patch: { dueAt: 501, dueKind: 'silence' } });
      const seen: (string | null)[] = [];
      const take = () =>
        at.store.turns.takeDue(500, 10, (c) => {
          seen.push(c.dueKind);
          return timer(c.id, c.dueAt);
        });
      const [first, second] = await Promise.all([take(), take()]);
      expect([...first, ...second]).toEqual(['conversation-b', 'conversation-a']);
      expect(seen).toEqual(['handoff', 'silence']);
      expect(await at.store.turns.items('conversation-a', 5)).toMatchObject([
        { id: 'timer-conversation-a-500', kind: 'timer' },
      ]);
      expect(await at.store.turns.conversation('conversation-a')).toMatchObject({ dueAt: null, dueKind: null });
      expect(await at.store.turns.conversation('conversation-c')).toMatchObject({ dueAt: 501, dueKind: 'silence' });
      expect(await take()).toEqual([]);
    });

    it('takes no more than asked, and makes no second item of a timer that is set again', async () => {
      await speak(at.store, 'a', 'i1', { patch: { dueAt: 500, dueKind: 'silence' } });
      await speak(at.store, 'b', 'i2', { patch: { dueAt: 500, dueKind: 'silence' } });
      const take = (limit: number) => at.store.turns.takeDue(600, limit, (c) => timer(c.id, c.dueAt));
      expect(await take(1)).toEqual(['conversation-a']);
      expect(await take(5)).toEqual(['conversation-b']);
      await at.store.turns.take('conversation-a', 'worker', 1, 2);
      await at.store.turns.commit(
        turnOf('t', 'conversation-a', 2, 'timer-conversation-a-500', { patch: { dueAt: 500, dueKind: 'silence' } }),
      );
      expect(await take(5)).toEqual(['conversation-a']);
      expect(await at.store.turns.items('conversation-a', 5)).toEqual([]);
    });
  });
}
