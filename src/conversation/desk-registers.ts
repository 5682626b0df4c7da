// The registers of the desk: visits, calls, letters in and out, as staff keep them.
import { groupCaseNumber, readNumber } from '../cases/number.js';
import {
  firstStates,
  isTimed,
  nextStates,
  openStates,
  readEntryNumber,
  REGISTERS,
  registerYear,
  type Register,
} from '../cases/register.js';
import { groupCode } from '../contacts/contacts.js';
import { plain } from '../engine/text/normalise.js';
import type { Language } from '../engine/types.js';
import type { RegisterEntry } from '../store/contract.js';
import type { DeskAudit } from './desk-audit.js';
import { DESK } from './desk-channel.js';
import type { DeskCases } from './desk-cases.js';
import {
  calendarOf,
  changeEntry,
  entryIndex,
  entryLine,
  findEntries,
  openEntry,
  type OpenEntry,
} from './desk-entries.js';
import { DeskError, type Staff } from './desk-types.js';
import { checkedWords, page } from './desk-words.js';
import { erase, eraseEntry } from './erase.js';
import { ring, type House } from './house.js';
import { elsewhere } from './links.js';
import { placeToSpeak } from './place-to-speak.js';
import type { EntryBody } from './records.js';
import type {
  EntryCode,
  EntryCounts,
  EntryDetail,
  EntryLine,
  EntryMove,
  EntryQuery,
  FileRefused,
  LetterLine,
  NewEntryFields,
  RegisterContract,
} from './register-types.js';

/** States in which what a person asked for through a flow is done: its case is closed with them. */
const DONE: ReadonlySet<string> = new Set(['came', 'cancelled', 'reached', 'given_up']);
/** Letters are kept where the charity's policy has them: its flows then take them too. */
const LETTERS: ReadonlySet<Register> = new Set(['incoming', 'outgoing']);
const LETTER_FLOW = 'letter';
/** Files of one entry. */
const MOST_FILES = 20;

export class DeskRegisters implements RegisterContract {
  constructor(
    private readonly house: House,
    private readonly audit: DeskAudit,
    private readonly cases: DeskCases,
  ) {}

  async registers(): Promise<Register[]> {
    const letters = (await this.house.flows.current()).flows.has(LETTER_FLOW);
    return REGISTERS.filter((register) => letters || !LETTERS.has(register));
  }

  async list(query: EntryQuery, staff: Staff): Promise<EntryLine[]> {
    await this.audit.read(staff, 'register.read', query.register);
    const rows = query.search === undefined ? await this.page(query) : await this.found(query, query.search);
    return Promise.all(rows.map((row) => entryLine(this.house, row)));
  }

  async counts(): Promise<EntryCounts[]> {
    const [kept, counted] = await Promise.all([this.registers(), this.house.store.registers.counts()]);
    return kept.map((register) => {
      const own = counted.filter((one) => one.register === register);
      const sum = (rows: typeof own) => rows.reduce((total, { count }) => total + count, 0);
      return { register, open: sum(own.filter(({ state }) => openStates(register).includes(state))), all: sum(own) };
    });
  }

  async read(id: string, staff: Staff): Promise<EntryDetail> {
    const entry = await openEntry(this.house, id);
    await this.audit.read(staff, 'entry.read', id);
    return this.detail(entry);
  }

  async add(fields: NewEntryFields, staff: Staff, clientId: string): Promise<EntryDetail> {
    const { house } = this;
    const state = await this.checked(fields);
    const now = house.now();
    const id = house.ids.next();
    const body = bodyOf(fields, { at: now, by: staff.id, state, ...timed(fields.dueAt) });
    const caseNumber = await this.caseOf(fields.caseNumber);
    const row = await house.store.registers.add(
      {
        id,
        register: fields.register,
        year: registerYear(now, house.charity.zone, calendarOf(house)),
        state,
        dueAt: fields.dueAt ?? null,
        at: now,
        by: staff.id,
        origin: `staff:${house.vault.hash('entry', staff.id, clientId)}`,
        caseNumber,
        conversation: null,
        answers: fields.answers ?? null,
        sealed: await house.records.entry.seal(id, id, body),
      },
      entryIndex(house, body, caseNumber === null ? {} : { caseNumber }),
    );
    await this.audit.wrote(staff, 'entry.added', row.id);
    for (const one of [row.id, ...(row.answers === null ? [] : [row.answers])]) house.hints.give('entry', one);
    return this.detail(await openEntry(house, row.id));
  }

