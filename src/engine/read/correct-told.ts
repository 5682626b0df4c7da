/** "الدخل ٥٠٠٠ وليس ٥٥٠": a correction that says which answer, and what it should be. */
import { plain } from '../text/normalise.js';
import type { Turn } from '../turn.js';
import type { AnswerInput, AskStep } from '../types.js';
import { take } from './answer.js';
import { afterEdit, canCorrect, correct } from './correction.js';
import { canTell, read, type Told, tokensOf } from './told.js';
import { beginsWithLabel, type Label, labelsOf, nextLabel, type Token } from './told-labels.js';

export interface Correction extends Told {
  /** Said as one: it begins with an edit word, or names the value that is wrong. */
  readonly plainly: boolean;
}

const words = (...list: string[]): ReadonlySet<string> => new Set(list.map(plain));
const NOT = words(
  ...['ليس', 'وليس', 'ليست', 'وليست', 'مو', 'ومو', 'مب', 'ومب', 'مش', 'ومش', 'مهوب', 'مهو', 'لا', 'ولا', 'بدل', 'بدلا', 'عوضا'],
  ...['not', 'instead', 'rather'],
); // prettier-ignore
const BUT = words('بل', 'وإنما', 'إنما', 'لكن', 'ولكن', 'but');
const TO = words('إلى', 'الى', 'هو', 'هي', 'صار', 'صارت', 'يصير', 'أصبح', 'الصحيح', 'to', 'is', 'are', 'be', 'should');

/** The answered question that a message names, with the value it should have; only the very name and a valid value count. */
export function correctionTold(turn: Turn, { text, plain: whole }: AnswerInput): Correction | undefined {
  if (!mayCorrect(turn, whole)) return undefined;
  const all = tokensOf(text);
  const said = all.map((token) => token.plain).join(' ');
  const tokens = all.slice(all.length - (afterEdit(turn, said) ?? said).split(' ').length);
  const found = nextLabel(tokens, 0, labelsOf(turn));
  const step = found?.at === 0 ? named(turn, found.label) : undefined;
  const value = found && valueIn(tokens.slice(found.length));
  const told = step && value && read(turn, step, value.tokens);
  return told && { ...told, plainly: tokens.length < all.length || value.denies };
}

/** Cheap, since nearly every message is another thing: it has several words, and begins with a name, after an edit word or at once. */
function mayCorrect(turn: Turn, whole: string): boolean {
  return whole.includes(' ') && beginsWithLabel((afterEdit(turn, whole) ?? whole).split(' '), labelsOf(turn));
}

/** Corrects without asking again; where another question comes first, the named one is asked when it is reached. */
export function correctTo(turn: Turn, { step, value }: Told): void {
  const said = turn.effects.length;
  correct(turn, step.id);
  if (turn.waiting?.id !== step.id) return;
  turn.effects.length = said;
  take(turn, step, value);
}

/** The one answered question that is called so. */
function named(turn: Turn, label: Label): AskStep | undefined {
  const fitting = correctable(turn).filter(({ id, answer }) => {
    if (label === 'number') return answer === 'phone';
    if (label === 'other') return false;
    return 'question' in label ? id === label.question : answer === label.type;
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function correctable(turn: Turn): AskStep[] {
  const [bottom] = turn.session.stack;
  const questions = bottom ? [...turn.flow(bottom).questions.values()] : [];
  return questions.filter((one): one is AskStep => one.kind === 'ask' && canTell(one) && canCorrect(turn, one.id));
}

/** The right value, without what it is not: before "and not", or after "but". */
function valueIn(tokens: readonly Token[]): { tokens: readonly Token[]; denies: boolean } {
  const first = tokens.findIndex(({ plain: word }) => !TO.has(word));
  const rest = first < 0 ? [] : tokens.slice(first);
  const not = rest.findIndex(({ plain: word }) => NOT.has(word));
  if (not > 0) return { tokens: rest.slice(0, not), denies: true };
  const but = not < 0 ? -1 : rest.findIndex(({ plain: word }) => BUT.has(word));
  return not < 0 ? { tokens: rest, denies: false } : { tokens: but < 0 ? [] : rest.slice(but + 1), denies: true };
}
