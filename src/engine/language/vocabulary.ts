/** Every name that may stand in a file of a pack, with what may stand behind it: the readers refuse others, and editors learn them. */
import { globalWords, helpingWords } from '../global-words.js';
import type { PrivacyClass, TemplatePurpose } from '../types.js';
import { lookUpNames } from './look-up-names.js';

/** What stands behind a name. `map`, `list` and `named` name a mapping below: one, a list of them, or some under names of their own. */
export type Shape =
  | 'id'
  | 'word'
  | 'words'
  | 'text'
  | 'phrases'
  | 'yes'
  | 'number'
  | 'duration'
  | 'target'
  | 'jumps'
  | 'condition'
  | 'time'
  | 'facts'
  | 'flags'
  | 'groups'
  | { readonly of: readonly string[] }
  | { readonly map: string }
  | { readonly list: string }
  | { readonly named: string }
  | { readonly any: readonly Shape[] };

export interface Key {
  readonly shape: Shape;
  readonly need?: boolean;
  /** Shown by the editor. */
  readonly about: string;
}
export type MapName = keyof typeof vocabulary;

export const privacyClasses: readonly PrivacyClass[] = ['public', 'personal', 'sensitive', 'confidential'];
export const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export const dangerKinds = ['medical', 'self_harm', 'violence'] as const;
export const templatePurposes: readonly TemplatePurpose[] = ['status', 'message', 'staff', 'end'];

const anyStep = {
  id: { shape: 'id', need: true, about: 'The name of the step, and of its answer.' },
  only_if: { shape: 'condition', about: 'The step is passed over when this does not hold.' },
  go: { shape: 'target', about: 'Where to go afterwards; the next step when absent.' },
} satisfies Record<string, Key>;

const anyQuestion = {
  short: { shape: 'text', about: 'How the answer is called in a review, and by a person who corrects it.' },
  class: { shape: { of: privacyClasses }, need: true, about: 'How private the answer is.' },
  again: { shape: 'text', about: 'Said instead of the reason and the question after a wrong answer.' },
  on: { shape: 'jumps', about: 'Jumps by value: a choice, yes, no, skipped.' },
  on_wrong_answer: { shape: { map: 'wrong' }, about: "The way out after wrong answers, instead of the flow's." },
  on_silence: { shape: { map: 'silence' }, about: "The way out after silence, instead of the flow's." },
} satisfies Record<string, Key>;

const kind: Key = { shape: 'word', need: true, about: 'The kind of case: case/aid-request.' };

