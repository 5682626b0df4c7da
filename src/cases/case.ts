// A case as it is decided and how it evolves: pure functions over events.
import type { ConsentGiven, FileRef, Language, ShownAnswer } from '../engine/types.js';

/** Where a case stands. Texts for people: `status.<status>`, of cases that are no requests for aid `status.other.<status>`. */
export type CaseStatus =
  | 'submitted'
  | 'incomplete'
  | 'under_research'
  | 'committee'
  | 'approved'
  | 'partly_approved'
  | 'declined'
  | 'deferred'
  | 'in_service'
  | 'closed'
  | 'withdrawn';

/** What a person filed: the first event carries it whole. */
export interface Filed {
  kind: string;
  run: string;
  flow: string;
  language: Language;
  shown: ShownAnswer[];
  consent?: ConsentGiven;
  declaration?: { version: string; name: string; digest: string };
  files: FileRef[];
  /** Who of the staff took it down for the person, and how the person said it; absent when the person filed it. */
  taken?: Taken;
}

export interface Taken {
  by: string;
  how: 'interview' | 'phone' | 'letter';
  at: number;
}

export type CaseEvent =
  | { type: 'opened'; at: number; by: string; filed: Filed }
  | { type: 'status_changed'; at: number; by: string; from: CaseStatus; to: CaseStatus; note?: string; reason?: string }
  | { type: 'note_added'; at: number; by: string; text: string }
  | { type: 'assigned'; at: number; by: string; assignee: string | null }
  | { type: 'message_sent'; at: number; by: string; text: string; clientId: string };

export type CaseCommand =
  | { do: 'open'; filed: Filed }
  | { do: 'change_status'; to: CaseStatus; note?: string; reason?: string }
  | { do: 'add_note'; text: string }
  | { do: 'assign'; assignee: string | null }
  | { do: 'send_message'; text: string; clientId: string };

/** What a case is after its events; `null` before the first. */
export interface Case {
  status: CaseStatus;
  assignedTo: string | null;
  openedAt: number;
  changedAt: number;
  version: number;
  filed: Filed;
  /** Client ids of messages to the person, so that none is sent twice. */
  sent: readonly string[];
}

/** Why a command changes nothing: `unchanged` is harmless, the others are the caller's mistake. */
export type Refusal = 'exists' | 'not_open' | 'not_allowed' | 'unchanged' | 'empty';

/** The events that a command causes, or why it causes none. */
export function decide(command: CaseCommand, state: Case | null, at: number, by: string): CaseEvent[] | Refusal {
  if (command.do === 'open') return state ? 'exists' : [{ type: 'opened', at, by, filed: command.filed }];
  if (!state) return 'not_open';
  switch (command.do) {
    case 'change_status':
      return changeStatus(command, state, at, by);
    case 'add_note':
      return command.text.trim() === '' ? 'empty' : [{ type: 'note_added', at, by, text: command.text }];
    case 'assign':
      if (command.assignee === state.assignedTo) return 'unchanged';
      return [{ type: 'assigned', at, by, assignee: command.assignee }];
    case 'send_message':
      if (command.text.trim() === '') return 'empty';
      if (state.sent.includes(command.clientId)) return 'unchanged';
      return [{ type: 'message_sent', at, by, text: command.text, clientId: command.clientId }];
  }
}

/** The case after one more event. */
export function evolve(state: Case | null, event: CaseEvent): Case {
  if (event.type === 'opened') {
    const { filed, at } = event;
    return { status: 'submitted', assignedTo: null, openedAt: at, changedAt: at, version: 1, filed, sent: [] };
  }
  if (!state) throw new Error(`event ${event.type} before opened`);
  const next: Case = { ...state, version: state.version + 1, changedAt: event.at };
  if (event.type === 'status_changed') return { ...next, status: event.to };
  if (event.type === 'assigned') return { ...next, assignedTo: event.assignee };
  if (event.type === 'message_sent') return { ...next, sent: [...state.sent, event.clientId] };
  return next;
}

/** Folds events from the first on; null for none. */
export function replay(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>(evolve, null);
}

/** Where a status may go from here. Decisions are the committee's or research's; what is settled can be reopened (an appeal). */
export const TRANSITIONS: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  submitted: ['incomplete', 'under_research', 'committee', 'withdrawn', 'closed'],
  incomplete: ['submitted', 'under_research', 'withdrawn', 'closed'],
  under_research: [
    'incomplete',
    'committee',
    'approved',
    'partly_approved',
    'declined',
    'deferred',
    'withdrawn',
    'closed',
  ],
  committee: ['incomplete', 'under_research', 'approved', 'partly_approved', 'declined', 'deferred', 'withdrawn'],
  approved: ['in_service', 'closed', 'withdrawn'],
  partly_approved: ['under_research', 'in_service', 'closed', 'withdrawn'],
  declined: ['under_research', 'closed'],
  deferred: ['incomplete', 'under_research', 'committee', 'withdrawn', 'closed'],
  in_service: ['closed', 'withdrawn'],
  closed: ['under_research'],
  withdrawn: ['under_research', 'closed'],
};

const DECISIONS: readonly CaseStatus[] = ['approved', 'partly_approved', 'declined', 'deferred'];

/** Whether a status is a decision of the committee. */
export function isDecision(status: CaseStatus): boolean {
  return DECISIONS.includes(status);
}

/** Requests for aid: what the committee decides. Everything else is answered by staff. */
export const AID_REQUEST = 'aid-request';

/** What stands for `<status>` in the texts of a case of this kind: complaints, calls and the like go to no committee. */
export function statusWord(kind: string, status: string): string {
  return kind === AID_REQUEST ? status : `other.${status}`;
}

/** Whether a word is a status, for values that come from outside. */
export function isStatus(word: string): word is CaseStatus {
  return Object.hasOwn(TRANSITIONS, word);
}

/**
 * The policy's least time for a decision: the answer comes in "a period of not less than two weeks", so a date before which nobody
 * should wait for it; never a promise, and never a bar to deciding sooner.
 */
export function notBefore(openedAt: number, decisionMinDays: number): number {
  return openedAt + decisionMinDays * 86_400_000;
}

type StatusCommand = Extract<CaseCommand, { do: 'change_status' }>;

function changeStatus(command: StatusCommand, state: Case, at: number, by: string): CaseEvent[] | Refusal {
  if (command.to === state.status) return 'unchanged';
  if (!TRANSITIONS[state.status].includes(command.to)) return 'not_allowed';
  const note = words('note', command.note);
  const reason = words('reason', command.reason);
  return [{ type: 'status_changed', at, by, from: state.status, to: command.to, ...note, ...reason }];
}

function words<Name extends 'note' | 'reason'>(name: Name, text: string | undefined): Partial<Record<Name, string>> {
  const part: Partial<Record<Name, string>> = {};
  if (text !== undefined && text.trim() !== '') part[name] = text;
  return part;
}
