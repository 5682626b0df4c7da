// Where a filed case stands in the registers: the entry whose form it came from, or an entry of its own for a call, a visit, a letter.
import { firstStates, registerYear, type Register } from '../cases/register.js';
import { dayNumber, fromIso } from '../engine/text/calendar.js';
import type { Json } from '../engine/types.js';
import type { Submission } from '../store/contract.js';
import { calendarOf, changeEntry, entryIndex } from './desk-entries.js';
import { DeskError } from './desk-types.js';
import type { House } from './house.js';
import type { EntryBody, SubmissionBody } from './records.js';
import { valuesOf } from './search-facts.js';

/** Kinds of cases that ask for something a register keeps; the answer that says what it is about, and the day that was asked for. */
const KEPT: Readonly<Record<string, { register: Register; name?: string; subject: string; day?: string }>> = {
  call: { register: 'calls', subject: 'topic' },
  visit: { register: 'visits', subject: 'purpose', day: 'day' },
  letter: { register: 'incoming', name: 'sender', subject: 'subject' },
};

/** Enters a submission, however often it is asked to. Comes before the case is there: a case is never without its entry. */
export async function enterCase(house: House, submission: Submission, body: SubmissionBody): Promise<void> {
  const own = await entryOfForm(house, submission, body);
  const kept = KEPT[submission.kind];
  if (kept && own !== kept.register) await addEntry(house, submission, body, kept);
}

/** The register of the entry whose form it is, which bears the case's number from now on. */
async function entryOfForm(house: House, submission: Submission, body: SubmissionBody): Promise<Register | null> {
  const row = await house.store.registers.ofConversation(submission.conversation);
  if (!row) return null;
  const { number } = submission;
  const people = peopleOf(body);
  const change = changeEntry(house, row.id, (entry) => {
    if (entry.row.caseNumber !== null) return null;
    const name = entry.body.name === '' ? (people.names[0] ?? '') : entry.body.name;
    const phone = entry.body.phone === '' ? (people.phones[0] ?? '') : entry.body.phone;
    const next = { ...entry.body, name, phone };
    return { caseNumber: number, body: next, index: entryIndex(house, next, { ...people, caseNumber: number }) };
  });
  await change.catch((error: unknown) => {
    // Erased meanwhile: there is nothing to enter any more.
    if (!(error instanceof DeskError && error.code === 'not_found')) throw error;
  });
  return row.register;
}

async function addEntry(
  house: House,
  { number, at }: Submission,
  body: SubmissionBody,
  { register, name, subject, day }: (typeof KEPT)[string],
): Promise<void> {
  const id = house.ids.next();
  const [state] = firstStates(register);
  const people = peopleOf(body);
  const entry: EntryBody = {
    v: 1,
    name: name === undefined ? (people.names[0] ?? body.declaration?.name ?? '') : shownOf(body, name),
    phone: people.phones[0] ?? '',
    subject: shownOf(body, subject),
    wish: wishOf(body),
    note: '',
    day: null,
    theirs: '',
    files: [],
    events: [{ at, by: 'system', state }],
  };
  const row = await house.store.registers.add(
    {
      id,
      register,
      year: registerYear(at, house.charity.zone, calendarOf(house)),
      state,
      dueAt: day === undefined ? null : dayAsked(body.answers[day]),
      at,
      by: 'system',
      origin: `case:${number}`,
      caseNumber: number,
      conversation: null,
      answers: null,
      sealed: await house.records.entry.seal(id, id, entry),
    },
    entryIndex(house, entry, { ...people, caseNumber: number }),
  );
  house.hints.give('entry', row.id);
}

function peopleOf(body: SubmissionBody) {
  return { names: valuesOf(body, 'name'), phones: valuesOf(body, 'phone'), ids: valuesOf(body, 'saudi_id') };
}

function shownOf({ shown, answers }: SubmissionBody, name: string): string {
  const passed = answers[name] === undefined || answers[name] === 'skipped';
  return passed ? '' : (shown.find((answer) => answer.name === name)?.value ?? '');
}

/** Where and when the person would like it: what was chosen of the choices. */
function wishOf({ shown }: SubmissionBody): string {
  return shown
    .filter(({ type }) => type === 'choice')
    .map(({ value }) => value)
    .join(' · ');
}

/** Noon of the day in UTC: the same civil day in every zone of the country. */
function dayAsked(value: Json | undefined): number | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { date: written, calendar } = value;
  const date = typeof written === 'string' ? fromIso(written) : undefined;
  if (!date) return null;
  const number = dayNumber(calendar === 'hijri' ? 'hijri' : 'gregorian', date);
  return Number.isFinite(number) ? number * 86_400_000 + 12 * 3_600_000 : null;
}
