// Cases as staff see and change them.
import {
  decide,
  evolve,
  isDecision,
  isStatus,
  notBefore,
  replay,
  statusWord,
  TRANSITIONS,
  type Case,
  type CaseCommand,
  type CaseEvent,
  type Refusal,
} from '../cases/case.js';
import { groupCaseNumber, readNumber } from '../cases/number.js';
import type { Input, ShownAnswer } from '../engine/types.js';
import { queryKeys } from '../privacy/search-keys.js';
import type { CaseRow, NewItem } from '../store/contract.js';
import type { DeskAct, DeskAudit } from './desk-audit.js';
import type { DeskLinks } from './desk-links.js';
import {
  DeskError,
  type CaseDetail,
  type CaseEventLine,
  type CaseLine,
  type CaseQuery,
  type Staff,
  type StatusChange,
} from './desk-types.js';
import { relatedTo } from './desk-related.js';
import { checkedWords, optionalWords, page } from './desk-words.js';
import { ring, type House } from './house.js';
import { enterAnswer } from './letter-answers.js';
import { placeToSpeak } from './place-to-speak.js';
import { reachIn } from './reach.js';
import { searchTools } from './search-facts.js';
import { sealEvent } from './submissions.js';

/** Somebody else wrote in between: look again and decide anew, this often. */
const MOST_TRIES = 5;

interface Opened {
  row: CaseRow;
  state: Case;
  events: CaseEvent[];
}

/** What a person hears of a change, and the name under which they hear it once. */
type Telling = (opened: Opened) => { about: string; input: Extract<Input, { kind: 'case' }> } | undefined;

export class DeskCases {
  constructor(
    private readonly house: House,
    private readonly audit: DeskAudit,
    private readonly links: DeskLinks,
  ) {}

  async list(query: CaseQuery, staff: Staff): Promise<CaseLine[]> {
    const { status, search, before } = query;
    await this.audit.read(staff, 'case.searched', search === undefined ? 'list' : 'search');
    const limit = page(query.limit);
    const rows =
      search === undefined
        ? await this.house.store.cases.list({
            limit,
            ...(status && { status }),
            ...(before !== undefined && { before }),
          })
        : (await this.find(search)).filter(
            (row) => (!status || row.status === status) && row.openedAt < (before ?? Infinity),
          );
    return Promise.all(rows.slice(0, limit).map((row) => this.line(row)));
  }

  /** Of all these addresses, newest first. */
  async linesOf(addresses: readonly string[]): Promise<CaseLine[]> {
    const rows = (await Promise.all(addresses.map((address) => this.house.store.cases.of(address)))).flat();
    return Promise.all(rows.sort((a, b) => b.openedAt - a.openedAt).map((row) => this.line(row)));
  }

  async read(written: string, staff: Staff): Promise<CaseDetail> {
    const opened = await this.open(written);
    await this.audit.read(staff, 'case.read', opened.row.number);
    return this.detail(opened, staff);
  }

  async changeStatus(written: string, staff: Staff, change: StatusChange): Promise<CaseDetail> {
    if (!isStatus(change.to)) throw new DeskError('invalid');
    if (isDecision(change.to) && staff.role === 'reception') throw new DeskError('not_allowed');
    const note = optionalWords(change.note);
    const reason = optionalWords(change.reason);
    const command = {
      do: 'change_status' as const,
      to: change.to,
      ...(note !== undefined && { note }),
      ...(reason !== undefined && { reason }),
    };
    const told = change.tell ? statusTold : undefined;
    return this.detail(await this.apply(written, staff, command, 'case.status_changed', told), staff);
  }

  async addNote(written: string, staff: Staff, text: string): Promise<CaseDetail> {
    return this.detail(
      await this.apply(written, staff, { do: 'add_note', text: checkedWords(text) }, 'case.noted'),
      staff,
    );
  }

  async assign(written: string, staff: Staff, assignee: string | null): Promise<CaseDetail> {
    return this.detail(await this.apply(written, staff, { do: 'assign', assignee }, 'case.assigned'), staff);
  }

  async messagePerson(written: string, staff: Staff, text: string, clientId: string): Promise<CaseDetail> {
    const words = checkedWords(text);
    if ((await placeToSpeak(this.house, (await this.open(written)).row)) === null) throw new DeskError('invalid');
    const told: Telling = ({ row }) => ({
      about: `message.${clientId}`,
      input: { kind: 'case', event: 'message', number: groupCaseNumber(row.number), text: words, by: staff.name },
    });
    const command = { do: 'send_message' as const, text: words, clientId };
    const opened = await this.apply(written, staff, command, 'case.message_sent', told);
    await enterAnswer(this.house, this.audit, staff, opened.row, { words, clientId });
    return this.detail(opened, staff);
  }

