/** Compiles a few flows of a test into a flow set, with a charity of two languages and no more words than are needed. */
import { compilePack, type Compiled, type FlowLimits, type SourceFile } from '../../src/engine/language/index.js';
import type { FlowSet } from '../../src/engine/types.js';

export interface CompileOptions {
  /** YAML; replaces charity.yaml of the charity `test`. */
  charity?: string;
  words?: string;
  danger?: string;
  cases?: string;
  /** YAML per language. A key that is missing is said as the key itself. */
  texts?: Record<string, string>;
  limits?: readonly FlowLimits[];
  /** Further files by their path below the root. */
  files?: Record<string, string>;
}

export const testCharity = `
id: test
name: { ar: جمعية الاختبار, en: Test Charity }
zone: Asia/Riyadh
languages: [ar, en]
start: START
decision_min_days: 14
handoff_deadline: 2h
hours:
  - { day: [sunday, monday, tuesday, wednesday, thursday], from: "08:00", to: "15:00" }
facts:
  phone: "920000000"
flags: { health: yes, donations: no }
aid_types:
  - { id: surgery, label: { ar: عملية, en: Surgery } }
  - { id: devices, label: { ar: أجهزة, en: Devices } }
papers:
  - { id: id_card, label: { ar: الهوية, en: ID card } }
  - { id: report, label: { ar: التقرير, en: Report }, hint: { ar: حديث, en: Recent }, for: [surgery], required: false }
`;

export const testWords = `
words:
  menu: { ar: [القائمة], en: [menu] }
  back: { ar: [رجوع], en: [back] }
  cancel: { ar: [إلغاء], en: [cancel] }
  help: { ar: [مساعدة], en: [help] }
  person: { ar: [موظف], en: [staff] }
  language: { ar: [English], en: [العربية] }
  skip: { ar: [تخطي], en: [skip] }
  "yes": { ar: [نعم], en: ["yes"] }
  "no": { ar: [لا], en: ["no"] }
  edit: { ar: [تعديل], en: [edit] }
  negation: { ar: [لا, غير, ليس], en: [not] }
  greeting: { ar: [السلام عليكم], en: [hello] }
  thanks: { ar: [شكرا], en: [thanks] }
`;

const testDanger = `
danger:
  - kind: medical
    phrases: [لا يتنفس]
    unless: [سابقا]
    say: { ar: اتصل بالإسعاف, en: Call an ambulance }
`;

/** Nothing is required of a case. */
export const testCases = `
cases:
  aid-request: {}
  complaint: {}
  test: {}
`;

/** The set; throws with the findings when there are any. The first flow is where conversations start. */
export function compileForTest(flows: Record<string, string>, options: CompileOptions = {}): FlowSet {
  const { set, findings } = tryCompile(flows, options);
  if (!set)
    throw new Error(
      findings.map((one) => `${one.file}:${one.line} ${one.code} ${one.message} → ${one.cure}`).join('\n'),
    );
  return set;
}

/** The same with its findings. `flows` are YAML by flow id. */
export function tryCompile(flows: Record<string, string>, options: CompileOptions = {}): Compiled {
  return compilePack(testFiles(flows, options), 'test', options.limits ?? []);
}

export function testFiles(flows: Record<string, string>, options: CompileOptions = {}): SourceFile[] {
  const texts = options.texts ?? { ar: 'engine.yes: نعم', en: 'engine.yes: "Yes"' };
  const all: Record<string, string> = {
    'flows/charities/test/charity.yaml': (options.charity ?? testCharity).replace(
      'START',
      Object.keys(flows)[0] ?? 'menu',
    ),
    'flows/words.yaml': options.words ?? testWords,
    'flows/danger.yaml': options.danger ?? testDanger,
    'flows/cases.yaml': options.cases ?? testCases,
    ...Object.fromEntries(Object.entries(texts).map(([language, text]) => [`flows/texts/${language}.yaml`, text])),
    ...Object.fromEntries(Object.entries(flows).map(([id, text]) => [`flows/${id}.yaml`, text])),
    ...options.files,
  };
  return Object.entries(all).map(([path, text]) => ({ path, text }));
}
