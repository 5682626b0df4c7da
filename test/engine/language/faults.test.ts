/** Faults planted one by one into a sound pack: each is found, with its code and its line, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { limits as telegram } from '../../../channels/telegram/limits.js';
import { limits as whatsapp } from '../../../channels/whatsapp/limits.js';
import { compilePack, findingCodes } from '../../../src/engine/language/index.js';
import { testCharity, testFiles, testWords } from '../../support/compile.js';

const aid = `flow: aid
title: { ar: طلب, en: Aid }
on_wrong_answer: { tries: 3, go: staff }
on_silence: { after: 20h, go: saved }
steps:
  - id: hello
    say: { ar: أهلًا, en: Welcome }
  - id: consent
    consent: { ar: توافق؟, en: Agree? }
    version: "1"
    class: personal
    on: { no: declined }
  - id: kind
    ask: { ar: النوع؟, en: Kind? }
    short: { ar: اسم قصير, en: Short }
    choices: charity.aid_types
    class: sensitive
  - id: for_whom
    ask: { ar: لمن؟, en: For whom? }
    short: { ar: اسم قصير, en: Short }
    choices:
      - { id: self, label: { ar: لي, en: For me } }
      - { id: other, label: { ar: لغيري, en: For another } }
    class: personal
  - id: name
    ask: { ar: الاسم؟, en: Name? }
    answer: name
    class: personal
    short: { ar: الاسم, en: Name }
  - id: patient
    only_if: { for_whom: other }
    ask: { ar: المريض؟, en: Patient? }
    short: { ar: اسم قصير, en: Short }
    answer: name
    class: sensitive
  - id: papers
    each: charity.papers
    item_for: kind
    ask: { ar: "أرسل {item.label}", en: "Send {item.label}" }
    short: { ar: "{item.label}", en: "{item.label}" }
    answer: file
    class: sensitive
  - id: note
    ask: { ar: ملاحظة؟, en: A note? }
    short: { ar: اسم قصير, en: Short }
    answer: text
    max: 500
    optional: true
    class: personal
  - id: route
    branch:
      - { if: { for_whom: self }, go: check }
      - { go: about }
  - id: about
    call: about
    on: { done: check }
  - id: check
    review: [kind, for_whom, name, patient, papers, note]
    ask: { ar: صحيح؟, en: Right? }
    class: sensitive
  - id: truth
    declaration: { ar: "أقر، {name}", en: "I declare, {name}" }
    version: "1"
    signs: name
    class: personal
  - id: file_it
    submit: case/aid-request
ends:
  done: { say: { ar: "رقمك {number}", en: "Number {number}" }, then: flow/menu }
  staff: { handoff: true, say: { ar: موظف, en: Staff } }
  saved: { park: true, say: { ar: حفظنا, en: Saved } }
  declined: { then: flow/menu }
`;

const about = `flow: about
title: { ar: عنه, en: About }
on_wrong_answer: { tries: any }
on_silence: { after: 1d, go: quiet }
steps:
  - id: age
    ask: { ar: "عمر {patient}؟", en: "Age of {patient}?" }
    only_if: { for_whom: other }
    answer: number
    class: sensitive
ends:
  done: {}
  quiet: { park: true }
`;

const menu = `flow: menu
title: { ar: القائمة, en: Menu }
on_wrong_answer: { tries: 2, go: staff }
on_silence: { after: 20h, go: quiet }
steps:
  - id: own
    look_up: own_cases
    as: cases
    on: { none: service }
  - id: which
    ask: { ar: أيها؟, en: Which? }
    choices: cases
    class: personal
  - id: one
    look_up: own_case
    with: { number: which }
    as: case
  - id: told
    only_if: { case: found }
    say: { ar: "{case.status}", en: "{case.status}" }
  - id: service
    ask: { ar: "كيف نخدمك في {charity.name}؟", en: "How can {charity.name} help?" }
    choices:
      - { id: aid, label: { ar: مساعدة, en: Aid }, go: flow/aid }
      - { id: rate, label: { ar: تقييم, en: Rate } }
      - { id: resume, label: { ar: إكمال, en: Resume }, only_if: { draft: yes }, go: resume }
    class: public
  - id: score
    ask: { ar: التقييم؟, en: Score? }
    answer: rating
    class: confidential
  - id: keep
    record_rating: chat
    score: score
ends:
  done: {}
  staff: { handoff: true }
  quiet: {}
`;

const sound: Record<string, string> = { menu, aid, about };
const words = `${testWords}doors: { menu: menu }\n`;

/** Replaces in a file, which is a flow's id or a path. The line that is to be found carries `# <<`. */
interface Fault {
  name: string;
  file?: string;
  from: string;
  to: string;
  codes: string[];
  /** Where the first is found, when that is not the planted line: the line that holds these words. */
  at?: { file: string; line: string };
}

