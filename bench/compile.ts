/** Compiles a lone flow in a pack that has nothing else: English, no articles, no words of danger. */
import { compilePack } from '../src/engine/language/compile.js';
import type { FlowSet } from '../src/engine/types.js';

const pack: Record<string, string> = {
  'flows/charities/bench/charity.yaml': `
id: bench
name: { en: Relief Desk }
zone: UTC
languages: [en]
decision_min_days: 14
handoff_deadline: 4h
hours: []
`,
  'flows/words.yaml': `
words:
  menu: { en: [main menu] }
  back: { en: [back] }
  cancel: { en: [cancel] }
  help: { en: [help] }
  person: { en: [staff] }
  language: { en: [language] }
  skip: { en: [skip] }
  "yes": { en: ["yes"] }
  "no": { en: ["no"] }
  edit: { en: [edit] }
  negation: { en: [not] }
  greeting: { en: [good morning] }
  thanks: { en: [thanks] }
doors: {}
`,
  'flows/texts/en.yaml': '{}\n',
  'flows/danger.yaml': 'danger: []\n',
  'flows/cases.yaml': `
cases:
  test: { required: [] }
  aid-intake: { required: [consent, name, national_id, phone, aid, need, document] }
`,
};

/** The set that starts with the flow `start`; throws with the findings when it does not compile. */
export function compileSources(flows: Readonly<Record<string, string>>, start: string): FlowSet {
  const charity = `${pack['flows/charities/bench/charity.yaml'] ?? ''}start: ${start}\nread_first: false\ninquiries: false\n`;
  const files = Object.entries({ ...pack, 'flows/charities/bench/charity.yaml': charity, ...flows }).map(
    ([path, text]) => ({ path, text }),
  );
  const { set, findings } = compilePack(files, 'bench', []);
  if (!set) throw new Error(findings.map((one) => `${one.file}:${one.line} ${one.code} ${one.message}`).join('\n'));
  return set;
}
