// What staff answer to a letter, over a channel of letters, stands in the register of outgoing ones: once, and the letter is answered by it.
import { firstStates, registerYear } from '../cases/register.js';
import type { CaseRow } from '../store/contract.js';
import type { DeskAudit } from './desk-audit.js';
import { calendarOf, entryIndex, openEntry } from './desk-entries.js';
import type { Staff } from './desk-types.js';
import type { House } from './house.js';
import { placeToSpeak } from './place-to-speak.js';
import type { EntryBody } from './records.js';

/** `clientId` makes it happen once, however often it is asked to. Nothing happens where the case came from no letter, or the words go elsewhere. */
export async function enterAnswer(
  house: House,
  audit: DeskAudit,
  staff: Staff,
  row: CaseRow,
  { words, clientId }: { words: string; clientId: string },
): Promise<void> {
  if (!(await goesAsLetter(house, row))) return;
  const entries = await house.store.registers.ofCase(row.number);
  const known = entries.find(({ register, state }) => register === 'incoming' && state !== 'erased');
  if (!known) return;
  const letter = await openEntry(house, known.id);
  const now = house.now();
  const id = house.ids.next();
  const [state] = firstStates('outgoing');
  const { name, subject } = letter.body;
  const events = [{ at: now, by: staff.id, state }];
  const body: EntryBody = {
    v: 1,
    name,
    phone: '',
    subject,
    wish: '',
    note: words,
    day: null,
    theirs: '',
    files: [],
    events,
  };
  const added = await house.store.registers.add(
    {
      id,
      register: 'outgoing',
      year: registerYear(now, house.charity.zone, calendarOf(house)),
      state,
      dueAt: null,
      at: now,
      by: staff.id,
      origin: `answer:${house.vault.hash('entry', row.number, clientId)}`,
      caseNumber: row.number,
      conversation: null,
      // The first one answers it; what is written later goes along.
      answers: known.state === 'open' ? known.id : null,
      sealed: await house.records.entry.seal(id, id, body),
    },
    entryIndex(house, body, { caseNumber: row.number }),
  );
  if (added.id !== id) return;
  await audit.wrote(staff, 'entry.added', id);
  for (const one of [id, known.id]) house.hints.give('entry', one);
}

async function goesAsLetter(house: House, row: CaseRow): Promise<boolean> {
  const place = await placeToSpeak(house, row);
  const conversation = place === null ? null : await house.store.turns.conversation(place);
  return conversation !== null && house.channels.get(conversation.channel)?.limits.letters === true;
}
