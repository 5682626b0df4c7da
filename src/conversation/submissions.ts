// Turns a submission into its case, however often it is asked to.
import { decide, evolve, type CaseEvent, type Filed } from '../cases/case.js';
import { shorten } from '../engine/text/shorten.js';
import type { ShownAnswer } from '../engine/types.js';
import { searchKeys } from '../privacy/search-keys.js';
import type { CaseRow, Submission } from '../store/contract.js';
import { aboutOf } from './about.js';
import { enterCase } from './case-entries.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import type { CaseSummary, SubmissionBody } from './records.js';
import { searchTools, valuesOf } from './search-facts.js';

/** Handles the submission's bell. Rejects when it is to be tried again; staff hear of one that keeps failing. */
export async function openCase(house: House, number: string): Promise<void> {
  const submission = await house.store.cases.submission(number);
  if (!submission || submission.handledAt !== null) return;
  try {
    await open(house, submission);
  } catch (error) {
    const { conversation } = submission;
    const notice = {
      id: `case_not_opened.${number}`,
      kind: 'quarantined' as const,
      conversation,
      caseNumber: number,
      at: house.now(),
    };
    if (await house.store.notices.add(notice)) house.hints.give('notice', notice.id);
    house.log('case.not_opened', { reason: codeOf(error) });
    throw error;
  }
}

async function open(house: House, submission: Submission): Promise<void> {
  const { number, address, conversation, sealed } = submission;
  const body = await house.records.submission.open(address, number, sealed);
  const facts = { 'sila.conversation': conversation };
  await house.traces.span('case', { from: body.trace, facts }, () => openFrom(house, submission, body));
}

async function openFrom(house: House, submission: Submission, body: SubmissionBody): Promise<void> {
  const { number, address, conversation, kind, at } = submission;
  const events = decide({ do: 'open', filed: filedOf(kind, body) }, null, at, 'system') as CaseEvent[];
  const state = events.reduce<ReturnType<typeof evolve> | null>(evolve, null);
  // Before the row: a case never names a file that its key cannot open. Attaching twice is harmless.
  for (const file of body.files) await house.files.attach(file.id, number);
  await enterCase(house, submission, body);
  const row: CaseRow = {
    number,
    kind,
    status: state?.status ?? 'submitted',
    version: events.length,
    conversation,
    address,
    assignedTo: null,
    openedAt: at,
    changedAt: at,
    sealed: await house.records.summary.seal(number, number, summaryOf(body)),
  };
  const sealed = await Promise.all(events.map((event, index) => sealEvent(house, number, index + 1, event)));
  const notice = {
    id: `new_case.${number}`,
    kind: 'new_case' as const,
    conversation,
    caseNumber: number,
    at: house.now(),
  };
  const opened = await house.store.cases.open(row, sealed, indexOf(house, number, body), notice);
  if (!opened) return;
  house.hints.give('case', number);
  house.hints.give('notice', notice.id);
}

/** An event as it is stored: clear type, time and author, the rest under the case's key. */
export async function sealEvent(house: House, number: string, version: number, event: CaseEvent) {
  const sealed = await house.records.event.seal(number, `${number}:${version}`, { v: 1, event });
  return { version, type: event.type, at: event.at, by: event.by, sealed };
}

function filedOf(kind: string, body: SubmissionBody): Filed {
  const { run, flow, language, shown, consent, declaration, files, taken } = body;
  const filed = { kind, run, flow, language, shown, files };
  return { ...filed, ...(consent && { consent }), ...(declaration && { declaration }), ...(taken && { taken }) };
}

function summaryOf(body: SubmissionBody): CaseSummary {
  const { shown, language, declaration } = body;
  const open = shown.filter((answer) => answer.class !== 'confidential');
  const name = declaration?.name ?? open.find(({ type }) => type === 'name')?.value ?? '';
  // The look-up asks for the applicant's digits; theirs is the first ID of a request.
  const lastFour = valuesOf(body, 'saudi_id')[0]?.slice(-4) ?? '';
  return { v: 1, name, need: needOf(open), language, lastFour };
}

/** The first choice (the kind of what is asked for), else the first words. */
function needOf(shown: readonly ShownAnswer[]): string {
  const answer = shown.find(({ type }) => type === 'choice') ?? shown.find(({ type }) => type === 'text');
  return shorten(answer?.value ?? '');
}

function indexOf(house: House, number: string, body: SubmissionBody): string[] {
  const facts = {
    names: valuesOf(body, 'name'),
    phones: valuesOf(body, 'phone'),
    ids: valuesOf(body, 'saudi_id'),
    caseNumber: number,
  };
  const about = aboutOf(body.shown);
  return [...searchKeys(facts, searchTools(house)), ...(about ? [aboutKey(house, about.number)] : [])];
}

/** By which the cases about a case are found. */
export function aboutKey(house: Pick<House, 'vault'>, number: string): string {
  return house.vault.hash('about', number);
}
