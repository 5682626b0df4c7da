// What the registers and forms of the desk hand to staff and take from them: plain JSON, passed through by the console's API.
import type { FormView } from '../engine/form-types.js';
import type { FileRef, Language, Option } from '../engine/types.js';
import type { RegisterName as Register } from '../store/contract.js';
import type { Staff } from './desk-types.js';

/** A day as it was written: on a letter, in a form. */
export interface WrittenDay {
  /** `YYYY-MM-DD` in `calendar`. */
  iso: string;
  calendar: 'hijri' | 'gregorian';
}

export interface EntryQuery {
  register: Register;
  /** Only what still waits for somebody. */
  open?: boolean;
  state?: string;
  /** A name or its beginning, a phone, an ID, a case number, or an entry's own number. */
  search?: string;
  /** 1 to 200. */
  limit: number;
  /** An entry's id: the page below it. */
  before?: string;
}

export interface EntryLine {
  id: string;
  register: Register;
  year: number;
  number: number;
  state: string;
  dueAt: number | null;
  at: number;
  changedAt: number;
  /** Staff id, or `system`. */
  by: string;
  name: string;
  subject: string;
  caseNumber: string | null;
  version: number;
}

export interface EntryEvent {
  at: number;
  by: string;
  state: string;
  dueAt?: number;
  note?: string;
}

/** A letter that answers, or is answered. */
export type LetterLine = Pick<EntryLine, 'id' | 'register' | 'year' | 'number' | 'subject'>;

export interface EntryDetail extends EntryLine {
  phone: string;
  /** When the person would like it, in the words of the flow's choices. */
  wish: string;
  note: string;
  /** The day on the letter, or the day it came; null where none was written down. */
  day: WrittenDay | null;
  /** The sender's own number. */
  theirs: string;
  files: FileRef[];
  events: EntryEvent[];
  next: string[];
  /** The conversation of its form. */
  conversation: string | null;
  answers: LetterLine | null;
  answeredBy: LetterLine | null;
  /** Channels of the person that are linked with it. */
  linked: string[];
  /** Whether words about its case reach the person. */
  reached: boolean;
}

/** A code by which the person links the entry with a conversation of theirs. */
export interface EntryCode {
  /** In two groups of four digits; nobody can read it again. */
  code: string;
  expiresAt: number;
  /** Our channels and where they are, one on each line. */
  places: string;
}

export interface NewEntryFields {
  register: Register;
  state?: string;
  dueAt?: number;
  name: string;
  phone?: string;
  subject: string;
  note?: string;
  day?: WrittenDay;
  theirs?: string;
  caseNumber?: string;
  /** The incoming letter that it answers. */
  answers?: string;
}

export interface EntryMove {
  to: string;
  /** Of a state that names one. */
  dueAt?: number;
  note?: string;
  /** Words to the person, said in the conversation of the entry's case. */
  tell?: string;
}

export interface EntryCounts {
  register: Register;
  open: number;
  all: number;
}

/** A flow that staff can fill in for a person. */
export interface FormFlow {
  id: string;
}

export interface FiledCase {
  number: string;
  grouped: string;
  kind: string;
}

/** What a form looks like now. */
export interface FormState {
  flow: string;
  language: Language;
  /** True while something that was sent has not been handled: look again. */
  busy: boolean;
  /** Null: the flow is over, or something was asked in between. */
  view: FormView | null;
  /** Something was asked in between: `offered` says how to go on. */
  between: boolean;
  /** The flow's words since the last answer, to be read to the person. */
  said: string[];
  /** Options that stand below them. */
  offered: Option[];
  /** Numbers that were given out in this form. */
  filed: FiledCase[];
}

export interface FormAnswerFields {
  clientId: string;
  text?: string;
  choice?: string;
  files?: string[];
}

/** A refusal to keep a file: a key under `edge.` in flows/texts. */
export interface FileRefused {
  refused: string;
  values?: Record<string, string | number>;
}

/** What staff do with the registers. Every read and write is audited; all methods reject with DeskError. */
export interface RegisterContract {
  /** Registers that this charity keeps: letters only where its policy has them. */
  registers(): Promise<Register[]>;
  list(query: EntryQuery, staff: Staff): Promise<EntryLine[]>;
  counts(): Promise<EntryCounts[]>;
  read(id: string, staff: Staff): Promise<EntryDetail>;
  /** `clientId` makes it happen once. */
  add(fields: NewEntryFields, staff: Staff, clientId: string): Promise<EntryDetail>;
  move(id: string, staff: Staff, version: number, move: EntryMove): Promise<EntryDetail>;
  /** Entries of a case, newest first. */
  ofCase(number: string, staff: Staff): Promise<EntryLine[]>;
  /** A scan, checked like every file of a person, added to the entry. */
  addFile(id: string, staff: Staff, name: string, bytes: Buffer): Promise<EntryDetail | FileRefused>;
  /** For whoever was at the desk to write in a channel of theirs. `conflict`: too many were made within the hour. */
  code(id: string, staff: Staff, language: Language): Promise<EntryCode>;
  /** A code that the person was shown in a conversation of theirs, read out at the desk. `invalid`: it is good for nothing. */
  link(id: string, staff: Staff, code: string, clientId: string): Promise<EntryDetail>;
  /** Destroys the entry's words; its number stays spent. Administrators only; an entry with a case goes with its person. */
  erase(id: string, staff: Staff): Promise<void>;
}

/** Forms: the same flows, filled by staff for a person before them. Rejects with DeskError. */
export interface FormContract {
  flows(): Promise<FormFlow[]>;
  /** Null when nothing was begun for this entry. */
  state(entry: string, staff: Staff): Promise<FormState | null>;
  begin(
    entry: string,
    staff: Staff,
    what: { flow: string; language: Language; clientId: string },
  ): Promise<FormState | null>;
  answer(entry: string, staff: Staff, fields: FormAnswerFields): Promise<FormState | null>;
  correct(entry: string, staff: Staff, what: { field: string; clientId: string }): Promise<FormState | null>;
  keepFile(entry: string, staff: Staff, name: string, bytes: Buffer): Promise<FileRef | FileRefused>;
}