const q = 'class: personal, on_silence: { after: 1h, go: quiet }, on_wrong_answer: { tries: any }';

/** An entry of "moved" in the flow aid. */
const moved = (name: string, entry: string, ...codes: string[]): Fault => ({
  name,
  from: 'ends:\n  done: { say',
  to: `moved:\n  - ${entry} # <<\nends:\n  done: { say`,
  codes,
});

const faults: Fault[] = [
  // what moved
  moved('people sent to a step that is not there', '{ step: job, to: work }', 'dangling_jump'),
  moved('people sent to a draft', '{ step: job, to: resume }', 'dangling_jump'),
  moved('people sent to a flow that is not there', '{ step: job, to: flow/work }', 'unknown_flow'),
  moved('people sent from a step that is still there', '{ step: kind, to: name }', 'duplicate_id'),
  moved('people sent from an end that is still there', '{ step: staff, to: name }', 'duplicate_id'),
  moved('people sent along a chain', '{ step: work, to: name }\n  - { step: job, to: work }', 'dangling_jump'),
  moved('people sent in a circle', '{ step: job, to: job }', 'dangling_jump'),
  moved('people sent two ways', '{ step: job, to: name }\n  - { step: job, to: kind }', 'duplicate_id'),
  moved('an answer that has become none', '{ answer: job, to: work }', 'unknown_name'),
  moved('an answer that is still there', '{ answer: kind, to: name }', 'duplicate_id'),
  moved('two answers that became one', '{ answer: job, to: note }\n  - { answer: work, to: note }', 'duplicate_id'),
  moved('a former flow that is still there', '{ flow: about }', 'duplicate_id'),
  moved('a former flow with a target', '{ flow: former, to: name }', 'bad_value'),
  moved('a move of nothing', '{ to: name }', 'bad_value'),
  moved('a move of two things', '{ step: job, answer: job, to: name }', 'bad_value'),
  moved('a move without a target', '{ step: job }', 'missing_key'),
  moved('a move with a slip of the pen', '{ stepp: job, step: job, to: name }', 'unknown_key'),
  // the file
  { name: 'a broken quotation', from: 'en: Welcome }', to: 'en: "Welcome }', codes: ['yaml'] },
  {
    name: 'two documents',
    file: 'about',
    from: 'ends:\n  done: {}\n  quiet: { park: true }\n',
    to: 'ends:\n  done: {}\n  quiet: { park: true }\n--- # <<\nflow: more\n',
    codes: ['several_documents'],
  },
  {
    name: 'an alias without its anchor',
    from: 'say: { ar: أهلًا, en: Welcome }',
    to: 'say: *hello # <<',
    codes: ['alias', 'step_kind'],
  },
  { name: 'a tag', from: 'en: Welcome }', to: 'en: !date Welcome } # <<', codes: ['tag'] },
  {
    name: 'a key twice',
    from: '    class: confidential',
    to: '    class: confidential\n    class: public # <<',
    file: 'menu',
    codes: ['duplicate_key'],
  },
  { name: 'a hidden direction mark', from: 'en: Welcome }', to: 'en: Wel\u202ecome } # <<', codes: ['bidi_control'] },
  {
    name: 'an escaped direction mark',
    from: 'en: Welcome }',
    to: 'en: "Wel\\u202ecome" } # <<',
    codes: ['bidi_control'],
  },
  {
    name: 'nesting without end',
    from: 'en: Welcome }',
    to: `en: ${'['.repeat(30)}${']'.repeat(30)} } # <<`,
    codes: ['too_deep', 'wrong_type'],
  },
  // shapes
  {
    name: 'an unknown key of a question',
    from: '    answer: name\n    class: personal',
    to: '    answer: name\n    clas: personal # <<\n    class: personal',
    codes: ['unknown_key'],
  },
  {
    name: 'an option of another answer type',
    from: '    answer: name\n    class: personal',
    to: '    answer: name\n    max: 20 # <<\n    class: personal',
    codes: ['unknown_key'],
  },
  {
    name: 'an unknown key of an end',
    from: 'staff: { handoff: true, say: { ar: موظف, en: Staff } }',
    to: 'staff: { handof: true, say: { ar: موظف, en: Staff } } # <<',
    codes: ['unknown_key'],
  },
  { name: 'an unknown key of a flow', from: 'flow: aid', to: 'colour: red # <<\nflow: aid', codes: ['unknown_key'] },
  {
    name: 'a flow without a title',
    from: 'flow: aid\ntitle: { ar: طلب, en: Aid }',
    to: 'flow: aid # <<',
    codes: ['missing_key'],
  },
  {
    name: 'a consent without a version',
    from: '  - id: consent\n    consent: { ar: توافق؟, en: Agree? }\n    version: "1"',
    to: '  - id: consent # <<\n    consent: { ar: توافق؟, en: Agree? }',
    codes: ['missing_key'],
  },
  {
    name: 'a reviewed question without a short name',
    from: '  - id: note\n    ask: { ar: ملاحظة؟, en: A note? }\n    short: { ar: اسم قصير, en: Short }',
    to: '  - id: note # <<\n    ask: { ar: ملاحظة؟, en: A note? }',
    codes: ['missing_key'],
  },
  {
    name: 'a look-up without its parameter',
    file: 'menu',
    from: '  - id: one\n    look_up: own_case\n    with: { number: which }',
    to: '  - id: one # <<\n    look_up: own_case',
    codes: ['missing_key'],
  },
  {
    name: 'a list where a text belongs',
    from: 'say: { ar: أهلًا, en: Welcome }',
    to: 'say: [أهلًا, Welcome] # <<',
    codes: ['wrong_type'],
  },
  { name: 'a word where a number belongs', from: 'max: 500', to: 'max: many # <<', codes: ['wrong_type'] },
  {
    name: 'a duration of no unit',
    file: 'about',
    from: 'after: 1d',
    to: 'after: 20h5 # <<\n  ',
    codes: ['wrong_type', 'no_silence_exit', 'unreachable'],
  },
  {
    name: 'an unknown class',
    from: 'en: Name? }\n    answer: name\n    class: personal',
    to: 'en: Name? }\n    answer: name\n    class: secret # <<',
    codes: ['bad_value'],
  },
  {
    name: 'an unknown look-up',
    file: 'menu',
    from: 'look_up: own_cases',
    to: 'look_up: all_cases # <<',
    codes: ['bad_value'],
  },
  {
    name: 'a kind of case without its prefix',
    from: 'submit: case/aid-request',
    to: 'submit: aid-request # <<',
    codes: ['bad_value'],
  },
  { name: 'an id with a space', from: 'id: hello', to: 'id: hello there # <<', codes: ['bad_id'] },
  { name: 'an id that every object has', from: 'id: hello', to: 'id: constructor # <<', codes: ['bad_id'] },
  { name: 'a file of another name', from: 'flow: aid', to: 'flow: help # <<', codes: ['bad_id', 'unknown_flow'] },
  {
    name: 'a step id twice',
    from: '  - id: note\n',
    to: '  - id: name # <<\n',
    codes: ['duplicate_id', 'unknown_name'],
  },
  {
    name: 'a step named as an end',
    from: '  - id: hello',
    to: '  - id: done # <<',
    codes: ['duplicate_id', 'unreachable'],
  },
  {
    name: 'a choice id twice',
    from: '- { id: other, label',
    to: '- { id: self, label: { ar: م, en: M } } # <<\n      - { id: other, label',
    codes: ['duplicate_id'],
  },
  {
    name: 'a step of two kinds',
    from: '    submit: case/aid-request',
    to: '    submit: case/aid-request\n    call: about',
    codes: ['step_kind'],
  },
  { name: 'a step of no kind', from: '    submit: case/aid-request', to: '    go: done', codes: ['step_kind'] },
  {
    name: 'too many choices',
    from: '    choices:\n      - { id: self, label: { ar: لي, en: For me } }',
    to: `    choices:\n      - { id: self, label: { ar: لي, en: For me } } # <<\n${Array.from({ length: 200 }, (_, n) => `      - { id: c${n}, label: { ar: ك${n}, en: c${n} } }`).join('\n')}`,
    codes: ['too_many'],
  },
  // texts
  {
    name: 'a missing language',
    from: 'ask: { ar: الاسم؟, en: Name? }',
    to: 'ask: { ar: الاسم؟ } # <<',
    codes: ['missing_language'],
  },
  {
    name: 'an empty text',
    from: 'ask: { ar: الاسم؟, en: Name? }',
    to: 'ask: { ar: الاسم؟, en: "" } # <<',
    codes: ['empty_text'],
  },
  {
    name: 'a text key in one language',
    file: 'flows/texts/en.yaml',
    from: 'engine.yes: "Yes"',
    to: 'engine.yes: "Yes"\nengine.maybe: Maybe # <<',
    codes: ['missing_text_key'],
  },
  {
    name: 'a text key twice, once nested',
    file: 'flows/texts/en.yaml',
    from: 'engine.yes: "Yes"',
    to: 'engine.yes: "Yes"\nengine:\n  yes: Yes # <<',
    codes: ['duplicate_key'],
  },
  { name: 'a brace left open', from: 'en: Welcome }', to: 'en: "Welcome {charity.name" } # <<', codes: ['template'] },
  {
    name: 'a plural without other',
    from: 'en: Welcome }',
    to: 'en: "{name, plural, one {x}}" } # <<',
    codes: ['template'],
  },
  {
    name: 'an unknown filter',
    from: 'en: "I declare, {name}" }',
    to: 'en: "I declare, {name|loud}" } # <<',
    codes: ['unknown_filter'],
  },
  {
    name: 'a text over 4,000 letters',
    from: 'en: Welcome }',
    to: `en: ${'w'.repeat(4001)} } # <<`,
    codes: ['text_too_long'],
  },
  {
    name: 'a text with choices over the tightest channel',
    from: 'ask: { ar: لمن؟, en: For whom? }',
    to: `ask: { ar: لمن؟, en: ${'w'.repeat(1025)} } # <<`,
    codes: ['text_too_long'],
  },
  {
    name: 'a button label over 20 letters',
    from: 'label: { ar: لغيري, en: For another } }',
    to: 'label: { ar: لغيري, en: For somebody else now } } # <<',
    codes: ['label_too_long'],
  },
  {
    name: 'a hint over 72 letters in a list',
    from: '      - { id: self, label: { ar: لي, en: For me } }',
    to: `      - { id: a, label: { ar: ا, en: A } }\n      - { id: b, label: { ar: ب, en: B } }\n      - { id: self, label: { ar: لي, en: For me }, hint: { ar: لي, en: ${'h'.repeat(73)} } } # <<`,
    codes: ['label_too_long'],
  },
  {
    name: 'the same label twice',
    from: 'label: { ar: لغيري, en: For another } }',
    to: 'label: { ar: لِي, en: For another } } # <<',
    codes: ['same_label'],
  },
  {
    name: 'another choice’s other word',
    from: 'label: { ar: لغيري, en: For another } }',
    to: 'label: { ar: لغيري, en: For another }, also: { en: [for me] } } # <<',
    codes: ['same_label'],
  },
  // questions
  {
    name: 'no class',
    from: '  - id: name\n    ask: { ar: الاسم؟, en: Name? }\n    answer: name\n    class: personal',
    to: '  - id: name # <<\n    ask: { ar: الاسم؟, en: Name? }\n    answer: name',
    codes: ['missing_class'],
  },
  {
    name: 'no way out after wrong answers',
    file: 'about',
    from: 'on_wrong_answer: { tries: any }\non_silence: { after: 1d, go: quiet }\nsteps:\n  - id: age',
    to: 'on_silence: { after: 1d, go: quiet }\nsteps:\n  - id: age # <<',
    codes: ['no_wrong_exit'],
  },
  {
    name: 'no way out after silence',
    file: 'about',
    from: 'on_silence: { after: 1d, go: quiet }\nsteps:\n  - id: age',
    to: 'steps:\n  - id: age # <<',
    codes: ['no_silence_exit', 'unreachable'],
  },
  {
    name: 'an unknown answer type',
    from: 'answer: text\n    max: 500',
    to: 'answer: txt # <<\n    max: 500',
    codes: ['unknown_answer_type'],
  },
  {
    name: 'a sensitive question before consent',
    from: '  - id: hello\n    say: { ar: أهلًا, en: Welcome }',
    to: '  - id: hello # <<\n    ask: { ar: أهلًا, en: Welcome }\n    answer: text\n    class: sensitive',
    codes: ['sensitive_without_consent'],
  },
  {
    name: 'a consent whose no goes on',
    from: '    class: personal\n    on: { no: declined }\n  - id: kind',
    to: '    class: personal\n    on: { no: name }\n  - id: kind',
    codes: ['sensitive_without_consent', 'unreachable', 'case_field'],
  },
  {
    name: 'a silence past the window that speaks',
    from: 'on_silence: { after: 20h, go: saved }',
    to: 'on_silence: { after: 24h, go: saved } # <<',
    codes: ['late_without_template'],
  },
  // ways
  { name: 'a jump to nowhere', from: 'go: check }', to: 'go: chek } # <<', codes: ['dangling_jump'] },
  {
    name: 'a jump of a choice to nowhere',
    from: '- { id: self, label: { ar: لي, en: For me } }',
    to: '- { id: self, label: { ar: لي, en: For me }, go: nowhere } # <<',
    codes: ['dangling_jump'],
  },
  {
    name: 'an exit to nowhere',
    from: 'on_wrong_answer: { tries: 3, go: staff }',
    to: 'on_wrong_answer: { tries: 3, go: stuff } # <<',
    codes: ['dangling_jump', 'unreachable'],
  },
  {
    name: 'an end that goes to nowhere',
    from: 'declined: { then: flow/menu }',
    to: 'declined: { then: flow/manu } # <<',
    codes: ['unknown_flow'],
  },
  {
    name: 'a call of an unknown flow',
    from: '    call: about\n    on: { done: check }',
    to: '    call: abut # <<',
    codes: ['unknown_flow'],
  },
  {
    name: 'a door to an unknown flow',
    file: 'flows/words.yaml',
    from: 'doors: { menu: menu }',
    to: 'doors: { menu: home } # <<',
    codes: ['unknown_flow'],
  },
  {
    name: 'a step behind a jump',
    from: '  - id: truth\n',
    to: '    go: truth\n  - id: lost # <<\n    say: { ar: ضاع, en: Lost }\n  - id: truth\n',
    codes: ['unreachable'],
  },
  {
    name: 'an end that nobody reaches',
    from: '  declined: { then: flow/menu }',
    to: '  declined: { then: flow/menu }\n  never: {} # <<',
    codes: ['unreachable'],
  },
  {
    name: 'a case after the last',
    from: '      - { go: about }',
    to: '      - { go: about }\n      - { if: { for_whom: other }, go: check } # <<',
    codes: ['unreachable'],
  },
  {
    name: 'a question that only leads to itself',
    from: '  - id: file_it',
    to: '    go: again\n  - id: again # <<\n    ask: { ar: متى؟, en: When? }\n    answer: text\n    class: personal\n    go: again\n  - id: file_it',
    codes: ['no_end', 'unreachable'],
  },
  {
    name: 'a circle of words',
    file: 'menu',
    from: '  - id: keep\n',
    to: '    go: round\n  - id: round # <<\n    say: { ar: دور, en: Round }\n  - id: back\n    branch:\n      - { if: { cases: none }, go: keep }\n      - { go: round }\n  - id: keep\n',
    codes: ['loop'],
  },
  {
    name: 'flows that lead to each other',
    file: 'menu',
    from: 'steps:\n  - id: own',
    to: 'steps:\n  - id: off\n    branch:\n      - { if: { open: no }, go: flow/closed }\n  - id: own',
    codes: ['loop'],
  },
  {
    name: 'calls in a circle',
    file: 'about',
    from: 'ends:',
    to: '  - id: again\n    call: aid\nends:',
    codes: ['call_cycle'],
  },
  {
    name: 'an answer of caller and called',
    file: 'about',
    from: '  - id: age\n',
    to: `  - { id: name, ask: { ar: اسم, en: Name }, answer: name, ${q} }\n  - id: age\n`,
    codes: ['name_clash'],
  },
  {
    name: 'an answer called as a fact',
    from: '  - id: note\n',
    to: '  - { id: language, ask: { ar: لغة؟, en: Language? }, answer: text, class: personal } # <<\n  - id: note\n',
    codes: ['name_clash'],
  },
  // names
  {
    name: 'an unknown list',
    from: 'choices: charity.aid_types',
    to: 'choices: charity.aid_kinds # <<',
    codes: ['unknown_list', 'unknown_value'],
  },
  {
    name: 'an unknown flag',
    from: '    say: { ar: أهلًا, en: Welcome }',
    to: '    say: { ar: أهلًا, en: Welcome }\n    only_if: { charity.healthy: yes } # <<',
    codes: ['unknown_flag'],
  },
  {
    name: 'a condition on nothing',
    from: 'if: { for_whom: self }, go: check }',
    to: 'if: { whom: self }, go: check } # <<',
    codes: ['unknown_name'],
  },
  { name: 'a review of nothing', from: 'review: [kind,', to: 'review: [kinds, # <<\n     ', codes: ['unknown_name'] },
  { name: 'a signature of nothing', from: 'signs: name', to: 'signs: names # <<', codes: ['unknown_name'] },
  {
    name: 'an unknown fact of the charity',
    from: 'en: Welcome }',
    to: 'en: "Call {charity.fax}" } # <<',
    codes: ['unknown_name'],
  },
  {
    name: 'an item outside of each',
    from: 'en: Welcome }',
    to: 'en: "Send {item.label}" } # <<',
    codes: ['unknown_name'],
  },
  {
    name: 'a condition on a value that is no choice',
    from: 'only_if: { for_whom: other }',
    to: 'only_if: { for_whom: others } # <<',
    codes: ['unknown_value', 'not_answered', 'case_field'],
  },
  {
    name: 'a jump by a value that is no choice',
    from: 'on: { no: declined }',
    to: 'on: { no: declined, maybe: declined } # <<',
    codes: ['unknown_value'],
  },
  {
    name: 'a jump by an end that does not exist',
    from: 'on: { done: check }',
    to: 'on: { finished: check } # <<',
    codes: ['unknown_value'],
  },
  {
    name: 'a jump by an outcome that does not exist',
    file: 'menu',
    from: 'on: { none: service }',
    to: 'on: { none: service, found: service } # <<',
    codes: ['unknown_value'],
  },
  {
    name: 'an unknown channel',
    file: 'menu',
    from: 'only_if: { draft: yes }',
    to: 'only_if: { channel: sms } # <<\n       ',
    codes: ['unknown_value'],
  },
  {
    name: 'a paper for an unknown kind',
    file: 'flows/charities/test/charity.yaml',
    from: 'for: [surgery], required: false }',
    to: 'for: [surgeon], required: false } # <<',
    codes: ['unknown_value'],
  },
  {
    name: 'a text before its answer',
    from: 'en: Welcome }',
    to: 'en: "Welcome {name}" } # <<',
    codes: ['not_answered'],
  },
  {
    name: 'a condition on a later answer',
    from: '    say: { ar: أهلًا, en: Welcome }',
    to: '    say: { ar: أهلًا, en: Welcome }\n    only_if: { for_whom: self } # <<',
    codes: ['not_answered'],
  },
  {
    name: 'a number before it is made',
    from: 'en: "I declare, {name}" }',
    to: 'en: "I declare {number}, {name}" } # <<',
    codes: ['not_answered'],
  },
  {
    name: 'a text with a conditional answer',
    from: 'en: "I declare, {name}" }',
    to: 'en: "I declare for {patient}, {name}" } # <<',
    codes: ['maybe_unanswered'],
  },
  {
    name: 'a text with an optional answer',
    from: 'en: "I declare, {name}" }',
    to: 'en: "I declare: {note}, {name}" } # <<',
    codes: ['maybe_unanswered'],
  },
  {
    name: 'a signature that may be missing',
    from: 'signs: name',
    to: 'signs: patient # <<',
    codes: ['maybe_unanswered'],
  },
  {
    name: 'an end reached without the answer',
    from: 'staff: { handoff: true, say: { ar: موظف, en: Staff } }',
    to: 'staff: { handoff: true, say: { ar: موظف, en: "Staff, {name}" } } # <<',
    codes: ['maybe_unanswered'],
  },
  // cases
  {
    name: 'a kind of case that is not declared',
    from: 'submit: case/aid-request',
    to: 'submit: case/aid-requests # <<',
    codes: ['unknown_case'],
  },
  {
    name: 'a required answer that is optional',
    file: 'flows/cases.yaml',
    from: 'required: [consent, kind, name, truth]',
    to: 'required: [consent, kind, name, truth, note]',
    codes: ['case_field'],
    at: { file: 'flows/aid.yaml', line: 'submit: case/aid-request' },
  },
  {
    name: 'a required answer under a condition',
    file: 'flows/cases.yaml',
    from: 'required: [consent, kind, name, truth]',
    to: 'required: [consent, kind, name, truth, patient]',
    codes: ['case_field'],
    at: { file: 'flows/aid.yaml', line: 'submit: case/aid-request' },
  },
  {
    name: 'a required answer that some way leads past',
    from: 'label: { ar: لي, en: For me } }',
    to: 'label: { ar: لي, en: For me }, go: papers }',
    codes: ['case_field', 'maybe_unanswered', 'not_answered'],
    at: { file: 'flows/aid.yaml', line: 'submit: case/aid-request' },
  },
  {
    name: 'a required answer that is asked for another value',
    file: 'flows/cases.yaml',
    from: '{ if: { for_whom: other }, answers: [patient] }',
    to: '{ if: { kind: surgery }, answers: [patient] }',
    codes: ['case_field'],
    at: { file: 'flows/aid.yaml', line: 'submit: case/aid-request' },
  },
  {
    name: 'a required answer that nobody asks for',
    file: 'flows/cases.yaml',
    from: 'name, truth]',
    to: 'name, truth, naem] # <<',
    codes: ['unknown_name'],
  },
  {
    name: 'a condition without its answers',
    file: 'flows/cases.yaml',
    from: ', answers: [patient] }',
    to: ' } # <<',
    codes: ['missing_key'],
  },
  {
    name: 'an unknown key of a case',
    file: 'flows/cases.yaml',
    from: '    required: [',
    to: '    requires: [kind] # <<\n    required: [',
    codes: ['unknown_key'],
  },
  // the tone
  {
    name: 'a rule of tone about nothing that we know',
    file: 'flows/tone.yaml',
    from: 'about: blame',
    to: 'about: blaming # <<',
    codes: ['bad_value'],
  },
  // the pack
  {
    name: 'a missing global word',
    file: 'flows/words.yaml',
    from: '  thanks: { ar: [شكرا], en: [thanks] }\n',
    to: '',
    codes: ['missing_key'],
  },
  {
    name: 'an unknown day',
    file: 'flows/charities/test/charity.yaml',
    from: 'day: [sunday,',
    to: 'day: [someday, # <<\n     ',
    codes: ['bad_value'],
  },
  {
    name: 'an unknown zone',
    file: 'flows/charities/test/charity.yaml',
    from: 'zone: Asia/Riyadh',
    to: 'zone: Asia/Ryad # <<',
    codes: ['bad_value'],
  },
];

