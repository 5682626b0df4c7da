// Questions that were not answered well, as a turn writes them down: masked, without anything that leads to the person.
import { plain } from '../engine/text/normalise.js';
import type { Prepared, PreparedFlow } from '../engine/prepare.js';
import type { Effect, Found, Frame, Session } from '../engine/types.js';
import { maskQuestion, words } from '../inquiries/index.js';
import type { NewQuestion } from '../store/contract.js';
import type { Plan } from './commit.js';
import { monthOf } from './dates.js';
import { DESK } from './desk-channel.js';
import type { House } from './house.js';

/** What the person asked last, as the session keeps it for a few turns: whoever asks for staff then asked them this. */
export interface AskedBefore {
  /** Masked. */
  text: string;
  outcome: 'answered' | 'unsure' | 'none';
  /** Turns of the person since. */
  turns: number;
}

/** After so many further turns a call for staff is about something else. */
const MOST_TURNS = 3;
/** Whoever types a single word at the menu asks nothing. */
const FEWEST_WORDS = 2;

/** What the turn leaves of a question; both empty where questions are not learned from. */
export interface Asked {
  questions: NewQuestion[];
  /** For the session. */
  asked?: AskedBefore;
}

export async function askedIn(house: House, plan: Plan): Promise<Asked> {
  const { played, body, row } = plan;
  const before = played.before?.asked;
  if (!house.isWord || row.channel === DESK || !body) return { questions: [] };
  const unhelpful = isUnhelpful(plan) ? before : undefined;
  if (unhelpful) return { questions: [await written(house, plan, 'unhelpful', unhelpful.text)] };
  if (isDelicate(plan)) return { questions: [] };
  const now = questionOf(house, plan);
  if (played.result.read.class === 'sensitive') return { questions: [], ...forNextWords(plan, now) };
  const handed = handedOver(played.result.effects, before);
  const found = handed ?? (now && kindOf(now));
  const questions = found ? [await written(house, plan, found.kind, found.text)] : [];
  if (handed) return { questions };
  return { questions, ...next(plan, now) };
}

/** For the engine: whether the question of the turn before is put before staff when its answer did not help. */
export function askedFor(before: AskedBefore | undefined): Record<string, Found> {
  return before?.outcome === 'answered' && before.turns === 0 ? { asked: { outcome: before.outcome } } : {};
}

/** Of what is asked in a form with a confidential question nothing is kept. */
export function asksConfidential({ flows }: Prepared, sessions: readonly (Session | null | undefined)[]): boolean {
  const frames = sessions.flatMap((session) => session?.stack ?? []);
  return frames.some(({ flow }) =>
    [...(flows.get(flow)?.questions.values() ?? [])].some((one) => one.class === 'confidential'),
  );
}

function isUnhelpful({ played }: Plan): boolean {
  return played.result.effects.some(({ kind }) => kind === 'unhelpful') && played.record.given['asked'] !== undefined;
}

/** Danger, fraud, other rules, and forms that ask anything confidential: nothing of it is kept. */
function isDelicate({ played }: Plan): boolean {
  const { record, result, prepared } = played;
  const rule = record.given['rule']?.outcome;
  if (rule !== undefined && rule !== 'person') return true;
  if (result.effects.some(({ kind }) => kind === 'danger' || kind === 'fraud')) return true;
  return result.read.class === 'confidential' || asksConfidential(prepared, [played.before?.session, result.session]);
}

/** Words at a sensitive question may be its answer: only what was dealt with as a question, and only until the person's next words. */
function forNextWords(plan: Plan, now: Now | undefined): { asked?: AskedBefore } {
  if (now) return plan.played.result.read.as === 'question' ? { asked: { ...now, turns: 0 } } : {};
  const asked = pickedFor(plan);
  return asked ? { asked } : {};
}

/** The question before, when one of the articles that it may have meant was picked and given. */
function pickedFor({ played }: Plan): AskedBefore | undefined {
  const asked = played.before?.asked;
  const given = Object.entries(played.record.given).some(
    ([key, { outcome }]) => key.startsWith(PICKED) && outcome === 'answered',
  );
  return asked && given ? { ...asked, outcome: 'answered', turns: 0 } : undefined;
}

type Now = Pick<AskedBefore, 'text' | 'outcome'>;

