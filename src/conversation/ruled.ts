// What exact rules and the ears beside them know a person's words to be, for the engine; and the codes that nobody should keep.
import type { Found, Input } from '../engine/types.js';
import { hideCodes, readRules } from '../inquiries/index.js';
import type { House } from './house.js';
import type { ItemBody, SessionRecord } from './records.js';

/** Where the engine looks for rule and danger among what it is given; recorded with the turn. */
const KEY = 'rule';
const DANGER = 'danger';
/** What shows how the request with a number stands. */
const STATUS_FLOW = 'case-status';
/** What it is answered by somebody who has a number. */
const HAS_NUMBER = 'number';

/** What of the house hears. */
type Hearing = { readonly finder: Pick<House['finder'], 'danger' | 'ruled'> } & Pick<House, 'rules'>;

/** The rule that the words fall under and the danger that they sound like, as the engine is given them. */
export function ruleFor(house: Hearing, input: Input): Record<string, Found> {
  if (input.kind !== 'message' || input.choice !== undefined || !input.text) return {};
  const danger = house.finder.danger?.(input.text);
  const heard = danger && { outcome: danger.kind, ...(danger.sure && { values: { sure: 'yes' } }) };
  return { ...(heard && { [DANGER]: heard }), ...ruleIn(house, input.text) };
}

/** An exact rule; where there is none, the rule that the words sound like. */
function ruleIn({ rules, finder }: Hearing, text: string): Record<string, Found> {
  const rule = rules ? readRules(text, rules) : null;
  if (rule === null) {
    const kind = finder.ruled?.(text);
    // Opting out takes something away: who only sounds like it is asked first.
    return kind === undefined ? {} : { [KEY]: { outcome: kind === 'opt-out' ? 'perhaps-opt-out' : kind } };
  }
  const values =
    rule.kind === 'case-number' ? { values: { number: rule.number, flow: STATUS_FLOW, choice: HAS_NUMBER } } : {};
  return { [KEY]: { outcome: rule.kind, ...values } };
}

/** The message without a code that somebody was talked into sending. A code of ours that we asked for stays. */
export async function withoutCodes<Body extends ItemBody | null>(
  house: House,
  body: Body,
  before: SessionRecord | null,
): Promise<Body> {
  if (body?.kind !== 'message' || ruleFor(house, body.input)[KEY]?.outcome !== 'fraud') return body;
  const { text = '' } = body.input;
  const hidden = hideCodes(text);
  if (hidden === text || (await asksForCode(house, before))) return body;
  return { ...body, input: { ...body.input, text: hidden } };
}

async function asksForCode(house: House, before: SessionRecord | null): Promise<boolean> {
  const frame = before?.session.stack.at(-1);
  if (!before || !frame) return false;
  const { prepared } = await house.flows.of(before.session);
  const step = prepared.flows.get(frame.flow)?.steps.get(frame.step);
  return step?.kind === 'ask' && step.answer === 'code';
}
