// One-time codes: made for somebody, shown once, guessed by nobody.
import { expect, it } from 'vitest';
import { CODE, CODE_LIMITS, Contacts, groupCode } from '../../src/contacts/contacts.js';
import { createIds } from '../../src/ids.js';
import type { Member } from '../../src/store/contract.js';
import { openModelStore } from '../store/model.js';
import { hintOf, itemOf } from '../store/rows.js';

const OWNER: Member = { kind: 'address', id: 'address-a' };

async function world() {
  const store = openModelStore();
  for (const person of ['a', 'b', 'c']) await store.turns.accept(hintOf(person), itemOf(`hello-${person}`));
  const clock = { at: 1_000_000 };
  const hash = (purpose: string, ...parts: readonly string[]) => JSON.stringify([purpose, ...parts]);
  const contacts = new Contacts({ store, vault: { hash }, ids: createIds(), now: () => clock.at });
  const issued = async (member = OWNER) => (await contacts.issue(member))?.code ?? 'none';
  return { store, clock, contacts, issued };
}

it('is eight random digits, read in two groups', async () => {
  const { issued } = await world();
  const codes = await Promise.all(['a', 'b', 'c'].map((id) => issued({ kind: 'entry', id })));
  expect(codes.every((code) => /^[0-9]{8}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(3);
  expect(groupCode('12345678')).toBe('1234 5678');
});

it('is checked without being used, then links once', async () => {
  const { contacts, issued } = await world();
  const code = await issued();
  expect(await contacts.check(code, 'address-b')).toEqual({ outcome: 'found', member: OWNER });
  expect(await contacts.redeem(code, 'address-b', 'turn-1')).toMatchObject({ result: 'linked', member: OWNER });
  expect(await contacts.redeem(code, 'address-b', 'turn-1')).toMatchObject({ result: 'linked' });
  expect(await contacts.redeem(code, 'address-c', 'turn-2')).toEqual({ result: 'none' });
  expect(await contacts.check(code, 'address-c')).toEqual({ outcome: 'none' });
  expect(await contacts.members('address-b')).toEqual(['address-b', 'address-a']);
  expect(await contacts.members('address-c')).toEqual(['address-c']);
});

it('typed where it was made is no failure and stays good', async () => {
  const { contacts, issued } = await world();
  const code = await issued();
  expect(await contacts.check(code, 'address-a')).toEqual({ outcome: 'own' });
  expect(await contacts.check(code, 'address-b')).toMatchObject({ outcome: 'found' });
});

it('runs out: in a chat after a quarter of an hour, on a receipt after a day', async () => {
  const { contacts, issued, clock } = await world();
  const [chat, receipt] = [await issued(), await issued({ kind: 'entry', id: 'entry-1' })];
  clock.at += CODE.validMs.address - 1;
  expect(await contacts.check(chat, 'address-b')).toMatchObject({ outcome: 'found' });
  clock.at += 1;
  expect(await contacts.check(chat, 'address-b')).toEqual({ outcome: 'none' });
  expect(await contacts.redeem(chat, 'address-b', 'turn')).toEqual({ result: 'none' });
  clock.at += CODE.validMs.entry - CODE.validMs.address - 1;
  expect(await contacts.check(receipt, 'address-b')).toMatchObject({ outcome: 'found' });
});

it('after five tries of an address even the right one finds nothing there, and elsewhere it still does', async () => {
  const { contacts, issued, clock } = await world();
  const code = await issued();
  for (let n = 0; n < CODE_LIMITS.asker.most; n++) {
    expect(await contacts.check(`x${n}`, 'address-b')).toEqual({ outcome: 'none' });
  }
  expect(await contacts.check(code, 'address-b')).toEqual({ outcome: 'none' });
  expect(await contacts.check(code, 'address-c')).toMatchObject({ outcome: 'found' });
  clock.at += CODE_LIMITS.asker.windowMs;
  const again = await issued();
  expect(await contacts.check(again, 'address-b')).toMatchObject({ outcome: 'found' });
});

it('fifty tries at once count as fifty', async () => {
  const { contacts, issued } = await world();
  const code = await issued();
  const tries = Array.from({ length: 50 }, (_, n) => contacts.check(n === 49 ? code : `x${n}`, 'address-b'));
  expect((await Promise.all(tries)).every(({ outcome }) => outcome === 'none')).toBe(true);
});

it('guessing from many addresses ends for all, said once, and goes on later', async () => {
  const { contacts, issued, clock } = await world();
  const code = await issued();
  const tries: unknown[] = [];
  for (let n = 0; n < CODE_LIMITS.all.most + 5; n++) tries.push(await contacts.check('x', `stranger-${n}`));
  expect(tries.filter((one) => (one as { limit?: true }).limit)).toHaveLength(1);
  expect(await contacts.check(code, 'address-b')).toEqual({ outcome: 'none' });
  clock.at += CODE_LIMITS.all.windowMs;
  expect(await contacts.check(code, 'address-b')).toMatchObject({ outcome: 'found' });
});

it('is not made without end', async () => {
  const { contacts } = await world();
  for (let n = 0; n < CODE_LIMITS.made.most; n++) expect(await contacts.issue(OWNER)).not.toBeNull();
  expect(await contacts.issue(OWNER)).toBeNull();
});

it('separating is undoing: whom from is said, and nobody is linked any more', async () => {
  const { contacts, issued } = await world();
  await contacts.redeem(await issued(), 'address-b', 'turn');
  expect(await contacts.separate('address-b', 'person')).toEqual([OWNER]);
  expect(await contacts.members('address-b')).toEqual(['address-b']);
  expect(await contacts.separate('address-b', 'person')).toEqual([]);
});
