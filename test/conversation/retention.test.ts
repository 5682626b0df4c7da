// Data that are kept for a reason are not erased, by whatever way, until somebody lets go of them.
import { expect, it } from 'vitest';
import { HUDA, SARA, started } from './harness.js';
import { played } from './played.js';
import { FATIMA, fileRequest } from './request.js';

it('keeps what is retained, whole, and says why; the reason goes with the person', async () => {
  const h = await started();
  const { desk } = h.sila;
  const number = await fileRequest(h, FATIMA);
  const { conversation } = await desk.case(number, SARA);
  await expect(desk.retain(conversation, HUDA, 'طلب من النيابة')).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(desk.retain(conversation, SARA, '  ')).rejects.toMatchObject({ code: 'invalid' });
  await desk.retain(conversation, SARA, 'طلب من النيابة العامة رقم 12');
  expect((await desk.conversation(conversation, SARA)).retained).toEqual({
    by: SARA.id,
    at: h.clock.at,
    reason: 'طلب من النيابة العامة رقم 12',
  });
  await expect(desk.erase(conversation, SARA)).rejects.toMatchObject({ code: 'retained' });
  expect((await desk.case(number, SARA)).name).toBe(FATIMA.name);

  await desk.release(conversation, SARA);
  expect((await desk.conversation(conversation, SARA)).retained).toBeNull();
  await desk.retain(conversation, SARA, 'سبب آخر');
  const { address } = (await h.store.cases.get(number))!;
  const { sealed } = (await h.store.retentions.get(address))!;
  await desk.release(conversation, SARA);
  expect(await desk.erase(conversation, SARA)).toMatchObject({ cases: 1 });
  await expect(h.sila.house.records.retention.open(address, address, sealed)).rejects.toMatchObject({ code: 'erased' });
  const acts = (await h.store.staff.auditTrail({ subject: conversation, limit: 50 })).map(({ act }) => act);
  expect(acts).toEqual(expect.arrayContaining(['person.retained', 'person.released', 'person.erased']));
});

it('keeps an entry of the desk with its form', async () => {
  const h = await started();
  const { desk } = h.sila;
  const fields = { register: 'visits' as const, state: 'came', name: 'أ', subject: 'ب' };
  const { id } = await desk.registers.add(fields, SARA, 'client-0123456789ab');
  const form = { flow: 'aid-request', language: 'ar', clientId: 'client-0123456789ac' };
  await played(h, desk.forms.begin(id, SARA, form));
  const { conversation } = await desk.registers.read(id, SARA);
  await desk.retain(conversation!, SARA, 'سبب');
  await expect(desk.registers.erase(id, SARA)).rejects.toMatchObject({ code: 'retained' });
  await desk.release(conversation!, SARA);
  await desk.registers.erase(id, SARA);
  await expect(desk.registers.read(id, SARA)).rejects.toMatchObject({ code: 'not_found' });
});
