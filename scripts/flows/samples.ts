/** What a person might answer: right and wrong words for every answer type, the same ones every time. */
import type { AskingStep, AskStep, FlowSet, Language } from '../../src/engine/types.js';
import { lastFour } from '../chats/look-ups.js';
import type { House } from '../chats/room.js';
import type { Talk } from '../chats/talk.js';

type ByLanguage = Readonly<Record<'ar' | 'en', string>>;

const name = 'خالد سعد العتيبي';
const sentence: ByLanguage = {
  ar: 'نحتاج إلى جهاز أكسجين في البيت للوالد، والموعد قريب',
  en: 'We need an oxygen device at home for my father, and soon',
};
/** Nothing that anybody would ask, in any language. */
const nonsense: ByLanguage = { ar: 'زقزق طفطف بقبق شقشق', en: 'zqzq wfwf bqbq shqshq' };

/** Right answers by type; the types that read from a list are answered by its buttons. */
const right: Readonly<Record<string, (step: AskStep, talk: Talk) => readonly string[]>> = {
  text: (step, talk) => [fitted(step, languageOf(talk))],
  name: () => [name],
  yes_no: () => [],
  number: (step) => [String(Math.min(asNumber(step, 'max') ?? 5, Math.max(asNumber(step, 'min') ?? 1, 5)))],
  money: (step) => [String(Math.max(asNumber(step, 'min') ?? 0, 3000))],
  date: (step) => [step.options?.['future'] === true ? '2026-03-15' : '1985-03-15'],
  saudi_id: () => ['1098765439'],
  phone: () => ['0551234567'],
  iban: () => ['SA0380000000608010167519'],
  email: () => ['khaled@example.org'],
  file: () => ['(file) صورة.jpg'],
  rating: () => ['4'],
  case_number: (_step, talk) => [...talk.cases.slice(-1).map((one) => one.number), '1000000009992'],
  last_four: () => [lastFour, '0000'],
  short_address: () => ['RRRD2929'],
  location: () => ['24.71360, 46.67530'],
  code: () => ['12345678', '11223344', '87654321', '00000000'],
  choice: () => [],
  choices: () => ['1'],
};

/** Answer types with a sample. */
export const sampledTypes: readonly string[] = Object.keys(right);

/** Answers by words that the question takes; none where only its buttons are meant. Throws for a type without a sample. */
export function rightAnswers(step: AskingStep, talk: Talk, house: House): readonly string[] {
  if (step.kind === 'declaration') return [name];
  if (step.kind !== 'ask' || step.choicesFrom !== undefined) return [];
  const asked = step.answer === 'text' ? searches(step, house, languageOf(talk)) : [];
  if (asked.length > 0) return asked;
  const sample = right[step.answer];
  if (!sample) throw new Error(`scripts/flows/samples.ts has no answer of the type ${step.answer}`);
  return sample(step, talk);
}

/** What may stand for a story that somebody told here; none where the words themselves are looked up. */
export function standInText(step: AskingStep, house: House): string | undefined {
  return step.kind === 'ask' && !isLookedUp(step, house) ? fitted(step, 'ar') : undefined;
}

/** Words that no question takes as they stand; undefined where every word is right. */
export function wrongAnswer(step: AskingStep): string | undefined {
  if (step.kind !== 'ask' || step.answer !== 'text') return 'ظظظ';
  const [min, max] = [asNumber(step, 'min') ?? 1, asNumber(step, 'max')];
  if (min > 1) return 'ظ';
  return max === undefined ? undefined : 'ظ '.repeat(max);
}

/** Free questions that the charity's articles answer. */
export function freeQuestions(house: House, language: Language): readonly string[] {
  const mark = language === 'ar' ? '؟' : '?';
  return house.finder.articles
    .flatMap((article) => (article.questions[language] ?? []).slice(0, 2))
    .filter((question) => question.length > 12 && !/[?؟]/.test(question))
    .map((question) => `${question}${mark}`)
    .filter((question) => house.finder.find(question, language).outcome === 'answered')
    .slice(0, 3);
}

export function languageOf(talk: Talk): 'ar' | 'en' {
  return talk.session?.language === 'en' ? 'en' : 'ar';
}

/** One text for each outcome of a search, where the flow searches the articles for the answer. */
function searches(step: AskStep, house: House, language: 'ar' | 'en'): string[] {
  if (!isLookedUp(step, house)) return [];
  const words = house.finder.articles.flatMap((article) => (article.title[language] ?? '').split(' '));
  const unsure = words.find((word) => word.length > 2 && house.finder.find(word, language).outcome === 'unsure');
  return [...freeQuestions(house, language).slice(0, 1), ...(unsure === undefined ? [] : [unsure]), nonsense[language]];
}

function isLookedUp(step: AskStep, house: House): boolean {
  return Object.values(house.set.flows).some((flow) => isSearched(flow.steps, step.id));
}

function isSearched(steps: FlowSet['flows'][string]['steps'], answer: string): boolean {
  return steps.some((step) => step.kind === 'look_up' && Object.values(step.with ?? {}).includes(answer) && step.what === 'articles');
}

function fitted(step: AskStep, language: 'ar' | 'en'): string {
  const words = sentence[language];
  const [min, max] = [asNumber(step, 'min') ?? 1, asNumber(step, 'max') ?? 1000];
  return words.repeat(Math.ceil(min / words.length)).slice(0, max).trim();
}

function asNumber(step: AskStep, option: string): number | undefined {
  const value = step.options?.[option];
  return typeof value === 'number' ? value : undefined;
}
