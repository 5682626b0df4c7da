// Forms of the desk: staff fill the same flows for a person before them, on the telephone, or in a letter.
import { groupCaseNumber } from '../cases/number.js';
import type { Register } from '../cases/register.js';
import type { Taken } from '../cases/case.js';
import { formOf } from '../engine/form.js';
import type { FileRef, Input, Language, PersonInput } from '../engine/types.js';
import type { Conversation, Message, NewItem } from '../store/contract.js';
import { addressKeyOf } from './accept.js';
import { DESK } from './desk-channel.js';
import type { DeskAudit } from './desk-audit.js';
import { changeEntry, openEntry, type OpenEntry } from './desk-entries.js';
import { DeskError, MOST_WORDS, type Staff } from './desk-types.js';
import { ring, type House } from './house.js';
import type { ItemBody, MessageBody } from './records.js';
import type { FileRefused, FormAnswerFields, FormContract, FormFlow, FormState } from './register-types.js';

/** How a person before the desk speaks. Letters that go out are no occasion for a form. */
const HOW: Readonly<Partial<Record<Register, Taken['how']>>> = {
  visits: 'interview',
  calls: 'phone',
  incoming: 'letter',
};

/** How long an answer waits for its turn before the form says that it is still being handled. */
const PATIENCE = 4_000;
/** Hints of another process do not come here: the mailbox is looked at this often. */
const LOOK_EVERY = 250;
/** Messages looked at for the words of the last turn. */
const LAST = 30;

type StaffInput = Extract<Input, { kind: 'staff' }>;

export class DeskForms implements FormContract {
  constructor(
    private readonly house: House,
    private readonly audit: DeskAudit,
  ) {}

  /** Those that file something: the others only tell, and staff know that themselves. */
  async flows(): Promise<FormFlow[]> {
    const { set } = await this.house.flows.current();
    return Object.values(set.flows)
      .filter(
        ({ steps, ends }) =>
          steps.some(({ kind }) => kind === 'submit') || Object.values(ends).some(({ submit }) => submit !== undefined),
      )
      .map(({ id }) => ({ id }));
  }

  async state(entry: string, staff: Staff): Promise<FormState | null> {
    const opened = await openEntry(this.house, entry);
    await this.audit.read(staff, 'entry.read', entry);
    return this.shown(opened);
  }

  async begin(
    entry: string,
    staff: Staff,
    { flow, language, clientId }: { flow: string; language: Language; clientId: string },
  ): Promise<FormState | null> {
    const { row } = await openEntry(this.house, entry);
    const known = (await this.flows()).some(({ id }) => id === flow) && this.house.texts.languages.includes(language);
    if (HOW[row.register] === undefined || !known) throw new DeskError('invalid');
    await this.audit.wrote(staff, 'form.begun', entry);
    const input: StaffInput = { kind: 'staff', act: 'begin', by: staff.id, name: staff.name, flow, language };
    const item = await this.staffItem(entry, clientId, input);
    const { conversation } = await this.house.store.turns.accept(await this.hintOf(entry), item);
    const opened = await changeEntry(this.house, entry, ({ body, row: now }) =>
      now.conversation === conversation && body.flow === flow ? null : { conversation, body: { ...body, flow } },
    );
    return this.after(opened, conversation, item.id);
  }

  async answer(entry: string, staff: Staff, fields: FormAnswerFields): Promise<FormState | null> {
    const { row } = await openEntry(this.house, entry);
    const how = HOW[row.register];
    if (row.conversation === null || how === undefined) throw new DeskError('not_found');
    const input = await this.inputOf(entry, fields);
    await this.audit.wrote(staff, 'form.answered', entry);
    const { records, vault, ids, now } = this.house;
    const id = ids.next();
    const body: ItemBody = { v: 1, kind: 'message', messageId: fields.clientId, input, taken: { by: staff.id, how } };
    const dedupeKey = vault.hash('message', DESK, entry, fields.clientId);
    const sealed = await records.item.seal('', id, body);
    return this.put(entry, row.conversation, { id, kind: 'message', dedupeKey, sealed, at: now() });
  }

  async correct(
    entry: string,
    staff: Staff,
    { field, clientId }: { field: string; clientId: string },
  ): Promise<FormState | null> {
    const { row } = await openEntry(this.house, entry);
    if (row.conversation === null) throw new DeskError('not_found');
    await this.audit.wrote(staff, 'form.corrected', entry);
    const input: StaffInput = { kind: 'staff', act: 'correct', by: staff.id, name: staff.name, field };
    return this.put(entry, row.conversation, await this.staffItem(entry, clientId, input));
  }

  async keepFile(entry: string, _staff: Staff, name: string, bytes: Buffer): Promise<FileRef | FileRefused> {
    const { row } = await openEntry(this.house, entry);
    if (row.conversation === null) throw new DeskError('not_found');
    return this.house.files.keep(entry, name, bytes);
  }

