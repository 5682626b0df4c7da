// Files, keys, notices, flow sets, counters, leases and the state of the store itself.
import { describe, expect, it } from 'vitest';
import type { FileRow } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { bytes, hintOf, itemOf, messageOf, noticeOf, speak } from '../rows.js';
import { fresh } from './opened.js';

const file: FileRow = {
  ...{ id: 'f1', owner: 'address-a', bytes: 10, mime: 'image/png', digestKey: 'd', at: 5 },
  ...{ sealed: bytes('meta'), caseNumber: null, caseSealed: null },
};

export function aboutTheRest(open: () => Promise<OpenStore>): void {
  describe('files', () => {
    const at = fresh(open);

    it('are added, attached to a case, listed and removed', async () => {
      await at.store.files.add(file);
      await at.store.files.add({ ...file, id: 'f0', at: 1 });
      await at.store.files.add({ ...file, id: 'f2', owner: 'staff' });
      await at.store.files.attach('f1', '7', bytes('case meta'));
      await at.reopen();
      expect(await at.store.files.get('f1')).toEqual({ ...file, caseNumber: '7', caseSealed: bytes('case meta') });
      expect((await at.store.files.ofOwner('address-a')).map(({ id }) => id)).toEqual(['f0', 'f1']);
      expect((await at.store.files.ofCase('7')).map(({ id }) => id)).toEqual(['f1']);
      expect(await at.store.files.ofCase('8')).toEqual([]);
      expect((await at.store.files.ids()).sort()).toEqual(['f0', 'f1', 'f2']);
      await at.store.files.remove('f1');
      expect(await at.store.files.get('f1')).toBeNull();
    });

    it('are never replaced', async () => {
      await at.store.files.add(file);
      await expect(at.store.files.add({ ...file, owner: 'other' })).rejects.toThrow();
      expect(await at.store.files.get('f1')).toEqual(file);
    });
  });

  describe('keys', () => {
    const at = fresh(open);

    it('keep the first', async () => {
      const all = await Promise.all(
        ['one', 'two', 'three'].map((key) => at.store.keys.putIfAbsent('address:a', bytes(key))),
      );
      expect(new Set(all.map((key) => Buffer.from(key).toString())).size).toBe(1);
      await at.reopen();
      expect(await at.store.keys.get('address:a')).toEqual(all[0]);
      expect(await at.store.keys.get('address:b')).toBeNull();
    });

    it('are destroyed for good, and the erasure is remembered', async () => {
      await at.store.keys.putIfAbsent('case:1', bytes('key'));
      await at.store.keys.putIfAbsent('case:2', bytes('key'));
      await at.store.keys.destroy('case:1', 7);
      await at.store.keys.destroy('case:1', 9);
      await at.store.keys.destroy('case:0', 8);
      await at.reopen();
      expect(await at.store.keys.get('case:1')).toBeNull();
      expect(await at.store.keys.get('case:2')).toEqual(bytes('key'));
      expect(await at.store.keys.destroyed()).toEqual([
        { subject: 'case:1', at: 7 },
        { subject: 'case:0', at: 8 },
      ]);
      await expect(at.store.keys.putIfAbsent('case:1', bytes('new'))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('can be walked and wrapped anew, unless they changed meanwhile', async () => {
      for (const subject of ['c', 'a', 'b']) await at.store.keys.putIfAbsent(subject, bytes(subject));
      expect(await at.store.keys.subjects(null, 2)).toEqual(['a', 'b']);
      expect(await at.store.keys.subjects('b', 2)).toEqual(['c']);
      expect(await at.store.keys.replace('a', bytes('a'), bytes('A'))).toBe(true);
      expect(await at.store.keys.replace('a', bytes('a'), bytes('x'))).toBe(false);
      expect(await at.store.keys.replace('z', bytes('a'), bytes('x'))).toBe(false);
      expect(await at.store.keys.get('a')).toEqual(bytes('A'));
    });
  });

  describe('notices', () => {
    const at = fresh(open);

    it('come once, newest first, until they are seen', async () => {
      expect(await at.store.notices.add(noticeOf('n1', { at: 1 }))).toBe(true);
      expect(await at.store.notices.add(noticeOf('n1', { at: 2 }))).toBe(false);
      expect(await at.store.notices.add(noticeOf('n2', { at: 3, kind: 'danger', caseNumber: '7' }))).toBe(true);
      await at.store.notices.seen('n1', 9);
      await at.store.notices.seen('n1', 10);
      expect(await at.store.notices.list({ limit: 9 })).toEqual([
        { ...noticeOf('n2', { at: 3, kind: 'danger', caseNumber: '7' }), seenAt: null },
        { ...noticeOf('n1', { at: 1 }), seenAt: 9 },
      ]);
      expect(await at.store.notices.list({ unseen: true, limit: 9 })).toMatchObject([{ id: 'n2' }]);
      expect(await at.store.notices.list({ limit: 1 })).toMatchObject([{ id: 'n2' }]);
    });
  });

  describe('ways out to staff', () => {
    const at = fresh(open);
    const untold = async (way: string, now: number, more: { since?: number; limit?: number } = {}) =>
      (await at.store.notices.untold(way, { kinds: ['handoff', 'danger'], since: 0, now, limit: 9, ...more })).map(
        ({ id, tries }) => `${id} ${tries}`,
      );

    it('tell each notice until it is told, each way for itself, oldest first', async () => {
      await at.store.notices.add(noticeOf('n2', { at: 2, kind: 'handoff' }));
      await at.store.notices.add(noticeOf('n1', { at: 1, kind: 'danger' }));
      await at.store.notices.add(noticeOf('n3', { at: 3, kind: 'unanswered' }));
      expect(await untold('mail', 10)).toEqual(['n1 0', 'n2 0']);
      await at.store.notices.told('n1', 'mail', null);
      await at.store.notices.told('n2', 'mail', 50);
      await at.reopen();
      expect(await untold('mail', 49)).toEqual([]);
      expect(await untold('mail', 50)).toEqual(['n2 1']);
      await at.store.notices.told('n2', 'mail', null);
      expect(await untold('mail', 99)).toEqual([]);
      expect(await untold('chat', 10, { limit: 1 })).toEqual(['n1 0']);
      expect(await untold('chat', 10, { since: 2 })).toEqual(['n2 0']);
    });

    it('leave out what somebody has seen', async () => {
      await at.store.notices.add(noticeOf('n1', { at: 1, kind: 'handoff' }));
      await at.store.notices.seen('n1', 2);
      expect(await untold('mail', 10)).toEqual([]);
    });
  });

  describe('flow sets', () => {
    const at = fresh(open);

    it('are kept by hash, and one of them is current', async () => {
      expect(await at.store.flowSets.current()).toBeNull();
      expect(await at.store.flowSets.line()).toEqual([]);
      await at.store.flowSets.put('h1', '{"a":1}', 1);
      await at.store.flowSets.put('h1', 'changed', 2);
      await at.store.flowSets.put('h2', '{}', 3);
      await at.store.flowSets.setCurrent('h1');
      await at.store.flowSets.setCurrent('h2');
      await at.reopen();
      expect(await at.store.flowSets.get('h1')).toBe('{"a":1}');
      expect(await at.store.flowSets.get('h3')).toBeNull();
      expect(await at.store.flowSets.current()).toBe('h2');
      await expect(at.store.flowSets.setCurrent('h3')).rejects.toMatchObject({ code: 'not_found' });
      expect(await at.store.flowSets.line()).toEqual(['h1', 'h2']);
      await at.store.flowSets.setCurrent('h2');
      await at.store.flowSets.setCurrent('h1');
      expect(await at.store.flowSets.line()).toEqual(['h1', 'h2', 'h1']);
      expect(await at.store.flowSets.current()).toBe('h1');
    });

    it('know how many people stand where', async () => {
      await speak(at.store, 'a', 'i1', { patch: { flowSet: 'h', flow: 'menu', step: 'x' } });
      await speak(at.store, 'b', 'i2', { patch: { flowSet: 'h', flow: 'menu', step: 'x' } });
      await speak(at.store, 'c', 'i3', { patch: { flowSet: 'h', flow: 'aid', step: 'y' } });
      await speak(at.store, 'd', 'i4', { patch: { flowSet: 'h' } });
      expect(await at.store.flowSets.standing()).toEqual([
        { flowSet: 'h', flow: 'aid', step: 'y', count: 1 },
        { flowSet: 'h', flow: 'menu', step: 'x', count: 2 },
      ]);
    });
  });

  describe('counters and leases', () => {
    const at = fresh(open);

    it('count until the window ends, measured from the first hit', async () => {
      expect(await at.store.counters.peek('k', 1)).toBe(0);
      expect(await at.store.counters.hit('k', 100, 10)).toBe(1);
      expect(await at.store.counters.hit('k', 100, 90)).toBe(2);
      expect(await at.store.counters.peek('k', 109)).toBe(2);
      expect(await at.store.counters.peek('k', 110)).toBe(0);
      expect(await at.store.counters.hit('k', 100, 110)).toBe(1);
      expect(await at.store.counters.hit('other', 100, 110)).toBe(1);
      await at.reopen();
      expect(await at.store.counters.hit('k', 100, 209)).toBe(2);
      await at.store.tidy(210);
      expect(await at.store.counters.hit('k', 100, 111)).toBe(1);
    });

    it('count every one of many hits at once', async () => {
      const counts = await Promise.all(Array.from({ length: 50 }, () => at.store.counters.hit('k', 100, 10)));
      expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    });

    it('a lease has one holder at a time', async () => {
      expect(await at.store.leases.hold('receiver:x', 'one', 10, 20)).toBe(true);
      expect(await at.store.leases.hold('receiver:x', 'two', 19, 30)).toBe(false);
      expect(await at.store.leases.hold('receiver:x', 'one', 19, 30)).toBe(true);
      expect(await at.store.leases.holder('receiver:x', 29)).toBe('one');
      expect(await at.store.leases.holder('receiver:x', 30)).toBeNull();
      expect(await at.store.leases.holder('receiver:none', 19)).toBeNull();
      expect(await at.store.leases.hold('receiver:y', 'two', 19, 30)).toBe(true);
      expect(await at.store.leases.hold('receiver:x', 'two', 30, 40)).toBe(true);
      await at.store.leases.release('receiver:x', 'one');
      expect(await at.store.leases.hold('receiver:x', 'one', 31, 40)).toBe(false);
      await at.store.leases.release('receiver:x', 'two');
      expect(await at.store.leases.hold('receiver:x', 'one', 31, 40)).toBe(true);
    });
  });

  describe('the store itself', () => {
    const at = fresh(open);

    it('is healthy and gives its numbers without any key', async () => {
      await speak(at.store, 'a', 'i1', { patch: { hold: 'waiting' }, notices: [noticeOf('n')] });
      expect(await at.store.healthy()).toBe(true);
      expect(await at.store.stats()).toEqual({
        ...{ conversations: 1, conversations_waiting_for_staff: 1, mailbox: 0, quarantined: 0, outbox: 0 },
        ...{ unreadable: 0, submissions_unhandled: 0, cases: 0, files: 0, notices_unseen: 1 },
        ...{ mailbox_oldest_at: 0, outbox_oldest_at: 0 },
      });
    });

    it('knows how long the oldest waits for its turn and for its send, but for what waits for the person', async () => {
      const oldest = async () => {
        const { mailbox_oldest_at, outbox_oldest_at } = await at.store.stats();
        return [mailbox_oldest_at, outbox_oldest_at];
      };
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1', { at: 3_000 }), messageOf('m2', { at: 4_000 })] });
      await at.store.turns.accept(hintOf('a'), itemOf('i2', { at: 6_000 }));
      await at.store.turns.accept(hintOf('b'), itemOf('i3', { at: 5_000 }));
      expect(await oldest()).toEqual([5_000, 3_000]);
      await at.store.messages.claim('conversation-a', 5_000, 0);
      await at.store.messages.settle('m1', 1, { again: 90_000, held: true });
      expect(await oldest()).toEqual([5_000, 4_000]);
    });

    it('closes twice without harm', async () => {
      await at.store.close();
      await at.store.close();
      await at.reopen();
    });
  });
}
