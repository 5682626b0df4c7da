// What exact rules and the ears beside them know a person's words to be, for the engine; and the codes that nobody should keep.
import { isCodeUnasked } from '../engine/read/code.js';
import type { Prepared } from '../engine/prepare.js';
import type { Found, Frame, Input } from '../engine/types.js';
import { excusedFrom, hideCodes, hideNamedCodes, readRules, withDigits } from '../inquiries/index.js';
import type { PhraseKind, Ruled } from '../inquiries/index.js';
import type { House } from './house.js';
import type { ItemBody, SessionRecord } from './records.js';

/** Where the engine looks for rule and danger among what it is given; recorded with the turn. */
const KEY = 'rule';
const DANGER = 'danger';
/** Known by exact words, or heard by an ear that doubts nothing. */
const SURE = { sure: 'yes' } as const;
/** What shows how the request with a number stands. */
const STATUS_FLOW = 'case-status';
/** What it is answered by somebody who has a number. */
const HAS_NUMBER = 'number';

/** Rules whose words say what they are for, so that a doubt about danger is none. A cry may well ask for a human, or insult. */
const SAY_WHAT_FOR: ReadonlySet<string> = new Set<PhraseKind>(['fraud', 'medical-advice', 'opt-out']);

/** What of the house hears. */
type Hearing = { readonly finder: Pick<House['finder'], 'danger' | 'ruled'> } & Pick<House, 'rules'>;

/** The rule that the words fall under and the danger that they sound like, as the engine is given them. */
export function ruleFor(house: Hearing, input: Input): Record<string, Found> {
  if (input.kind !== 'message' || input.choice !== undefined || !input.text) return {};
  // A code that was taken out is a number all the same.
  const text = withDigits(input.text);
  const exact = house.rules ? readRules(text, house.rules) : null;
  return { ...dangerHeard(house, text, exact), ...ruleIn(house, text, exact) };
}

/** The danger that the words sound like. What is heard faintly yields to a rule that says what they are for. */
function dangerHeard({ finder }: Hearing, text: string, exact: Ruled | null): Record<string, Found> {
  const danger = finder.danger?.(text);
  if (!danger || (danger.faint && exact && SAY_WHAT_FOR.has(exact.kind))) return {};
  return { [DANGER]: { outcome: danger.kind, ...(danger.sure && { values: SURE }) } };
}

/** An exact rule; where there is none, the rule that the words sound like, unless exact words excuse them from it. */
function ruleIn({ rules, finder }: Hearing, text: string, exact: Ruled | null): Record<string, Found> {
  if (exact?.kind === 'case-number')
    return {
      [KEY]: { outcome: exact.kind, values: { number: exact.number, flow: STATUS_FLOW, choice: HAS_NUMBER } },
    };
  if (exact) return { [KEY]: { outcome: exact.kind, values: SURE } };
  const kind = finder.ruled?.(text);
  if (kind === undefined || (rules && excusedFrom(kind, text, rules))) return {};
  // Opting out takes something away: who only sounds like it is asked first.
  return { [KEY]: { outcome: kind === 'opt-out' ? 'perhaps-opt-out' : kind } };
}

/** The message without a code that somebody was talked into sending, or sends by mistake. A code of ours that we asked for stays. */
export async function withoutCodes<Body extends ItemBody | null>(
  house: House,
  body: Body,
  before: SessionRecord | null,
): Promise<Body> {
  if (body?.kind !== 'message' || body.input.choice !== undefined) return body;
  const { text = '' } = body.input;
  const rule = ruleFor(house, body.input)[KEY];
  const fraud = rule?.outcome === 'fraud';
  const hidden = fraud ? hideCodes(text) : hideNamedCodes(text);
  if (hidden === text) return body;
  const place = await placeOf(house, before);
  if (awaitsCode(place, text, fraud)) return body;
  // What only sounds like fraud may be a need with the codes of its bookings: what is hidden of it is gone for good.
  const surely = fraud && rule.values?.['sure'] === 'yes';
  const kept = !surely && isTold(place) ? hideNamedCodes(text, { told: true }) : hidden;
  return kept === text ? body : { ...body, input: { ...body.input, text: kept } };
}

/** Where the conversation stands; staff who have it are asked nothing. */
interface Place {
  readonly prepared: Prepared;
  readonly stack: readonly Frame[];
  readonly held: boolean;
}

async function placeOf(house: House, before: SessionRecord | null): Promise<Place> {
  const { prepared, session } = await house.flows.of(before?.session ?? null);
  return { prepared, stack: session?.stack ?? [], held: session?.hold !== undefined };
}

/** What the waiting question takes, if it takes no choice. */
function answerAt({ prepared, stack }: Place): string | undefined {
  const frame = stack.at(-1);
  const step = frame && prepared.flows.get(frame.flow)?.steps.get(frame.step);
  return step?.kind === 'ask' ? step.answer : undefined;
}

/** Whether the engine takes the digits for an answer: a code that it asked for, or one of ours told unasked; of no fraud also the end of an ID. */
function awaitsCode(place: Place, text: string, fraud: boolean): boolean {
  if (place.held) return false;
  const answer = answerAt(place);
  const here = place.stack.at(-1)?.flow;
  return answer === 'code' || (answer === 'last_four' && !fraud) || isCodeUnasked(place.prepared, here, text);
}

/** At a question for free words whose flow, or one that called it, files what it is told. */
function isTold(place: Place): boolean {
  if (place.held || answerAt(place) !== 'text') return false;
  return place.stack.some(({ flow }) =>
    place.prepared.flows.get(flow)?.flow.steps.some(({ kind }) => kind === 'submit'),
  );
}