/** Codes that have a test of their own below. */
const apart = ['too_big', 'missing_file', 'call_depth'];

describe('planted faults', () => {
  it('are not found in the sound pack', () => {
    expect(found({})).toEqual([]);
  });

  it.each(faults)('$name → $codes', ({ file = 'aid', from, to, codes, at }) => {
    const path = file.includes('/') ? file : `flows/${file}.yaml`;
    const source = pack({}).find((one) => one.path === path)?.text ?? '';
    expect(source.split(from).length, 'the place to plant in').toBeGreaterThanOrEqual(2);
    const planted = source.replace(from, () => to);
    const findings = found({ [path]: planted });
    expect([...new Set(findings.map((one) => one.code))].sort(), JSON.stringify(findings)).toEqual(
      [...new Set(codes)].sort(),
    );
    if (at) {
      const told =
        (pack({ [path]: planted }).find((one) => one.path === at.file)?.text ?? '')
          .split('\n')
          .findIndex((text) => text.includes(at.line)) + 1;
      expect(findings).toContainEqual(expect.objectContaining({ code: codes[0], file: at.file, line: told }));
    }
    const line = planted.split('\n').findIndex((text) => text.includes('# <<')) + 1;
    if (line > 0)
      expect(findings.filter((one) => one.code === codes[0])).toContainEqual(
        expect.objectContaining({ file: path, line }),
      );
    for (const finding of findings) expect(finding.cure).not.toBe('');
  });

  it('cover every code', () => {
    const tested = new Set([...faults.map(({ codes }) => codes[0]), ...apart]);
    expect(findingCodes.filter((code) => !tested.has(code))).toEqual([]);
  });
});

