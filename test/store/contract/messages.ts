// Messages: sent in order, one in flight, at least once, and their state never goes back.
import { describe, expect, it } from 'vitest';
import type { Message, MessageState } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { messageOf, speak } from '../rows.js';
import { fresh } from './opened.js';

const C = 'conversation-a';

export function aboutMessages(open: () => Promise<OpenStore>): void {
  describe('sending', () => {
    const at = fresh(open);
    const queue = (...ids: string[]) =>
      speak(at.store, 'a', `i-${ids.join()}`, { messages: ids.map((id) => messageOf(id)) });
    const claim = (now: number, staleBefore = 0) => at.store.messages.claim(C, now, staleBefore);
    const state = async (id: string) => (await at.store.messages.get(id))?.state;

    it('claims in order, one in flight', async () => {
      await queue('m1', 'm2');
      const first = await claim(10);
      expect(first).toMatchObject({ id: 'm1', state: 'sending', attempts: 1, sendFence: 1 });
      expect(await claim(10)).toBeNull();
      expect(await at.store.messages.settle('m1', 1, { state: 'sent', at: 11, providerKey: 'p1' })).toBe(true);
      expect(await at.store.messages.get('m1')).toMatchObject({ state: 'sent', providerKey: 'p1' });
      expect((await claim(12))?.id).toBe('m2');
    });

    it('gives a message to one of many that ask at once', async () => {
      await queue('m1');
      const all = await Promise.all(Array.from({ length: 10 }, () => claim(10)));
      expect(all.filter((message): message is Message => message !== null)).toHaveLength(1);
    });

    it('is not for what a person said', async () => {
      await speak(at.store, 'a', 'i1', {
        messages: [messageOf('in', { direction: 'in', author: 'person', state: 'received' })],
      });
      expect(await claim(10)).toBeNull();
      expect(await at.store.messages.sendable(10, 0, 9)).toEqual([]);
    });

    it('a failed or ambiguous one lets the next go', async () => {
      await queue('m1', 'm2', 'm3');
      await claim(1);
      await at.store.messages.settle('m1', 1, { state: 'failed', at: 2, error: 'blocked' });
      expect(await at.store.messages.get('m1')).toMatchObject({ state: 'failed', error: 'blocked' });
      expect((await claim(3))?.id).toBe('m2');
      await at.store.messages.settle('m2', 1, { state: 'ambiguous', at: 4 });
      expect(await state('m2')).toBe('ambiguous');
      expect((await claim(5))?.id).toBe('m3');
    });

    it('tries again at its time, and nothing overtakes it', async () => {
      await queue('m1', 'm2');
      await claim(1);
      expect(await at.store.messages.settle('m1', 1, { again: 100 })).toBe(true);
      expect(await at.store.messages.get('m1')).toMatchObject({ state: 'queued', nextAttemptAt: 100, attempts: 1 });
      expect(await claim(99)).toBeNull();
      expect(await at.store.messages.sendable(99, 0, 9)).toEqual([]);
      expect(await at.store.messages.sendable(100, 0, 9)).toEqual([C]);
      expect(await claim(100)).toMatchObject({ id: 'm1', attempts: 2, sendFence: 2, nextAttemptAt: null });
    });

    it('claims anew what its sender left, and ignores that sender', async () => {
      await queue('m1');
      await claim(50);
      expect(await claim(60, 50)).toBeNull();
      expect(await at.store.messages.sendable(60, 50, 9)).toEqual([]);
      expect(await at.store.messages.sendable(60, 51, 9)).toEqual([C]);
      expect(await claim(60, 51)).toMatchObject({ id: 'm1', attempts: 2, sendFence: 2 });
      expect(await at.store.messages.settle('m1', 1, { state: 'failed', at: 61 })).toBe(false);
      expect(await at.store.messages.settle('m1', 1, { again: 70 })).toBe(false);
      expect(await state('m1')).toBe('sending');
      expect(await at.store.messages.settle('m1', 2, { state: 'sent', at: 62 })).toBe(true);
      expect(await at.store.messages.settle('m1', 2, { state: 'failed', at: 63 })).toBe(false);
      expect(await at.store.messages.settle('unknown', 1, { state: 'sent', at: 1 })).toBe(false);
    });

    it('lets what came too late expire, also behind one that waits', async () => {
      await speak(at.store, 'a', 'i1', {
        messages: [messageOf('m1', { expiresAt: 50 }), messageOf('m2'), messageOf('m3', { expiresAt: 50 })],
      });
      expect((await claim(49))?.id).toBe('m1');
      await at.store.messages.settle('m1', 1, { again: 60 });
      expect(await at.store.messages.sendable(50, 0, 9)).toEqual([C]);
      expect((await claim(50))?.id).toBe('m2');
      expect([await state('m1'), await state('m2'), await state('m3')]).toEqual(['expired', 'sending', 'expired']);
    });

    it('tells staff of every one that expires', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1', { expiresAt: 50 })] });
      await claim(50);
      await claim(60);
      const notice = {
        id: 'send_failed.m1',
        kind: 'send_failed',
        conversation: C,
        caseNumber: null,
        at: 50,
        seenAt: null,
      };
      expect(await at.store.notices.list({ limit: 9 })).toEqual([notice]);
    });

    it('keeps what waits for the person until the person writes', async () => {
      await queue('m1');
      await claim(1);
      await at.store.messages.settle('m1', 1, { again: 1_000, held: true });
      expect(await at.store.messages.get('m1')).toMatchObject({ state: 'queued', error: 'window_closed' });
      expect(await claim(100)).toBeNull();
      expect(await at.store.messages.sendable(100, 0, 9)).toEqual([]);
      await speak(at.store, 'a', 'i3', { patch: { lastPersonAt: 100 }, messages: [messageOf('m4')] });
      expect(await at.store.messages.get('m1')).toMatchObject({ nextAttemptAt: null, error: null });
      expect((await claim(101))?.id).toBe('m1');
    });

    it('lets others pass what waits for the person, one at a time', async () => {
      await queue('m1', 'm2');
      await claim(1);
      await at.store.messages.settle('m1', 1, { again: 1_000, held: true });
      expect(await at.store.messages.sendable(2, 0, 9)).toEqual([C]);
      expect(await claim(2)).toMatchObject({ id: 'm2' });
      await speak(at.store, 'a', 'i2', { patch: { lastPersonAt: 3 } });
      // What waited is free now, and first; but one is under way.
      expect(await claim(4)).toBeNull();
      expect(await at.store.messages.sendable(4, 0, 9)).toEqual([]);
      await at.store.messages.settle('m2', 1, { state: 'sent', at: 5 });
      expect(await claim(6)).toMatchObject({ id: 'm1' });
    });

    it('ends the waiting for a person with its time', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1', { expiresAt: 50 }), messageOf('m2')] });
      await claim(1);
      await at.store.messages.settle('m1', 1, { again: 50, held: true });
      await claim(2);
      await at.store.messages.settle('m2', 1, { state: 'sent', at: 3 });
      expect(await at.store.messages.sendable(49, 0, 9)).toEqual([]);
      expect(await at.store.messages.sendable(50, 0, 9)).toEqual([C]);
      expect(await claim(50)).toBeNull();
      expect(await state('m1')).toBe('expired');
    });

    it('leaves what waits for its time alone when the person writes', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1')] });
      await claim(1);
      await at.store.messages.settle('m1', 1, { again: 1_000 });
      await speak(at.store, 'a', 'i2', { patch: { lastPersonAt: 100 } });
      expect(await claim(101)).toBeNull();
    });

    it('lets no claim expire while its sender is at work', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1', { expiresAt: 50 })] });
      await claim(40);
      expect(await claim(60, 40)).toBeNull();
      expect(await state('m1')).toBe('sending');
      expect(await claim(60, 41)).toBeNull();
      expect(await state('m1')).toBe('expired');
    });

    it('names the conversations that have something to send, longest waiting first', async () => {
      await speak(at.store, 'b', 'i1', { messages: [messageOf('b1')] });
      await queue('m1', 'm2');
      await speak(at.store, 'c', 'i2');
      expect(await at.store.messages.sendable(1, 0, 9)).toEqual(['conversation-b', C]);
      expect(await at.store.messages.sendable(1, 0, 1)).toEqual(['conversation-b']);
    });

    it('goes on after a restart', async () => {
      await queue('m1', 'm2');
      await claim(50);
      await at.reopen();
      expect(await at.store.messages.sendable(60, 51, 9)).toEqual([C]);
      expect(await claim(60, 51)).toMatchObject({ id: 'm1', attempts: 2 });
    });
  });

  describe('statuses', () => {
    const at = fresh(open);
    type Step = 'sent' | 'delivered' | 'read' | 'failed';
    const cases: [Step[], MessageState][] = [
      [['sent', 'delivered', 'read'], 'read'],
      [['read', 'delivered', 'sent'], 'read'],
      [['delivered', 'failed'], 'delivered'],
      [['read', 'failed'], 'read'],
      [['failed', 'sent'], 'failed'],
      [['failed', 'delivered'], 'failed'],
      [['failed'], 'failed'],
      [['delivered', 'sent'], 'delivered'],
    ];

    it.each(cases)('%j ends as %s', async (steps, end) => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1')] });
      await at.store.messages.claim(C, 1, 0);
      await at.store.messages.settle('m1', 1, { state: 'sent', at: 2, providerKey: 'p' });
      for (const [index, step] of steps.entries()) {
        expect(await at.store.messages.status('p', step, 10 + index, 'why')).toBe(true);
      }
      const message = await at.store.messages.get('m1');
      expect(message?.state).toBe(end);
      expect(message?.error).toBe(end === 'failed' ? 'why' : null);
    });

    it('keeps the times; read implies delivered', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1'), messageOf('m2')] });
      for (const id of ['m1', 'm2']) {
        await at.store.messages.claim(C, 1, 0);
        await at.store.messages.settle(id, 1, { state: 'sent', at: 2, providerKey: `p-${id}` });
      }
      await at.store.messages.status('p-m1', 'delivered', 10);
      await at.store.messages.status('p-m1', 'read', 20);
      await at.store.messages.status('p-m2', 'read', 30);
      await at.store.messages.status('p-m2', 'delivered', 40);
      expect(await at.store.messages.get('m1')).toMatchObject({ deliveredAt: 10, readAt: 20 });
      expect(await at.store.messages.get('m2')).toMatchObject({ deliveredAt: 30, readAt: 30 });
    });

    it('prove that an ambiguous send arrived', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1')] });
      await at.store.messages.claim(C, 1, 0);
      await at.store.messages.settle('m1', 1, { state: 'ambiguous', at: 2, providerKey: 'p' });
      await at.store.messages.status('p', 'sent', 3);
      expect((await at.store.messages.get('m1'))?.state).toBe('sent');
    });

    it('find by our own id a send whose outcome was never told', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1'), messageOf('m2')] });
      expect(await at.store.messages.identify('m1', 'p')).toBe(false);
      await at.store.messages.claim(C, 1, 0);
      await at.store.messages.settle('m1', 1, { again: 100 });
      expect(await at.store.messages.identify('m1', 'p')).toBe(true);
      expect(await at.store.messages.identify('m1', 'other')).toBe(false);
      await at.store.messages.status('p', 'delivered', 3);
      expect(await at.store.messages.get('m1')).toMatchObject({ state: 'delivered', providerKey: 'p' });
      expect((await at.store.messages.claim(C, 100, 0))?.id).toBe('m2');
      expect(await at.store.messages.identify('unknown', 'p')).toBe(false);
    });

    it('give nothing back to a message whose words were erased', async () => {
      await speak(at.store, 'a', 'i1', { messages: [messageOf('m1')] });
      await at.store.messages.claim(C, 1, 0);
      await at.store.addresses.erase('address-a', 2);
      expect(await at.store.messages.identify('m1', 'p')).toBe(false);
    });

    it('of unknown messages, and of what a person sent, are not known', async () => {
      await speak(at.store, 'a', 'i1', {
        messages: [messageOf('in', { direction: 'in', state: 'received', providerKey: 'p' })],
      });
      expect(await at.store.messages.status('p', 'read', 1)).toBe(false);
      expect(await at.store.messages.status('unknown', 'sent', 1)).toBe(false);
      expect(await at.store.messages.get('unknown')).toBeNull();
    });
  });

  describe('what a person takes back', () => {
    const at = fresh(open);
    const took = (id: string, unsent: string[]) => speak(at.store, 'a', id, { unsent });
    const bytes = async (id: string) => (await at.store.messages.get(id))?.sealed.length;

    it('loses its words and nothing else; what we said does not', async () => {
      const said = messageOf('in', { direction: 'in', author: 'person', state: 'received', providerKey: 'p' });
      await speak(at.store, 'a', 'i1', { messages: [said, messageOf('out')] });
      const before = await at.store.messages.get('in');
      await took('i2', ['in', 'out', 'unknown']);
      expect(await at.store.messages.get('in')).toEqual({ ...before, sealed: before!.sealed.slice(0, 0) });
      expect(await bytes('out')).toBeGreaterThan(0);
      expect((await at.store.messages.claim(C, 1, 0))?.id).toBe('out');
    });

    it('is never another person’s', async () => {
      const said = messageOf('in', { direction: 'in', author: 'person', state: 'received' });
      await speak(at.store, 'b', 'i1', { messages: [said] });
      await took('i2', ['in']);
      expect(await bytes('in')).toBeGreaterThan(0);
    });
  });
}