  async move(id: string, staff: Staff, version: number, move: EntryMove): Promise<EntryDetail> {
    if (move.tell !== undefined && !(await this.isReached((await openEntry(this.house, id)).row)))
      throw new DeskError('invalid');
    const note = move.note === undefined ? undefined : checkedWords(move.note);
    const tell = move.tell === undefined ? undefined : checkedWords(move.tell);
    if (isTimed(move.to) !== (move.dueAt !== undefined)) throw new DeskError('invalid');
    const moved = await changeEntry(this.house, id, ({ row, body }) => {
      if (row.version !== version || !nextStates(row.register, row.state).includes(move.to))
        throw new DeskError('conflict');
      const event = { at: this.house.now(), by: staff.id, state: move.to, ...timed(move.dueAt) };
      const events = [...body.events, { ...event, ...(note !== undefined && { note }) }];
      return { state: move.to, dueAt: move.dueAt ?? null, body: { ...body, events } };
    });
    await this.audit.wrote(staff, 'entry.moved', id);
    await this.follow(moved.row, staff, note, tell);
    return this.detail(moved);
  }

  async ofCase(written: string, staff: Staff): Promise<EntryLine[]> {
    const number = readNumber(written);
    if (number === null) throw new DeskError('not_found');
    await this.audit.read(staff, 'case.read', number);
    const rows = await this.house.store.registers.ofCase(number);
    return Promise.all(rows.map((row) => entryLine(this.house, row)));
  }

  async addFile(id: string, staff: Staff, name: string, bytes: Buffer): Promise<EntryDetail | FileRefused> {
    const { body } = await openEntry(this.house, id);
    if (body.files.length >= MOST_FILES) return { refused: 'file_quota', values: { max: MOST_FILES } };
    const kept = await this.house.files.keep(id, name, bytes);
    if ('refused' in kept) return kept;
    const entry = await changeEntry(this.house, id, (one) => ({
      body: { ...one.body, files: [...one.body.files, kept] },
    }));
    await this.audit.wrote(staff, 'entry.file_added', id);
    return this.detail(entry);
  }

  async code(id: string, staff: Staff, language: Language): Promise<EntryCode> {
    const { row } = await openEntry(this.house, id);
    if (row.conversation === null) throw new DeskError('invalid');
    await this.audit.wrote(staff, 'entry.code_made', id);
    const issued = await this.house.contacts.issue({ kind: 'entry', id });
    if (!issued) throw new DeskError('conflict');
    const places = await elsewhere(this.house, DESK, language);
    return { code: groupCode(issued.code), expiresAt: issued.expiresAt, places };
  }

  async link(id: string, staff: Staff, typed: string, clientId: string): Promise<EntryDetail> {
    const { row } = await openEntry(this.house, id);
    if (row.conversation === null) throw new DeskError('invalid');
    await this.audit.wrote(staff, 'entry.linked', id);
    const digits = plain(typed).replace(/\D/g, '');
    const { contacts } = this.house;
    const known = await contacts.check(digits, id);
    const used = known.outcome === 'found' ? await contacts.redeem(digits, id, `${id} ${clientId}`) : null;
    if (used?.result !== 'linked') throw new DeskError('invalid');
    if (used.transfer !== null) await ring(this.house, 'transfer', used.transfer);
    this.house.hints.give('entry', id);
    return this.detail(await openEntry(this.house, id));
  }

  async erase(id: string, staff: Staff): Promise<void> {
    if (staff.role !== 'administrator') throw new DeskError('not_allowed');
    const { row } = await openEntry(this.house, id);
    if (await this.house.store.retentions.get(id)) throw new DeskError('retained');
    await this.audit.wrote(staff, 'entry.erased', id);
    const form = row.conversation === null ? null : await this.house.store.turns.conversation(row.conversation);
    if (form) await erase(this.house, form);
    else await eraseEntry(this.house, id);
  }

  private page({ register, open, state, limit, before }: EntryQuery): Promise<RegisterEntry[]> {
    const states = state === undefined ? open && openStates(register) : [state];
    return this.house.store.registers.list({
      register,
      limit: page(limit),
      ...(states && { states }),
      ...(before !== undefined && { before }),
    });
  }

