// Submissions and cases: opened once, changed by events in order, found by keys, erased.
import { describe, expect, it } from 'vitest';
import type { OpenStore } from '../contract-suite.js';
import { bytes, caseOf, eventOf, hintOf, itemOf, messageOf, noticeOf, speak, submissionOf } from '../rows.js';
import { fresh } from './opened.js';

export function aboutCases(open: () => Promise<OpenStore>): void {
  describe('cases', () => {
    const at = fresh(open);
    const open_ = (number: string, more = {}, index: string[] = []) =>
      at.store.cases.open(caseOf(number, more), [eventOf(1)], index, noticeOf(`n-${number}`, { caseNumber: number }));

    it('open from a submission once, with event, index and notice', async () => {
      await speak(at.store, 'a', 'i1', { submissions: [submissionOf('1'), submissionOf('2')] });
      expect((await at.store.cases.unhandled(9)).map(({ number }) => number)).toEqual(['1', '2']);
      expect((await at.store.cases.unhandled(1)).map(({ number }) => number)).toEqual(['1']);
      expect(await open_('1', {}, ['k1'])).toBe(true);
      expect(await open_('1', { status: 'other' }, ['k2'])).toBe(false);
      await at.reopen();
      expect(await at.store.cases.get('1')).toEqual(caseOf('1'));
      expect(await at.store.cases.events('1')).toEqual([{ ...eventOf(1), number: '1' }]);
      expect((await at.store.cases.unhandled(9)).map(({ number }) => number)).toEqual(['2']);
      expect(await at.store.cases.submission('1')).toMatchObject({ handledAt: 3_000 });
      expect(await at.store.notices.list({ limit: 9 })).toHaveLength(1);
      expect(await at.store.cases.find(['k2'], 9)).toEqual([]);
      expect(await at.store.cases.get('unknown')).toBeNull();
      expect(await at.store.cases.submission('unknown')).toBeNull();
    });

    it('open once when two workers do it at the same time', async () => {
      const results = await Promise.all([open_('1'), open_('1')]);
      expect(results.sort()).toEqual([false, true]);
      expect(await at.store.cases.events('1')).toHaveLength(1);
    });

    it('change by events only from the version that was read', async () => {
      await open_('1');
      const row = { status: 'study', assignedTo: 's1', changedAt: 4_000, sealed: bytes('new') };
      const events = [eventOf(2, { type: 'status', by: 's1' }), eventOf(3, { type: 'note', by: 's1' })];
      expect(await at.store.cases.append('1', 2, events, row)).toBe(false);
      expect(await at.store.cases.append('unknown', 1, events, row)).toBe(false);
      expect(await at.store.cases.append('1', 1, events, row)).toBe(true);
      expect(await at.store.cases.append('1', 1, events, row)).toBe(false);
      expect(await at.store.cases.get('1')).toEqual({ ...caseOf('1'), ...row, version: 3 });
      expect((await at.store.cases.events('1')).map(({ version, type }) => `${version} ${type}`)).toEqual([
        '1 opened',
        '2 status',
        '3 note',
      ]);
    });

    it('put what the person is to hear into the mailbox with the change, or neither', async () => {
      const { conversation } = await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      await open_('1', { conversation });
      const row = { status: 'study', assignedTo: null, changedAt: 4_000, sealed: bytes('x') };
      expect(await at.store.cases.append('1', 5, [eventOf(6)], row, itemOf('tell-1'))).toBe(false);
      expect(await at.store.turns.items(conversation, 9)).toHaveLength(1);
      expect(await at.store.cases.append('1', 1, [eventOf(2)], row, itemOf('tell-2'))).toBe(true);
      await at.reopen();
      expect((await at.store.turns.items(conversation, 9)).map(({ id }) => id)).toEqual(['i1', 'tell-2']);
    });

    it('say it in another conversation where one is named', async () => {
      const own = await at.store.turns.accept(hintOf('a'), itemOf('i1'));
      const other = await at.store.turns.accept(hintOf('b'), itemOf('i2'));
      await open_('1', { conversation: own.conversation });
      const row = { status: 'study', assignedTo: null, changedAt: 4_000, sealed: bytes('x') };
      expect(await at.store.cases.append('1', 1, [eventOf(2)], row, itemOf('tell-4'), other.conversation)).toBe(true);
      expect(await at.store.turns.items(own.conversation, 9)).toHaveLength(1);
      expect((await at.store.turns.items(other.conversation, 9)).map(({ id }) => id)).toEqual(['i2', 'tell-4']);
    });

    it('change without a word to somebody who is gone', async () => {
      await open_('1', { conversation: 'gone' });
      const row = { status: 'study', assignedTo: null, changedAt: 4_000, sealed: bytes('x') };
      expect(await at.store.cases.append('1', 1, [eventOf(2)], row, itemOf('tell-3'))).toBe(true);
    });

    it('take one of two changes that were made at the same time', async () => {
      await open_('1');
      const row = { status: 'study', assignedTo: null, changedAt: 4_000, sealed: bytes('x') };
      const results = await Promise.all(
        [1, 2].map((n) => at.store.cases.append('1', 1, [eventOf(2, { by: `s${n}` })], row)),
      );
      expect(results.sort()).toEqual([false, true]);
      expect(await at.store.cases.events('1')).toHaveLength(2);
    });

    it('are listed newest first, by status, by address, and counted', async () => {
      await open_('1', { openedAt: 100 });
      await open_('2', { openedAt: 300, status: 'study' });
      await open_('3', { openedAt: 200, address: 'address-b' });
      const numbers = async (rows: Promise<{ number: string }[]>) => (await rows).map(({ number }) => number);
      expect(await numbers(at.store.cases.list({ limit: 9 }))).toEqual(['2', '3', '1']);
      expect(await numbers(at.store.cases.list({ limit: 1, before: 300 }))).toEqual(['3']);
      expect(await numbers(at.store.cases.list({ limit: 9, status: 'received' }))).toEqual(['3', '1']);
      expect(await numbers(at.store.cases.of('address-a'))).toEqual(['2', '1']);
      expect(await at.store.cases.counts()).toEqual({ received: 2, study: 1 });
    });

    it('are found by all of several keys', async () => {
      await open_('1', { openedAt: 1 }, ['ahmad', 'saad', 'saad']);
      await open_('2', { openedAt: 2 }, ['ahmad']);
      const found = async (keys: string[], limit = 9) =>
        (await at.store.cases.find(keys, limit)).map(({ number }) => number);
      expect(await found(['ahmad'])).toEqual(['2', '1']);
      expect(await found(['ahmad'], 1)).toEqual(['2']);
      expect(await found(['ahmad', 'saad'])).toEqual(['1']);
      expect(await found(['saad', 'saad'])).toEqual(['1']);
      expect(await found(['ahmad', 'nobody'])).toEqual([]);
      expect(await found([])).toEqual([]);
    });

    it('can be erased: nothing of them is left but the spent number', async () => {
      await speak(at.store, 'a', 'i1', { submissions: [submissionOf('1'), submissionOf('2')] });
      await open_('1', {}, ['k']);
      for (const number of ['1', '2']) await at.store.cases.erase(number);
      expect(await at.store.cases.get('1')).toBeNull();
      expect(await at.store.cases.events('1')).toEqual([]);
      expect(await at.store.cases.find(['k'], 9)).toEqual([]);
      expect((await at.store.cases.submission('1'))?.sealed).toEqual(new Uint8Array());
      expect(await at.store.cases.unhandled(9)).toEqual([]);
    });

    it('keep the submissions of a person, newest first', async () => {
      await speak(at.store, 'a', 'i1', { submissions: [submissionOf('1')] });
      await speak(at.store, 'b', 'i2', { submissions: [submissionOf('2')] });
      await speak(at.store, 'a', 'i3', { submissions: [submissionOf('3')] });
      expect((await at.store.cases.submissionsOf('address-a')).map(({ number }) => number)).toEqual(['3', '1']);
    });
  });

  describe('erasing an address', () => {
    const at = fresh(open);

    it('removes who it was and what was said; counts stay, others too', async () => {
      const patch = {
        session: bytes('s'),
        flow: 'f',
        step: 'x',
        flowSet: 'h',
        dueAt: 5,
        dueKind: 'silence',
        hold: 'waiting',
      } as const;
      await speak(at.store, 'a', 'i1', {
        patch,
        messages: [messageOf('m1'), messageOf('m2')],
        submissions: [submissionOf('1')],
      });
      await at.store.messages.claim('conversation-a', 1, 0);
      await at.store.messages.settle('m1', 1, { state: 'sent', at: 1, providerKey: 'p' });
      await at.store.turns.accept(hintOf('a'), itemOf('i2'));
      await speak(at.store, 'b', 'i3', { messages: [messageOf('m3')] });
      await at.store.addresses.erase('address-a', 9_000);
      await at.reopen();
      expect(await at.store.addresses.get('address-a')).toBeNull();
      expect(await at.store.addresses.conversationOf('main', 'key-a')).toBeNull();
      expect(await at.store.turns.items('conversation-a', 9)).toEqual([]);
      expect(await at.store.turns.conversation('conversation-a')).toMatchObject({
        session: null,
        flow: null,
        hold: 'none',
        dueAt: null,
      });
      const messages = await at.store.messages.list('conversation-a', 0, 9);
      expect(messages.map(({ state, sealed, providerKey }) => ({ state, length: sealed.length, providerKey }))).toEqual(
        [
          { state: 'sent', length: 0, providerKey: null },
          { state: 'expired', length: 0, providerKey: null },
        ],
      );
      expect(await at.store.cases.submission('1')).toMatchObject({ sealed: new Uint8Array(), handledAt: 9_000 });
      expect(await at.store.messages.sendable(1, 0, 9)).toEqual(['conversation-b']);
      expect((await at.store.messages.get('m3'))?.sealed).toEqual(bytes('message m3'));
    });

    it('lets the person come back as somebody new', async () => {
      await speak(at.store, 'a', 'i1');
      await at.store.addresses.erase('address-a', 9_000);
      const again = hintOf('a', { addressId: 'address-new', conversationId: 'conversation-new' });
      expect(await at.store.turns.accept(again, itemOf('i2'))).toMatchObject({
        address: 'address-new',
        duplicate: false,
      });
    });
  });
}