describe('sound things that look like faults', () => {
  const fine: Omit<Fault, 'codes'>[] = [
    {
      name: 'what moved',
      from: 'ends:\n  done: { say',
      to: `moved:
  - { step: job, to: kind }
  - { step: work, to: papers }
  - { step: gone, to: staff }
  - { step: elsewhere, to: flow/menu }
  - { answer: job, to: note }
  - { answer: work, to: forget }
  - { flow: former }
ends:
  done: { say`,
    },
    {
      name: 'an optional answer where it was given',
      from: '  - id: route\n',
      to: '  - id: echo\n    only_if: { note: answered }\n    say: { ar: "{note}", en: "{note}" }\n  - id: route\n',
    },
    {
      name: 'an optional answer where it was not skipped',
      from: '  - id: route\n',
      to: '  - id: echo\n    only_if: { note: { not: skipped } }\n    say: { ar: "{note}", en: "{note}" }\n  - id: route\n',
    },
    {
      name: 'a conditional answer under the same condition',
      from: '  - id: route\n',
      to: '  - id: echo\n    only_if: { for_whom: other, kind: surgery }\n    say: { ar: "{patient}", en: "{patient}" }\n  - id: route\n',
    },
    {
      name: 'a late silence that says nothing',
      from: 'on_silence: { after: 20h, go: saved }',
      to: 'on_silence: { after: 3d, go: declined_quietly }',
    },
    {
      name: 'a late silence with a template',
      from: 'saved: { park: true, say',
      to: 'saved: { park: true, template: saved_request, say',
    },
    { name: 'a brace in a text', from: 'en: Welcome }', to: 'en: "Welcome {{here" }' },
    {
      name: 'labels of a dynamic list',
      file: 'menu',
      from: 'ask: { ar: أيها؟, en: Which? }',
      to: 'ask: { ar: أي هذه الطلبات؟, en: Which of these requests? }',
    },
  ];
  it.each(fine)('$name', ({ file = 'aid', from, to }) => {
    const path = `flows/${file}.yaml`;
    const ends = to.includes('declined_quietly')
      ? { from: '  saved: { park: true, say', to: '  declined_quietly: { park: true }\n  saved: { park: true, say' }
      : undefined;
    let text = (sound[file] ?? '').replace(from, () => to);
    if (to.includes('template:')) text = text.replace('after: 20h', 'after: 30h');
    if (ends)
      text = text
        .replace(ends.from, ends.to)
        .replace('on: { no: declined }', 'on: { no: declined }\n    on_silence: { after: 2h, go: saved }');
    expect(text).not.toBe(sound[file]);
    expect(found({ [path]: text })).toEqual([]);
  });
});