  private async found({ register, open, state, limit, before }: EntryQuery, search: string): Promise<RegisterEntry[]> {
    const numbered = readEntryNumber(plain(search));
    const rows = numbered
      ? await this.house.store.registers.list({ register, numbered, limit: 1 })
      : await findEntries(this.house, search);
    const wanted = (row: RegisterEntry) =>
      row.register === register &&
      (state === undefined || row.state === state) &&
      (!open || openStates(register).includes(row.state)) &&
      (before === undefined || row.id < before);
    return rows.filter(wanted).slice(0, page(limit));
  }

  /** The state in which it begins. */
  private async checked({ register, state, dueAt, answers }: NewEntryFields): Promise<string> {
    if (!(await this.registers()).includes(register)) throw new DeskError('invalid');
    const [first] = firstStates(register);
    const begins = state ?? first;
    if (!firstStates(register).includes(begins) || isTimed(begins) !== (dueAt !== undefined))
      throw new DeskError('invalid');
    if (answers === undefined) return begins;
    const letter = await this.house.store.registers.get(answers);
    if (register !== 'outgoing' || letter?.register !== 'incoming' || letter.state === 'erased')
      throw new DeskError('invalid');
    return begins;
  }

  private async caseOf(written: string | undefined): Promise<string | null> {
    if (written === undefined) return null;
    const number = readNumber(written);
    if (number === null || !(await this.house.store.cases.get(number))) throw new DeskError('invalid');
    return number;
  }

  /** What a person asked for through a flow has a case: it is told and closed with its entry, so that nobody does it twice. */
  private async follow(row: RegisterEntry, staff: Staff, note: string | undefined, tell: string | undefined) {
    if (row.caseNumber === null) return;
    if (tell !== undefined) await this.cases.messagePerson(row.caseNumber, staff, tell, `${row.id}.${row.version}`);
    if (row.origin !== `case:${row.caseNumber}` || !DONE.has(row.state)) return;
    const change = { to: 'closed' as const, tell: false, ...(note !== undefined && { note }) };
    await this.cases.changeStatus(row.caseNumber, staff, change).catch((error: unknown) => {
      // Whoever moved the case meanwhile knows better.
      if (!(error instanceof DeskError)) throw error;
    });
  }

  private async detail({ row, body }: OpenEntry): Promise<EntryDetail> {
    const { phone, wish, note, day, theirs, files, events } = body;
    const [answers, answeredBy] = await Promise.all([this.letter(row.answers), this.letter(row.answeredBy)]);
    const next = [...nextStates(row.register, row.state)];
    const line = await entryLine(this.house, row);
    const { conversation } = row;
    const more = { linked: await this.linkedWith(row.id), reached: await this.isReached(row) };
    return { ...line, phone, wish, note, day, theirs, files, events, next, conversation, answers, answeredBy, ...more };
  }

  private async linkedWith(id: string): Promise<string[]> {
    const others = await this.house.contacts.others(id);
    const addresses = await Promise.all(others.map(({ member }) => this.house.store.addresses.get(member.id)));
    return addresses.flatMap((address) => (address && address.channel !== DESK ? [address.channel] : []));
  }

  private async isReached({ caseNumber }: RegisterEntry): Promise<boolean> {
    const row = caseNumber === null ? null : await this.house.store.cases.get(caseNumber);
    return row !== null && (await placeToSpeak(this.house, row)) !== null;
  }

  private async letter(id: string | null): Promise<LetterLine | null> {
    const row = id === null ? null : await this.house.store.registers.get(id);
    if (!row) return null;
    const { register, year, number, subject } = await entryLine(this.house, row);
    return { id: row.id, register, year, number, subject };
  }
}

function bodyOf(fields: NewEntryFields, first: EntryBody['events'][number]): EntryBody {
  const { name, phone, subject, note, day, theirs, caseNumber } = fields;
  const about = caseNumber === undefined ? '' : groupCaseNumber(readNumber(caseNumber) ?? caseNumber);
  return {
    v: 1,
    name: name.trim(),
    phone: phone?.trim() ?? '',
    subject: subject.trim() === '' ? about : subject.trim(),
    wish: '',
    note: note?.trim() ?? '',
    day: day ?? null,
    theirs: theirs?.trim() ?? '',
    files: [],
    events: [first],
  };
}

function timed(dueAt: number | undefined): { dueAt?: number } {
  return dueAt === undefined ? {} : { dueAt };
}
