// Small makers of rows, so that a test names only what it is about.
import type {
  AddressHint,
  CaseRow,
  NewCaseEvent,
  NewCode,
  NewEntry,
  NewItem,
  NewMessage,
  NewNotice,
  NewSubmission,
  Store,
  TurnCommit,
  UploadTicket,
} from '../../src/store/contract.js';

export const bytes = (text: string) => new Uint8Array(Buffer.from(text));

export function hintOf(person: string, more: Partial<AddressHint> = {}): AddressHint {
  return {
    addressId: `address-${person}`,
    conversationId: `conversation-${person}`,
    channel: 'website',
    account: 'main',
    addressKey: `key-${person}`,
    sealed: bytes(`who ${person}`),
    ...more,
  };
}

export function itemOf(id: string, more: Partial<NewItem> = {}): NewItem {
  return { id, kind: 'message', dedupeKey: `dedupe-${id}`, sealed: bytes(`item ${id}`), at: 1_000, ...more };
}

export function messageOf(id: string, more: Partial<NewMessage> = {}): NewMessage {
  return {
    id,
    direction: 'out',
    author: 'bot',
    class: 'personal',
    state: 'queued',
    run: null,
    providerKey: null,
    at: 2_000,
    expiresAt: null,
    sealed: bytes(`message ${id}`),
    ...more,
  };
}

export function submissionOf(number: string, more: Partial<NewSubmission> = {}): NewSubmission {
  return {
    number,
    run: `run-${number}`,
    kind: 'case/aid-request',
    at: 2_000,
    sealed: bytes(`answers ${number}`),
    ...more,
  };
}

export function noticeOf(id: string, more: Partial<NewNotice> = {}): NewNotice {
  return { id, kind: 'new_case', conversation: null, caseNumber: null, at: 2_000, ...more };
}

export function turnOf(
  turn: string,
  conversation: string,
  fence: number,
  item: string,
  more: Partial<TurnCommit> = {},
): TurnCommit {
  return {
    turn,
    conversation,
    fence,
    item,
    at: 2_000,
    patch: {},
    messages: [],
    submissions: [],
    ratings: [],
    notices: [],
    record: bytes(`record ${turn}`),
    ...more,
  };
}

export function caseOf(number: string, more: Partial<CaseRow> = {}): CaseRow {
  return {
    number,
    kind: 'case/aid-request',
    status: 'received',
    version: 1,
    conversation: 'conversation-a',
    address: 'address-a',
    assignedTo: null,
    openedAt: 3_000,
    changedAt: 3_000,
    sealed: bytes(`case ${number}`),
    ...more,
  };
}

export function entryOf(id: string, more: Partial<NewEntry> = {}): NewEntry {
  return {
    id,
    register: 'visits',
    year: 1448,
    state: 'asked',
    dueAt: null,
    at: 3_000,
    by: 'staff-1',
    origin: null,
    caseNumber: null,
    conversation: null,
    answers: null,
    sealed: bytes(`entry ${id}`),
    ...more,
  };
}

export function eventOf(version: number, more: Partial<NewCaseEvent> = {}): NewCaseEvent {
  return { version, type: 'opened', at: 3_000, by: 'system', sealed: bytes(`event ${version}`), ...more };
}

export function codeOf(id: string, person: string, more: Partial<NewCode> = {}): NewCode {
  const member = { kind: 'address' as const, id: `address-${person}` };
  return { id, codeKey: `key-${id}`, member, at: 1_000, expiresAt: 2_000, ...more };
}

export function ticketOf(
  tokenKey: string,
  person: string,
  more: Partial<UploadTicket> = {},
): Omit<UploadTicket, 'usedAt'> {
  const { usedAt: _usedAt, ...ticket } = { usedAt: null, ...more };
  return {
    ...{ tokenKey, conversation: `conversation-${person}`, run: 'r1', step: 'report', at: 1_000, expiresAt: 2_000 },
    ...ticket,
  };
}

/** Accepts one item of a person, takes the conversation and commits a turn over it. Returns the fence. */
export async function speak(store: Store, person: string, id: string, more: Partial<TurnCommit> = {}): Promise<number> {
  const { conversation } = await store.turns.accept(hintOf(person), itemOf(id));
  const taken = await store.turns.take(conversation, 'worker', 1_000, 9_000);
  if (!taken) throw new Error('the conversation is taken');
  const { result } = await store.turns.commit(turnOf(`turn-${id}`, conversation, taken.fence, id, more));
  if (result !== 'committed') throw new Error(result);
  return taken.fence;
}