  /** The entry stands for an address of its own: its id is the address, and the person's id at the desk. */
  private async hintOf(entry: string) {
    const { ids, records } = this.house;
    return {
      addressId: entry,
      conversationId: ids.next(),
      channel: DESK,
      account: DESK,
      addressKey: addressKeyOf(this.house, DESK, entry),
      sealed: await records.who.seal(entry, entry, { v: 1, user: entry, reply: {} }),
    };
  }

  private async staffItem(entry: string, clientId: string, input: StaffInput): Promise<NewItem> {
    const { records, vault, ids, now } = this.house;
    const id = ids.next();
    const sealed = await records.item.seal('', id, { v: 1, kind: 'within', input });
    return { id, kind: 'staff', dedupeKey: vault.hash('staff', DESK, entry, clientId), sealed, at: now() };
  }

  private async inputOf(entry: string, { text, choice, files = [] }: FormAnswerFields): Promise<PersonInput> {
    if ((text?.length ?? 0) > MOST_WORDS) throw new DeskError('too_long');
    if ((text ?? '').trim() === '' && choice === undefined && files.length === 0) throw new DeskError('invalid');
    const refs = await Promise.all(files.map((id) => this.ownFile(entry, id)));
    return {
      kind: 'message',
      ...(text !== undefined && { text }),
      ...(choice !== undefined && { choice }),
      ...(refs.length > 0 && { files: refs }),
    };
  }

  private async ownFile(entry: string, id: string): Promise<FileRef> {
    const row = await this.house.store.files.get(id);
    const file = row?.owner === entry ? await this.house.files.read(id) : null;
    if (!file) throw new DeskError('invalid');
    return file.ref;
  }

  private async put(entry: string, conversation: string, item: NewItem): Promise<FormState | null> {
    const accepted = await this.house.store.turns.put(conversation, item);
    return this.after(await openEntry(this.house, entry), conversation, accepted.item);
  }

  private async after(entry: OpenEntry, conversation: string, item: string): Promise<FormState | null> {
    await ring(this.house, 'conversation', conversation);
    await this.handled(conversation, item);
    return this.shown(entry);
  }

  /** Resolves when the item left the mailbox, or after a while. */
  private handled(conversation: string, item: string): Promise<void> {
    const { store, hints } = this.house;
    return new Promise((resolve) => {
      const end = () => {
        unsubscribe();
        clearInterval(timer);
        clearTimeout(patience);
        resolve();
      };
      const look = () =>
        void store.turns.items(conversation, LAST).then((items) => {
          if (!items.some(({ id }) => id === item)) end();
        }, end);
      const unsubscribe = hints.on('conversation', conversation, look);
      const timer = setInterval(look, LOOK_EVERY);
      const patience = setTimeout(end, PATIENCE);
      look();
    });
  }

  private async shown({ row: entry, body }: OpenEntry): Promise<FormState | null> {
    const { store, records, flows, now } = this.house;
    if (entry.conversation === null || body.flow === undefined) return null;
    // Looked at before the row: nothing waiting then means that the row shows everything that was said.
    const busy = (await store.turns.items(entry.conversation, 1)).length > 0;
    const row = await store.turns.conversation(entry.conversation);
    if (!row) return null;
    const record = await records.sessionOf(row);
    const standing = record && (await flows.of(record.session));
    const session = standing?.session;
    const form = standing && session ? formOf(standing.prepared, session, now()) : null;
    // After its end a flow leads to the menu or a rating: those are no forms.
    const filing = (await this.flows()).some(({ id }) => id === form?.flow);
    const between = session !== undefined && session !== null && (session.pending ?? session.hold) !== undefined;
    const view = filing && !between && form?.question ? form : null;
    const last = await this.lastTurn(row);
    const submissions = await store.cases.submissionsOf(row.address);
    return {
      flow: view?.flow ?? body.flow,
      language: row.language ?? this.house.texts.languages[0] ?? 'ar',
      busy,
      view,
      between,
      said: last.map(({ text }) => text),
      offered: last.at(-1)?.options ?? [],
      filed: submissions.map(({ number, kind }) => ({ number, grouped: groupCaseNumber(number), kind })),
    };
  }

  /** What the flow said last, as of that row: the messages of one turn bear one time. A turn that came meanwhile is not mixed in. */
  private async lastTurn(row: Conversation): Promise<MessageBody[]> {
    const listed = await this.house.store.messages.list(row.id, Math.max(0, row.seq - LAST), LAST);
    const messages = listed.filter(({ seq }) => seq <= row.seq);
    const at = messages.findLast(({ direction }) => direction === 'out')?.at;
    const of = (message: Message) => message.direction === 'out' && message.at === at && message.sealed.length > 0;
    return Promise.all(
      messages.filter(of).map(({ id, sealed }) => this.house.records.message.open(row.address, id, sealed)),
    );
  }
}
