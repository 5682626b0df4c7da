// Puts a case into the store as if this conversation had filed it, without walking through the questions.
import type { CaseEvent } from '../../src/cases/case.js';
import { sealEvent } from '../../src/conversation/submissions.js';
import type { Sila } from '../../src/sila.js';

/** The number of a new case of the conversation's address. */
export async function plantCase({ house }: Sila, conversation: string): Promise<string> {
  const row = await house.store.turns.conversation(conversation);
  if (!row) throw new Error('there is no such conversation');
  const number = house.ids.number();
  const at = house.now();
  const name = {
    name: 'name',
    label: { ar: 'الاسم' },
    value: 'فاطمة الزهراني',
    class: 'personal',
    type: 'name',
  } as const;
  const filed = {
    kind: 'case/aid-request',
    run: number,
    flow: 'aid-request',
    language: 'ar',
    shown: [name],
    files: [],
  };
  const event: CaseEvent = { type: 'opened', at, by: 'system', filed };
  const summary = { v: 1 as const, name: name.value, need: '', language: 'ar', lastFour: '1234' };
  const made = {
    number,
    kind: filed.kind,
    status: 'submitted',
    version: 1,
    conversation,
    address: row.address,
    assignedTo: null,
    openedAt: at,
    changedAt: at,
    sealed: await house.records.summary.seal(number, number, summary),
  };
  const notice = { id: `new_case.${number}`, kind: 'new_case' as const, conversation, caseNumber: number, at };
  await house.store.cases.open(made, [await sealEvent(house, number, 1, event)], [], notice);
  return number;
}