describe('a pack that is not there', () => {
  it('names the missing files', () => {
    expect(compilePack([], 'nobody', []).findings).toMatchObject([
      { code: 'missing_file', file: 'flows/charities/nobody/charity.yaml' },
    ]);
    const files = pack({}).filter((file) => !file.path.startsWith('flows/texts') && file.path !== 'flows/words.yaml');
    expect(compilePack(files, 'test', []).findings.map((one) => `${one.code} ${one.file}`)).toEqual([
      'missing_file flows/texts/ar.yaml',
      'missing_file flows/texts/en.yaml',
      'missing_file flows/words.yaml',
    ]);
  });

  it('finds calls that go too deep', () => {
    const deep = Array.from({ length: 10 }, (_, n) => [
      `f${n}`,
      `flow: f${n}\ntitle: { ar: ف, en: F }\nsteps:\n  - ${n < 9 ? `{ id: c${n}, call: f${n + 1} }` : '{ id: bye, say: { ar: و, en: B } }'}\nends: { done: {} }\n`,
    ]);
    const findings = compilePack(
      testFiles({ menu, ...Object.fromEntries(deep) } as Record<string, string>).map(simpler),
      'test',
      [],
    ).findings;
    expect(findings.map((one) => `${one.code} ${one.file}`)).toContain('call_depth flows/f0.yaml');
  });
});