/** Every mapping of the language by its own name. */
export const vocabulary = {
  flow: {
    flow: { shape: 'id', need: true, about: 'The name of the flow, and of its file.' },
    title: { shape: 'text', need: true, about: 'What people call it.' },
    policy: { shape: 'words', about: "Clauses of the charities' policies that the flow serves." },
    on_wrong_answer: { shape: { map: 'wrong' }, about: 'The way out after wrong answers, for every question.' },
    on_silence: { shape: { map: 'silence' }, about: 'The way out after silence, for every question.' },
    steps: { shape: { list: 'step' }, need: true, about: 'What happens, in order.' },
    ends: { shape: { named: 'end' }, need: true, about: 'Where it may end.' },
    moved: { shape: { list: 'moved' }, about: 'Where people and answers of earlier versions go.' },
  },
  moved: {
    step: { shape: 'id', about: 'A step that is gone: who stands there goes to "to".' },
    answer: { shape: 'id', about: 'An answer that is gone: it is kept under the name in "to".' },
    flow: { shape: 'id', about: 'A flow that is gone: its people come to this one.' },
    to: { shape: 'target', about: 'A step or end of this flow, flow/menu; for an answer its new name, or forget.' },
  },
  wrong: {
    tries: { shape: { any: ['number', { of: ['any'] }] }, need: true, about: 'After so many; "any" keeps asking.' },
    go: { shape: 'target', about: 'Where to go then.' },
  },
  silence: {
    after: { shape: 'duration', need: true, about: 'How long: 30m, 20h, 3d.' },
    go: { shape: 'target', need: true, about: 'Where to go then.' },
    remind: { shape: 'duration', about: 'When an unfinished request is reminded of before that, once: 4h.' },
  },
  say: { ...anyStep, say: { shape: 'text', need: true, about: 'What is said.' } },
  ask: {
    ...anyStep,
    ask: { shape: 'text', need: true, about: 'The words of the question.' },
    answer: { shape: 'word', about: 'The type of the answer.' },
    choices: {
      shape: { any: [{ list: 'choice' }, 'word'] },
      about: 'Choices written out, a list of the pack (charity.aid_types), or what a look-up found.',
    },
    beside: { shape: { list: 'choice' }, about: 'Choices beside those that a look-up found.' },
    many: { shape: 'yes', about: 'Several choices may be taken.' },
    optional: { shape: 'yes', about: 'The person may skip it.' },
    plain: { shape: 'yes', about: 'The choices are part of the words; no buttons.' },
    exact: { shape: 'yes', about: 'Yes or no must be said; no near-miss decides.' },
    each: { shape: 'word', about: 'One question for every entry of a list of the pack: charity.papers.' },
    item_for: { shape: 'id', about: 'The answer that "for" of an entry is compared with.' },
    ...anyQuestion,
  },
  consent: {
    ...anyStep,
    consent: { shape: 'text', need: true, about: 'The words of the consent.' },
    version: { shape: 'word', need: true, about: 'Raised whenever the words change.' },
    ...anyQuestion,
  },
  declaration: {
    ...anyStep,
    declaration: { shape: 'text', need: true, about: 'The words that are declared.' },
    version: { shape: 'word', need: true, about: 'Raised whenever the words change.' },
    signs: { shape: 'id', need: true, about: 'The name that must be typed: an answer.' },
    ...anyQuestion,
  },
  review: {
    ...anyStep,
    review: { shape: 'words', need: true, about: 'The answers that are shown.' },
    ask: { shape: 'text', need: true, about: 'Are they right?' },
    ...anyQuestion,
  },
  branch: { ...anyStep, branch: { shape: { list: 'case' }, need: true, about: 'The first case that holds is taken.' } },
  case: {
    if: { shape: 'condition', about: 'When it is taken; the last case has none.' },
    go: { shape: 'target', need: true, about: 'Where to go.' },
  },
  call: {
    ...anyStep,
    call: { shape: 'id', need: true, about: 'The flow that is run; its answers join this run.' },
    on: { shape: 'jumps', about: 'Jumps by its end.' },
  },
  look_up: {
    ...anyStep,
    look_up: { shape: { of: lookUpNames }, need: true, about: 'What is looked up.' },
    as: { shape: 'id', need: true, about: 'The name of what was found.' },
    with: { shape: { named: 'word' }, about: 'What it is given: parameter and answer.' },
    on: { shape: 'jumps', about: 'Jumps by how it came out.' },
  },
  record_rating: {
    ...anyStep,
    record_rating: { shape: 'word', need: true, about: 'The service that is rated.' },
    score: { shape: 'id', need: true, about: 'The answer with the score.' },
    comment: { shape: 'id', about: 'The answer with the words.' },
  },
  submit: { ...anyStep, submit: kind },
  end: {
    say: { shape: 'text', about: 'What is said at the end.' },
    submit: { ...kind, need: false },
    handoff: { shape: 'yes', about: 'A person of the staff takes over.' },
    park: { shape: 'yes', about: 'The answers are kept; the person finds them under "resume".' },
    then: { shape: 'target', about: 'The flow that follows: flow/menu.' },
    template: { shape: 'word', about: 'The approved template for what is said after a reply window.' },
  },
  choice: {
    id: { shape: 'id', need: true, about: 'Its value.' },
    label: { shape: 'text', need: true, about: 'At most 20 letters for three choices or fewer, 24 for up to ten.' },
    hint: { shape: 'text', about: 'At most 72 letters.' },
    also: { shape: 'phrases', about: 'Other words that mean it.' },
    go: { shape: 'target', about: 'Where it leads.' },
    only_if: { shape: 'condition', about: 'When it is offered.' },
  },
  item: {
    id: { shape: 'id', need: true, about: 'Its value.' },
    label: { shape: 'text', need: true, about: 'What people call it.' },
    hint: { shape: 'text', about: 'At most 72 letters.' },
    also: { shape: 'phrases', about: 'Other words that mean it.' },
    for: { shape: 'words', about: 'The answers that it is asked for; see item_for.' },
    required: { shape: 'yes', about: 'False: the person may skip it.' },
    placeholder: { shape: 'yes', about: 'Still to be confirmed by the charity.' },
  },
  charity: {
    id: { shape: 'id', need: true, about: 'The name of its folder.' },
    name: { shape: 'text', need: true, about: 'What it is called.' },
    zone: { shape: 'word', need: true, about: 'Its time zone: Asia/Riyadh.' },
    languages: { shape: 'words', need: true, about: 'The first is what people get who show no other.' },
    start: { shape: 'id', about: 'The first flow; menu when absent.' },
    read_first: { shape: 'yes', about: 'Whether the first message is read as an answer.' },
    inquiries: { shape: 'yes', about: 'Whether free questions are looked up among the articles.' },
    decision_min_days: { shape: 'number', need: true, about: "The policy's least time for a decision." },
    handoff_deadline: {
      shape: 'duration',
      need: true,
      about: 'How long a person waits for staff before the bot speaks.',
    },
    hours: { shape: { list: 'hours' }, about: 'When staff work.' },
    papers_by_link: { shape: 'words', about: 'Channels on which a link of our own is offered for sensitive papers.' },
    facts: { shape: 'facts', about: 'What {charity.…} stands for in texts.' },
    flags: { shape: 'flags', about: 'What conditions call charity.…, yes or no.' },
  },
  templates: {
    templates: { shape: { list: 'approvedTemplate' }, need: true, about: 'Words for after a reply window.' },
  },
  approvedTemplate: {
    id: { shape: 'id', need: true, about: 'What flows call it.' },
    purposes: {
      shape: { any: [{ of: templatePurposes }, 'words'] },
      need: true,
      about: 'When it speaks: status, message, staff (they choose it), end (a flow names it).',
    },
    title: { shape: 'text', need: true, about: 'What staff call it.' },
    name: { shape: 'word', need: true, about: 'Its name at the provider: small Latin letters, digits, _.' },
    approved: { shape: 'yes', need: true, about: 'Whether the provider approved it; until then it is not used.' },
    codes: { shape: 'text', need: true, about: "The provider's code of each language: ar, en_US." },
    text: {
      shape: 'text',
      need: true,
      about: 'What the person reads, {{1}} for the first parameter. At most 1024 letters.',
    },
    parameters: { shape: { list: 'templateParameter' }, about: 'What fills {{1}}, {{2}}…, in this order.' },
  },
  templateParameter: {
    id: { shape: 'id', need: true, about: "Its name: number, status, or an answer of the flow's." },
    label: { shape: 'text', need: true, about: 'What staff are asked for.' },
  },
  hours: {
    day: { shape: { any: [{ of: days }, 'words'] }, need: true, about: 'A day or several.' },
    from: { shape: 'time', need: true, about: '"08:00"' },
    to: { shape: 'time', need: true, about: '"16:00"' },
    placeholder: { shape: 'yes', about: 'Still to be confirmed by the charity.' },
  },
  words: {
    words: { shape: { map: 'global' }, need: true, about: 'What people say for each wish, in every language.' },
    doors: { shape: { map: 'door' }, about: 'The flow that a word opens.' },
  },
  global: Object.fromEntries([
    ...globalWords.map((word): [string, Key] => [
      word,
      { shape: 'phrases', need: true, about: `Words for "${word}".` },
    ]),
    ...helpingWords.map((word): [string, Key] => [word, { shape: 'phrases', about: 'Words that help reading.' }]),
  ]),
  door: Object.fromEntries(
    [...globalWords, ...helpingWords].map((word): [string, Key] => [
      word,
      { shape: 'id', about: `The flow that "${word}" opens.` },
    ]),
  ),
  danger: {
    groups: { shape: 'groups', about: 'Words that phrases name together, as <kin>.' },
    now: {
      shape: 'words',
      about: 'Single words of this moment: what stands after the last of them is read by itself too.',
    },
    calm: {
      shape: 'words',
      about: 'Whole messages that sound like danger to the ear and are none; phrases of danger stay stronger.',
    },
    danger: { shape: { list: 'dangerRule' }, need: true, about: 'Dangers, the gravest first.' },
  },
  dangerRule: {
    kind: { shape: { of: dangerKinds }, need: true, about: 'What kind of danger.' },
    phrases: {
      shape: 'words',
      need: true,
      about: 'What people write; (one|another), .. for up to three words, <group>.',
    },
    unless: { shape: 'words', about: 'What takes the danger out of it.' },
    say: { shape: 'text', need: true, about: 'The safety text.' },
  },
  cases: { cases: { shape: { named: 'caseKind' }, need: true, about: 'Every kind of case that flows file.' } },
  caseKind: {
    required: { shape: 'words', about: 'Answers without which it is never filed, whatever way led there.' },
    required_if: { shape: { list: 'caseNeed' }, about: 'Answers that are required when others have a value.' },
  },
  caseNeed: {
    if: { shape: 'condition', need: true, about: 'When.' },
    answers: { shape: 'words', need: true, about: 'What must have been answered.' },
  },
  tone: {
    tone: { shape: { list: 'toneRule' }, need: true, about: 'Words that we do not use with people.' },
    longest_line: { shape: { named: 'word' }, need: true, about: 'Most letters of a line, by language.' },
    leave_out: { shape: 'words', about: 'Texts that no beneficiary reads: the first part of their keys.' },
  },
  toneRule: {
    about: { shape: { of: ['blame', 'officialese', 'gender'] }, need: true, about: 'What is wrong with them.' },
    language: { shape: 'word', need: true, about: 'ar, en' },
    avoid: { shape: 'words', need: true, about: 'Whole words, as they are matched after normalising.' },
    unless: { shape: 'words', about: 'Phrases in which they are right.' },
    better: { shape: 'word', need: true, about: 'What to write.' },
  },
  article: {
    id: { shape: 'id', need: true, about: 'The name of the file.' },
    title: { shape: 'text', need: true, about: 'What it answers.' },
    questions: { shape: 'phrases', need: true, about: 'Ways in which people ask for it.' },
    audience: { shape: 'words', about: 'Whom it is for: beneficiary, donor.' },
    valid_until: { shape: 'word', about: 'The last day: 2026-12-31.' },
    owner: { shape: 'word', about: 'Who answers for its truth.' },
    placeholder: { shape: 'yes', about: 'It holds a fact that the charity has not given yet.' },
    policy: { shape: 'words', about: "Clauses of the charity's policy that it serves." },
  },
} satisfies Record<string, Record<string, Key>>;

/** The names of a mapping. */
export function keysOf(name: MapName): string[] {
  return Object.keys(vocabulary[name]);
}
