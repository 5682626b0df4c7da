// Erasing a person leaves nothing that can be opened, and everybody else untouched.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VaultError } from '../../src/privacy/vault-error.js';
import { HUDA, SARA, started } from './harness.js';
import { FATIMA, fileRequest, picture, saudiId } from './request.js';

const OMAR = { user: 'omar', name: 'عمر صالح الغامدي', id: saudiId('104455667'), phone: '0567778899' };

describe('erasing', () => {
  it('destroys keys, cases, files and words of one person', async () => {
    const h = await started();
    const file = { name: 'تقرير فاطمة.png', bytes: await picture('F') };
    const number = await fileRequest(h, { ...FATIMA, file });
    const kept = await fileRequest(h, { ...OMAR, file: { name: 'o.png', bytes: await picture('O') } });
    const detail = await h.sila.desk.case(number, SARA);
    const { address, sealed } = (await h.store.cases.get(number))!;
    const message = (await h.store.messages.list(detail.conversation, 0, 1))[0]!;

    await expect(h.sila.desk.erase(detail.conversation, HUDA)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await h.sila.desk.erase(detail.conversation, SARA)).toEqual({ cases: 1, files: 1 });

    const { records } = h.sila.house;
    await expect(records.summary.open(number, number, sealed)).rejects.toBeInstanceOf(VaultError);
    await expect(records.message.open(address, message.id, message.sealed)).rejects.toBeInstanceOf(VaultError);
    await expect(h.sila.desk.case(number, SARA)).rejects.toMatchObject({ code: 'not_found' });
    await expect(h.sila.desk.file(detail.files[0]!.id, SARA)).rejects.toMatchObject({ code: 'not_found' });
    for (const search of ['فاطمة', FATIMA.phone, FATIMA.id, number]) {
      expect(await h.sila.desk.cases({ search, limit: 5 }, SARA)).toEqual([]);
    }
    const lines = await h.sila.desk.transcript(detail.conversation, SARA);
    expect(lines.every(({ text, files }) => text === '' && files.length === 0)).toBe(true);
    expect((await h.sila.desk.conversation(detail.conversation, SARA)).name).toBeNull();
    expect(readdirSync(join(h.dir, 'files'))).toHaveLength(1);

    expect((await h.sila.desk.case(kept, SARA)).name).toBe(OMAR.name);
    expect((await h.sila.desk.case(kept, SARA)).files).toHaveLength(1);
  });

  it('lets the person begin anew, as somebody unknown', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const { conversation } = (await h.store.cases.get(number))!;
    await h.sila.desk.erase(conversation, SARA);
    const again = await h.write(FATIMA.user, 'السلام عليكم');
    await h.settle();
    expect(again.conversation).not.toBe(conversation);
    expect(h.channel.said(FATIMA.user).at(-1)).toBeDefined();
    expect(await h.sila.host('fake').transcript('main', FATIMA.user, 0, 100)).not.toEqual([]);
  });

  it('lets no member of staff speak to nobody', async () => {
    const h = await started();
    await h.tell('p', 'السلام عليكم');
    const [row] = await h.store.turns.conversations({ limit: 1 });
    await h.sila.desk.erase(row!.id, SARA);
    const gone = { code: 'not_found' };
    await expect(h.sila.desk.take(row!.id, SARA)).rejects.toMatchObject(gone);
    await expect(h.sila.desk.reply(row!.id, SARA, 'مرحبًا', 'c'.repeat(20))).rejects.toMatchObject(gone);
    await h.settle();
    expect(h.logged.filter(({ event }) => event === 'item.quarantined')).toEqual([]);
  });

  it('stops a turn that is under way and what waits to be sent', async () => {
    const h = await started();
    await h.tell('p', 'السلام عليكم');
    const [row] = await h.store.turns.conversations({ limit: 1 });
    await h.write('p', 'طلب مساعدة');
    const settling = h.settle();
    await h.sila.desk.erase(row!.id, SARA);
    await settling.catch(() => undefined);
    expect(await h.store.turns.items(row!.id, 10)).toEqual([]);
    const after = await h.store.turns.conversation(row!.id);
    expect(after).toMatchObject({ session: null, dueAt: null });
    expect(await h.store.messages.sendable(h.clock.at + 1e9, h.clock.at + 1e9, 10)).toEqual([]);
  });
});
