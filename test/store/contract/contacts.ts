// Codes, links, drafts on their way and upload links: whatever was redeemed, undone, repeated or erased.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Gift, Redemption } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { bytes, codeOf, itemOf, speak, ticketOf, turnOf } from '../rows.js';
import { fresh } from './opened.js';

const typing = (person: string, id: string, codeKey: string, more: Partial<Redemption> = {}): Redemption => ({
  ...{ id, codeKey, address: `address-${person}`, at: 1_500, contact: `contact-${id}` },
  ...more,
});
const entry = { kind: 'entry' as const, id: 'entry-1' };

export function aboutContacts(open: () => Promise<OpenStore>): void {
  describe('codes and links', () => {
    const at = fresh(open);
    const link = async (from: string, to: string, id = `${from}-${to}`) => {
      await at.store.contacts.addCode(codeOf(`code-${id}`, from));
      return at.store.contacts.redeem(typing(to, id, `key-code-${id}`));
    };
    const linkedWith = async (person: string) =>
      (await at.store.contacts.linked(`address-${person}`)).map(({ member }) => member.id);
    beforeEach(async () => {
      for (const person of ['a', 'b', 'c', 'd']) await speak(at.store, person, `hello-${person}`);
    });

    it('a code links the address that typed it, once', async () => {
      await at.store.contacts.addCode(codeOf('one', 'a'));
      expect(await at.store.contacts.code('key-one', 1_999)).toMatchObject({ id: 'one', usedAt: null, usedBy: null });
      const linked = { result: 'linked', member: codeOf('one', 'a').member, contact: 'contact-r1', transfer: 'r1' };
      expect(await at.store.contacts.redeem(typing('b', 'r1', 'key-one'))).toEqual(linked);
      await at.reopen();
      // The same turn again: the same answer. Another turn, another person: none.
      expect(await at.store.contacts.redeem(typing('b', 'r1', 'key-one', { at: 9_999 }))).toEqual(linked);
      expect(await at.store.contacts.redeem(typing('b', 'r2', 'key-one'))).toEqual({ result: 'none' });
      expect(await at.store.contacts.redeem(typing('c', 'r3', 'key-one'))).toEqual({ result: 'none' });
      expect(await at.store.contacts.code('key-one', 1_500)).toBeNull();
      expect(await linkedWith('b')).toEqual(['address-a', 'address-b']);
      expect(await linkedWith('c')).toEqual([]);
    });

    it('fifty tries at once use a code at most once', async () => {
      await at.store.contacts.addCode(codeOf('one', 'a'));
      const people = ['b', 'c', 'd'];
      const tries = Array.from({ length: 50 }, (_, n) =>
        at.store.contacts.redeem(typing(people[n % 3] ?? 'b', `r${n}`, 'key-one')),
      );
      expect((await Promise.all(tries)).filter(({ result }) => result === 'linked')).toHaveLength(1);
      expect(await linkedWith('a')).toHaveLength(2);
    });

    it('unknown and late codes are one answer, and a code typed where it was made stays usable', async () => {
      await at.store.contacts.addCode(codeOf('one', 'a'));
      expect(await at.store.contacts.redeem(typing('b', 'r1', 'key-two'))).toEqual({ result: 'none' });
      expect(await at.store.contacts.redeem(typing('b', 'r2', 'key-one', { at: 2_000 }))).toEqual({ result: 'none' });
      expect(await at.store.contacts.redeem(typing('a', 'r3', 'key-one'))).toEqual({ result: 'own' });
      expect(await at.store.contacts.redeem(typing('b', 'r4', 'key-one'))).toMatchObject({ result: 'linked' });
    });

    it('a newer code of the same member ends the older', async () => {
      await at.store.contacts.addCode(codeOf('one', 'a'));
      await at.store.contacts.addCode(codeOf('two', 'a'));
      await at.store.contacts.addCode(codeOf('three', 'b'));
      expect(await at.store.contacts.code('key-one', 1_500)).toBeNull();
      expect(await at.store.contacts.code('key-two', 1_500)).not.toBeNull();
      expect(await at.store.contacts.code('key-three', 1_500)).not.toBeNull();
      await at.store.tidy(2_000);
      expect(await at.store.contacts.code('key-two', 1_500)).toBeNull();
    });

    it('two contacts that turn out to be one become one, and the past stays told', async () => {
      await link('a', 'b');
      await link('c', 'd');
      await link('b', 'c');
      expect(await linkedWith('d')).toEqual(['address-a', 'address-b', 'address-c', 'address-d']);
      expect(await at.store.contacts.history('address-d')).toMatchObject([
        { contact: 'contact-c-d', code: 'code-c-d', until: 1_500, endedBy: 'person' },
        { contact: 'contact-a-b', code: 'code-b-c', until: null },
      ]);
      // Linked already: nothing is doubled.
      await link('a', 'd');
      expect(await linkedWith('a')).toHaveLength(4);
    });

    it('an entry of the desk has no draft to give', async () => {
      await at.store.contacts.addCode(codeOf('one', 'a', { member: entry }));
      const redeemed = await at.store.contacts.redeem(typing('b', 'r1', 'key-one'));
      expect(redeemed).toEqual({ result: 'linked', member: entry, contact: 'contact-r1', transfer: null });
      expect(await at.store.contacts.underWay(9)).toEqual([]);
      expect((await at.store.contacts.linked('entry-1')).map(({ member }) => member)).toEqual([
        entry,
        { kind: 'address', id: 'address-b' },
      ]);
    });

    it('separating ends the link, and a contact of one is no contact', async () => {
      await link('a', 'b');
      await link('a', 'c');
      expect(await at.store.contacts.separate('address-b', 3_000, 'staff-1')).toMatchObject([
        { id: 'address-a' },
        { id: 'address-c' },
      ]);
      expect(await linkedWith('b')).toEqual([]);
      expect(await linkedWith('a')).toEqual(['address-a', 'address-c']);
      expect(await at.store.contacts.separate('address-c', 4_000, 'person')).toHaveLength(1);
      expect(await linkedWith('a')).toEqual([]);
      expect(await at.store.contacts.separate('address-a', 5_000, 'person')).toEqual([]);
      expect(await at.store.contacts.history('address-b')).toMatchObject([{ until: 3_000, endedBy: 'staff-1' }]);
    });
  });

  describe('a draft on its way', () => {
    const at = fresh(open);
    const gift: Gift = { transfer: 'r1', draft: { run: 'run-1', sealed: bytes('draft') } };
    /** The giver's turn, over a fresh item. */
    const give = async (turn: string, gifts: Gift[]) => {
      const { conversation } = await at.store.turns.put('conversation-a', itemOf(`give-${turn}`, { kind: 'system' }));
      const taken = await at.store.turns.take(conversation, 'worker', 1_000, 9_000);
      return at.store.turns.commit(turnOf(turn, conversation, taken?.fence ?? 0, `give-${turn}`, { gifts }));
    };
    beforeEach(async () => {
      for (const person of ['a', 'b']) await speak(at.store, person, `hello-${person}`);
      await at.store.contacts.addCode(codeOf('one', 'a'));
      await at.store.contacts.redeem(typing('b', 'r1', 'key-one'));
    });

    it('is asked, given with the turn, and gone once it arrived', async () => {
      const row = { id: 'r1', from: 'conversation-a', to: 'conversation-b', at: 1_500 };
      expect(await at.store.contacts.underWay(9)).toEqual([{ ...row, state: 'asked', run: null, sealed: null }]);
      await at.store.contacts.arrived('r1');
      expect(await give('t1', [gift])).toMatchObject({ result: 'committed' });
      await at.reopen();
      const given = { ...row, state: 'given', run: 'run-1', sealed: bytes('draft') };
      expect(await at.store.contacts.underWay(9)).toEqual([given]);
      await at.store.contacts.arrived('r1');
      expect(await at.store.contacts.underWay(9)).toEqual([]);
      expect(await at.store.contacts.transfer('r1')).toEqual({ ...given, state: 'done', sealed: null });
      expect(await at.store.contacts.movesOf('run-1')).toEqual([{ ...given, state: 'done', sealed: null }]);
    });

    it('is given once: a second gift, and one that was called off, refuse the turn whole', async () => {
      await give('t1', [gift]);
      expect(await give('t2', [gift])).toEqual({ result: 'not_asked' });
      expect((await at.store.turns.items('conversation-a', 9)).map(({ id }) => id)).toEqual(['give-t2']);
      expect(await at.store.contacts.transfer('none')).toBeNull();
    });

    it('is called off by separating, unless it was given', async () => {
      await at.store.contacts.separate('address-b', 3_000, 'person');
      expect(await at.store.contacts.transfer('r1')).toMatchObject({ state: 'ended' });
      expect(await give('t1', [gift])).toEqual({ result: 'not_asked' });
    });

    it('that was given lands, though the link is undone', async () => {
      await give('t1', [gift]);
      await at.store.contacts.separate('address-b', 3_000, 'person');
      expect(await at.store.contacts.transfer('r1')).toMatchObject({ state: 'given', sealed: bytes('draft') });
    });

    it('may turn out to be none', async () => {
      await give('t1', [{ transfer: 'r1', draft: null }]);
      expect(await at.store.contacts.transfer('r1')).toMatchObject({ state: 'empty', run: null });
      expect(await at.store.contacts.underWay(9)).toEqual([]);
    });

    it('goes with either side when that is erased, and so do codes and links', async () => {
      await give('t1', [gift]);
      await at.store.contacts.addCode(codeOf('two', 'b'));
      await at.store.addresses.erase('address-b', 4_000);
      expect(await at.store.contacts.transfer('r1')).toMatchObject({ state: 'ended', sealed: null });
      expect(await at.store.contacts.code('key-two', 1_500)).toBeNull();
      expect(await at.store.contacts.linked('address-a')).toEqual([]);
      expect(await at.store.contacts.history('address-a')).toMatchObject([{ until: 4_000, endedBy: 'erased' }]);
    });
  });

  describe('upload links', () => {
    const at = fresh(open);
    beforeEach(async () => {
      await speak(at.store, 'a', 'hello-a');
      await at.store.uploads.add(ticketOf('t1', 'a'));
    });

    it('put one item into the mailbox, once', async () => {
      await at.reopen();
      const used = await Promise.all(
        Array.from({ length: 9 }, (_, n) => at.store.uploads.use('t1', 1_500, itemOf(`files-${n}`))),
      );
      expect(used.filter((one) => one !== null)).toMatchObject([{ conversation: 'conversation-a', duplicate: false }]);
      expect(await at.store.turns.items('conversation-a', 9)).toHaveLength(1);
      expect(await at.store.uploads.get('t1')).toEqual({ ...ticketOf('t1', 'a'), usedAt: 1_500 });
    });

    it('run out, and are replaced by the next', async () => {
      expect(await at.store.uploads.use('t1', 2_000, itemOf('late'))).toBeNull();
      expect(await at.store.uploads.use('other', 1_500, itemOf('wrong'))).toBeNull();
      await at.store.uploads.add(ticketOf('t2', 'a'));
      expect(await at.store.uploads.get('t1')).toBeNull();
      expect(await at.store.uploads.use('t1', 1_500, itemOf('old'))).toBeNull();
      expect(await at.store.turns.items('conversation-a', 9)).toEqual([]);
      expect(await at.store.uploads.use('t2', 1_500, itemOf('new'))).not.toBeNull();
    });

    it('are forgotten a day after their time', async () => {
      await at.store.tidy(2_000 + 24 * 60 * 60 * 1_000 - 1);
      expect(await at.store.uploads.get('t1')).not.toBeNull();
      await at.store.tidy(2_000 + 24 * 60 * 60 * 1_000);
      expect(await at.store.uploads.get('t1')).toBeNull();
    });
  });
}
