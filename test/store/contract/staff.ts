// Staff: accounts, sessions, and an audit that shows when it was changed.
import { describe, expect, it } from 'vitest';
import { chainHash, firstBrokenLink } from '../../../src/store/audit-chain.js';
import type { StaffRow } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { fresh } from './opened.js';

const huda: StaffRow = {
  id: 's1',
  login: 'huda',
  name: 'هدى',
  role: 'researcher',
  password: 'scrypt:1',
  disabledAt: null,
  createdAt: 1,
};

export function aboutStaff(open: () => Promise<OpenStore>): void {
  describe('staff', () => {
    const at = fresh(open);

    it('have one account per login', async () => {
      expect(await at.store.staff.add(huda)).toBe(true);
      expect(await at.store.staff.add({ ...huda, id: 's2' })).toBe(false);
      expect(await at.store.staff.add({ ...huda, id: 's3', login: 'ali', createdAt: 0 })).toBe(true);
      await at.reopen();
      expect(await at.store.staff.byLogin('huda')).toEqual(huda);
      expect(await at.store.staff.byId('s1')).toEqual(huda);
      expect((await at.store.staff.all()).map(({ id }) => id)).toEqual(['s3', 's1']);
      expect(await at.store.staff.byLogin('nobody')).toBeNull();
      expect(await at.store.staff.byId('s2')).toBeNull();
    });

    it('change password, are disabled and enabled', async () => {
      await at.store.staff.add(huda);
      await at.store.staff.setPassword('s1', 'scrypt:2');
      await at.store.staff.setDisabled('s1', 5);
      expect(await at.store.staff.byId('s1')).toEqual({ ...huda, password: 'scrypt:2', disabledAt: 5 });
      await at.store.staff.setDisabled('s1', null);
      expect(await at.store.staff.byId('s1')).toMatchObject({ disabledAt: null });
    });

    it('have sessions that end: in time, one by one, all of one person', async () => {
      await at.store.staff.add(huda);
      const session = { tokenHash: 't1', staff: 's1', csrf: 'c', startedAt: 5, expiresAt: 100 };
      await at.store.staff.addSession(session);
      await at.store.staff.addSession({ ...session, tokenHash: 't2' });
      await at.store.staff.addSession({ ...session, tokenHash: 't3' });
      expect(await at.store.staff.session('t1', 99)).toEqual(session);
      expect(await at.store.staff.session('t1', 100)).toBeNull();
      await at.store.staff.addSession({ ...session, expiresAt: 200 });
      expect(await at.store.staff.session('t1', 199)).toMatchObject({ expiresAt: 200 });
      await at.store.staff.endSession('t1');
      expect(await at.store.staff.session('t1', 1)).toBeNull();
      await at.store.staff.endSessionsOf('s1');
      expect(await at.store.staff.session('t2', 1)).toBeNull();
      await at.store.staff.addSession(session);
      await at.store.tidy(100);
      expect(await at.store.staff.session('t1', 1)).toBeNull();
    });
  });

  describe('links of staff', () => {
    const at = fresh(open);

    it('say who somebody on a channel is', async () => {
      const link = { key: 'k1', staff: 's1', channel: 'telegram', at: 1 };
      await at.store.staff.link(link);
      await at.store.staff.link({ ...link, key: 'k2', at: 2 });
      await at.store.staff.link({ ...link, key: 'k3', channel: 'other', at: 3 });
      await at.reopen();
      expect(await at.store.staff.linked('k1')).toEqual(link);
      expect(await at.store.staff.linked('k0')).toBeNull();
      await at.store.staff.link({ ...link, staff: 's2', at: 4 });
      expect(await at.store.staff.linked('k1')).toMatchObject({ staff: 's2', at: 4 });
      expect((await at.store.staff.linksOf('s1')).map(({ key }) => key)).toEqual(['k2', 'k3']);
      await at.store.staff.unlink('s1', 'telegram');
      expect((await at.store.staff.linksOf('s1')).map(({ key }) => key)).toEqual(['k3']);
      expect(await at.store.staff.linked('k1')).toMatchObject({ staff: 's2' });
    });
  });

  describe('audit', () => {
    const at = fresh(open);

    it('chains its entries in order, also those of one tick', async () => {
      const entries = Array.from({ length: 20 }, (_, n) => ({
        at: n,
        staff: 's1',
        act: 'read',
        subject: `case ${n % 2}`,
      }));
      await Promise.all(entries.map((entry) => at.store.staff.audit(entry)));
      await at.reopen();
      const trail = (await at.store.staff.auditTrail({ limit: 50 })).reverse();
      expect(trail.map(({ hash: _hash, ...entry }) => entry)).toEqual(entries);
      expect(trail[0]?.hash).toBe(chainHash(null, entries[0]!));
      expect(trail[1]?.hash).toBe(chainHash(trail[0]!.hash, entries[1]!));
      expect(await at.store.staff.verifyAudit()).toBe(-1);
      expect(await at.store.staff.auditTrail({ subject: 'case 1', limit: 3 })).toMatchObject([
        { at: 19 },
        { at: 17 },
        { at: 15 },
      ]);
    });

    it('shows a changed, a removed and an added entry', async () => {
      for (let n = 0; n < 4; n += 1) await at.store.staff.audit({ at: n, staff: 's1', act: 'read', subject: 'x' });
      const [first, second, third, fourth] = (await at.store.staff.auditTrail({ limit: 9 })).reverse();
      expect(firstBrokenLink([first!, { ...second!, act: 'nothing' }, third!, fourth!])).toBe(1);
      expect(firstBrokenLink([first!, third!, fourth!])).toBe(1);
      expect(firstBrokenLink([first!, second!, second!, third!])).toBe(2);
      expect(firstBrokenLink([first!, second!, third!, fourth!])).toBe(-1);
    });
  });
}