  /** Decides on the newest state and appends; a writer who was faster makes it decide again. */
  private async apply(
    written: string,
    staff: Staff,
    command: CaseCommand,
    act: DeskAct,
    telling?: Telling,
  ): Promise<Opened> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const opened = await this.open(written);
      const events = decide(command, opened.state, this.house.now(), staff.id);
      if (events === 'unchanged') return this.tellAgain(opened, telling);
      if (!Array.isArray(events)) throw new DeskError(REFUSALS[events]);
      const next = await this.append(opened, events, telling);
      if (!next) continue;
      await this.audit.wrote(staff, act, opened.row.number);
      this.house.hints.give('case', opened.row.number);
      const place = telling && (await placeToSpeak(this.house, opened.row));
      if (place) await ring(this.house, 'conversation', place);
      return next;
    }
    throw new DeskError('conflict');
  }

  /** The events and the word to the person are one transaction. */
  private async append(
    { row, state, events: past }: Opened,
    events: CaseEvent[],
    telling: Telling | undefined,
  ): Promise<Opened | null> {
    const next = events.reduce<Case>(evolve, state);
    const { status, assignedTo, changedAt, version } = next;
    const sealed = await Promise.all(
      events.map((event, index) => sealEvent(this.house, row.number, state.version + index + 1, event)),
    );
    const change = { status, assignedTo, changedAt, sealed: row.sealed };
    const opened = { row: { ...row, ...change, version }, state: next, events: [...past, ...events] };
    const into = telling ? await placeToSpeak(this.house, row) : null;
    const item = into === null ? undefined : await this.item(opened, telling);
    const { number } = row;
    const appended = await this.house.store.cases.append(
      number,
      state.version,
      sealed,
      change,
      item,
      into ?? undefined,
    );
    return appended ? opened : null;
  }

  /** Whoever asks again for a change that was there already (with a word this time) has the person told, once. */
  private async tellAgain(opened: Opened, telling: Telling | undefined): Promise<Opened> {
    const item = await this.item(opened, telling);
    const into = item && (await placeToSpeak(this.house, opened.row));
    if (!item || !into) return opened;
    await this.house.store.turns.put(into, item);
    await ring(this.house, 'conversation', into);
    return opened;
  }

  private async item(opened: Opened, telling: Telling | undefined): Promise<NewItem | undefined> {
    const told = telling?.(opened);
    if (!told) return undefined;
    const { records, vault, ids, now } = this.house;
    const id = ids.next();
    const sealed = await records.item.seal('', id, { v: 1, kind: 'within', input: told.input });
    return { id, kind: 'case', dedupeKey: vault.hash('case', opened.row.number, told.about), sealed, at: now() };
  }

  private async open(written: string): Promise<Opened> {
    const number = readNumber(written);
    const row = number === null ? null : await this.house.store.cases.get(number);
    if (!row) throw new DeskError('not_found');
    const rows = await this.house.store.cases.events(row.number);
    const events = await Promise.all(
      rows.map(
        async ({ version, sealed }) =>
          (await this.house.records.event.open(row.number, `${row.number}:${version}`, sealed)).event,
      ),
    );
    const state = replay(events);
    if (!state) throw new DeskError('not_found');
    return { row, state, events };
  }

  private async find(search: string): Promise<CaseRow[]> {
    const sets = queryKeys(search, searchTools(this.house));
    const found = await Promise.all(sets.map((keys) => this.house.store.cases.find(keys, 200)));
    const unique = new Map(found.flat().map((row) => [row.number, row]));
    return [...unique.values()].sort((a, b) => b.openedAt - a.openedAt);
  }

  private async line(row: CaseRow): Promise<CaseLine> {
    const { number, kind, status, assignedTo, openedAt, changedAt, conversation } = row;
    const { name, need } = await this.house.records.summary.open(number, number, row.sealed);
    return {
      number,
      grouped: groupCaseNumber(number),
      kind,
      status: isStatus(status) ? status : 'submitted',
      name,
      need,
      assignedTo,
      openedAt,
      changedAt,
      notBefore: notBefore(openedAt, this.house.charity.decisionMinDays),
      conversation,
    };
  }

  private async detail({ row, state, events }: Opened, staff: Staff): Promise<CaseDetail> {
    const { filed } = state;
    const place = await placeToSpeak(this.house, row);
    const hidden = (answer: ShownAnswer) => answer.class === 'confidential' && staff.role !== 'administrator';
    const hiddenFiles = new Set(filed.shown.filter(hidden).flatMap(({ files }) => (files ?? []).map(({ id }) => id)));
    return {
      ...(await this.line(row)),
      language: filed.language,
      answers: filed.shown.map((answer) => (hidden(answer) ? { ...answer, value: '', files: [] } : answer)),
      files: filed.files.filter(({ id }) => !hiddenFiles.has(id)),
      consent: filed.consent ?? null,
      declaration: filed.declaration ?? null,
      taken: filed.taken ?? null,
      ...(await relatedTo(this.house, row.number, filed.shown)),
      reached: place !== null,
      reach: place === null ? null : await reachIn(this.house, place),
      events: events.map((event, index) => eventLine(event, index + 1)),
      passages: await this.links.passages(filed.run, row.conversation),
      next: [...TRANSITIONS[state.status]],
      version: state.version,
    };
  }
}

/** A status that cannot follow the present one means that the asker saw an older one. */
const REFUSALS: Readonly<Record<Exclude<Refusal, 'unchanged'>, DeskError['code']>> = {
  exists: 'conflict',
  not_open: 'not_found',
  not_allowed: 'conflict',
  empty: 'invalid',
};

function eventLine(event: CaseEvent, version: number): CaseEventLine {
  const { type, at, by } = event;
  const line = { version, type, at, by };
  switch (event.type) {
    case 'opened':
      return line;
    case 'status_changed': {
      const { from, to, note, reason } = event;
      return { ...line, from, to, ...(note !== undefined && { text: note }), ...(reason !== undefined && { reason }) };
    }
    case 'assigned':
      return { ...line, assignee: event.assignee };
    case 'note_added':
    case 'message_sent':
      return { ...line, text: event.text };
  }
}

const statusTold: Telling = ({ row, events }) => {
  const version = events.findLastIndex(({ type }) => type === 'status_changed') + 1;
  const last = events[version - 1];
  if (last?.type !== 'status_changed') return undefined;
  const text = last.reason === undefined ? {} : { text: last.reason };
  const number = groupCaseNumber(row.number);
  const status = statusWord(row.kind, last.to);
  return { about: `status.${version}`, input: { kind: 'case', event: 'status', number, status, ...text } };
};