/** The question that was looked up in this turn and dealt with as one; free text that was filed as an answer is none. */
function questionOf(house: House, plan: Plan): Now | undefined {
  const { record, result, prepared } = plan.played;
  const looked = Object.entries(record.given).flatMap(([key, { outcome }]) => {
    const text = key.startsWith(ARTICLES) ? questionIn(key.slice(ARTICLES.length)) : undefined;
    const known = outcome === 'answered' || outcome === 'unsure' || outcome === 'none';
    return text === undefined || !known ? [] : [{ text, outcome } as const];
  });
  const [first] = looked;
  const { as, flow, step } = result.read;
  if (!first || words(first.text).length < FEWEST_WORDS) return undefined;
  const atMenu = flow === undefined || flow === prepared.set.start;
  const dealtWith =
    as === 'question' ||
    ((as === 'wrong' || as === 'start') && atMenu) ||
    (as === 'answer' && feeds(prepared.flows.get(flow ?? ''), step));
  if (!dealtWith) return undefined;
  return {
    text: maskQuestion(first.text, { names: namesOf(plan), isWord: house.isWord ?? (() => false) }),
    outcome: first.outcome,
  };
}

const ARTICLES = 'articles ';
const PICKED = `${ARTICLES}{"article":`;

function questionIn(parameters: string): string | undefined {
  const { question } = JSON.parse(parameters) as { question?: string };
  return question === undefined || question.trim() === '' ? undefined : question;
}

/** Whether what is answered at the step is looked up among the articles. */
function feeds(flow: PreparedFlow | undefined, step: string | undefined): boolean {
  const steps = flow?.flow.steps ?? [];
  return steps.some(
    (one) => one.kind === 'look_up' && one.what === 'articles' && Object.values(one.with ?? {}).includes(step ?? ''),
  );
}

/** The name that the channel gives, and those that the person filed in answers of any run. */
function namesOf({ body, played }: Plan): string[] {
  const { before, prepared, result } = played;
  const sessions = [before?.session, result.session].filter((one) => one !== undefined);
  const frames = sessions.flatMap(({ stack, parked }) => [...stack, ...(parked ?? []).flat()]);
  const given = frames.flatMap((frame) => namesIn(frame, prepared.flows.get(frame.flow)));
  const profile = [before?.name, body?.kind === 'message' ? body.name : undefined];
  return [...given, ...profile.filter((name) => name !== undefined)];
}

function namesIn({ answers, ahead }: Frame, flow: PreparedFlow | undefined): string[] {
  return Object.entries({ ...answers, ...ahead }).flatMap(([name, value]) => {
    const step = flow?.questions.get(name);
    return step?.kind === 'ask' && step.answer === 'name' && typeof value === 'string' ? [value] : [];
  });
}

function handedOver(
  effects: readonly Effect[],
  before: AskedBefore | undefined,
): { kind: NewQuestion['kind']; text: string } | undefined {
  const handoff = effects.find((effect) => effect.kind === 'handoff');
  if (!before || !handoff || handoff.reason === 'repeating' || handoff.reason === 'failure') return undefined;
  const unhelpful = before.outcome === 'answered' && handoff.reason === 'flow';
  return { kind: unhelpful ? 'unhelpful' : 'handed_off', text: before.text };
}

function kindOf({ text, outcome }: Now): { kind: NewQuestion['kind']; text: string } | undefined {
  return outcome === 'answered' ? undefined : { kind: outcome === 'unsure' ? 'unsure' : 'unanswered', text };
}

/** What stays in the session: the newest question, or the one before for a few turns more. */
function next(plan: Plan, now: Now | undefined): { asked?: AskedBefore } {
  const { body, played } = plan;
  const picked = pickedFor(plan);
  if (now) return { asked: { ...now, turns: 0 } };
  if (picked) return { asked: picked };
  const asked = played.before?.asked;
  if (!asked || body?.kind !== 'message') return asked ? { asked } : {};
  const filed = played.result.effects.some(({ kind }) => kind === 'submission');
  return filed || asked.turns >= MOST_TURNS ? {} : { asked: { ...asked, turns: asked.turns + 1 } };
}

async function written(house: House, { played }: Plan, kind: NewQuestion['kind'], text: string): Promise<NewQuestion> {
  const id = house.ids.unlinked();
  return {
    id,
    kind,
    language: played.result.session.language,
    month: monthOf(played.record.now, house.charity.zone),
    key: house.vault.hash('question', plain(text)),
    sealed: await house.records.question.seal('', id, { v: 1, text }),
  };
}