const cases = `cases:
  aid-request:
    required: [consent, kind, name, truth]
    required_if:
      - { if: { for_whom: other }, answers: [patient] }
`;
const templates = `templates:
  - id: saved_request
    purposes: end
    title: { ar: محفوظ, en: Kept }
    name: saved_request
    approved: true
    codes: { ar: ar, en: en }
    text: { ar: حفظنا طلبك., en: We kept your request. }
`;
const tone = `tone:
  - about: blame
    language: en
    avoid: [your mistake]
    better: Say what is missing.
longest_line: { en: 100 }
`;

function simpler(file: { path: string; text: string }): { path: string; text: string } {
  return { path: file.path, text: file.text.replace('go: flow/aid', 'go: score') };
}

function found(changed: Record<string, string>) {
  return compilePack(pack(changed), 'test', [whatsapp, telegram]).findings;
}

/** The sound pack with some files replaced. A flow that only leads back to the menu stands by. */
function pack(changed: Record<string, string>) {
  const closed =
    'flow: closed\ntitle: { ar: مغلق, en: Closed }\nsteps:\n  - { id: bye, say: { ar: مغلق, en: Closed } }\nends:\n  done: { then: flow/menu }\n';
  const files = testFiles(
    { ...sound, closed },
    {
      words,
      charity: testCharity,
      cases,
      files: { 'flows/tone.yaml': tone, 'flows/charities/test/templates.yaml': templates },
    },
  );
  return files.map((file) => ({ path: file.path, text: changed[file.path] ?? file.text }));
}
