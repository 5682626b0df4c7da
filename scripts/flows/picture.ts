/** What a drawing of a flow shows, in one language, before anything is laid out. */
import type { AskingStep, Condition, End, Flow, FlowSet, Language, Step, Text } from '../../src/engine/types.js';
import { asks, type Edge, edgeName, edgesOf, type Label, type Way } from './ways.js';

export type Look = 'start' | 'say' | 'ask' | 'seal' | 'branch' | 'look_up' | 'call' | 'act' | 'done' | 'staff' | 'kept' | 'end' | 'flow' | 'exit';

export interface Box {
  readonly id: string;
  readonly look: Look;
  /** Above the words, smaller. */
  readonly caption: string;
  readonly words: string;
  /** Choices that are offered. */
  readonly chips: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly way: Way;
  readonly label: string;
  /** The edges of the flow that it stands for. */
  readonly names: readonly string[];
}

export interface Picture {
  readonly language: Language;
  readonly title: string;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export type Texts = Readonly<Record<string, Text>>;

/** Pictures of a flow with its answers on the edges, its ends, and the flows it leads to. */
export function pictureOf(flow: Flow, set: FlowSet, texts: Texts, language: Language): Picture {
  const painter = new Painter(flow, set, texts, language);
  return { language, title: flow.title[language] ?? flow.id, boxes: painter.boxes(), arrows: painter.arrows() };
}

const startId = '#start';

class Painter {
  private readonly edges: readonly Edge[];

  constructor(
    private readonly flow: Flow,
    private readonly set: FlowSet,
    private readonly texts: Texts,
    private readonly language: Language,
  ) {
    this.edges = edgesOf(flow, set);
  }

  boxes(): Box[] {
    const outside = new Set(this.edges.map(({ to }) => to).filter((to) => to.startsWith('flow/') || to === 'resume'));
    return [
      { id: startId, look: 'start', caption: '', words: this.say('start'), chips: [] },
      ...this.flow.steps.map((step) => this.step(step)),
      ...this.exitGroups().map(({ id, words }): Box => ({ id, look: 'exit', caption: '', words, chips: [] })),
      ...Object.values(this.flow.ends).map((end) => this.end(end)),
      ...[...outside].map((to): Box => ({ id: to, look: 'flow', caption: '', words: this.elsewhere(to), chips: [] })),
    ];
  }

  arrows(): Arrow[] {
    const first = this.flow.steps[0]?.id ?? '';
    const groups = this.exitGroups();
    const plain = this.edges.filter(({ way }) => way !== 'wrong' && way !== 'silence');
    return [
      { from: startId, to: first, way: 'go', label: '', names: [] },
      ...plain.map((edge): Arrow => ({ from: edge.from, to: edge.to, way: edge.way, label: this.label(edge), names: [edgeName(edge)] })),
      ...groups.map(({ id, to, way, names }): Arrow => ({ from: id, to, way, label: '', names })),
    ];
  }

  /** The ways out after wrong answers and silence, those that are alike together. */
  private exitGroups(): { id: string; to: string; way: Way; words: string; names: string[] }[] {
    const groups = new Map<string, { id: string; to: string; way: Way; words: string; names: string[]; steps: string[] }>();
    const questions = this.flow.steps.filter(asks);
    for (const edge of this.edges.filter(({ way }) => way === 'wrong' || way === 'silence')) {
      const step = questions.find((one) => one.id === edge.from);
      const words = step === undefined ? '' : this.exit(step, edge.way);
      const key = `${edge.way} ${edge.to} ${words}`;
      const group = groups.get(key) ?? { id: `#exit${groups.size}`, to: edge.to, way: edge.way, words, names: [], steps: [] };
      group.names.push(edgeName(edge));
      group.steps.push(step === undefined ? edge.from : this.nameOf(step));
      groups.set(key, group);
    }
    return [...groups.values()].map(({ steps, words, ...rest }) => {
      const where = steps.length === questions.length ? this.say('every') : steps.slice(0, 4).join('، ') + (steps.length > 4 ? '…' : '');
      return { ...rest, words: `${words} · ${where}` };
    });
  }

  private exit({ wrong, silence }: AskingStep, way: Way): string {
    return way === 'wrong'
      ? this.say('wrong', { tries: String(wrong.tries) })
      : this.say('silence', { hours: String(Math.round(silence.after / 3_600_000)) });
  }

  private step(step: Step): Box {
    const base = { id: step.id, caption: '', chips: [] };
    switch (step.kind) {
      case 'say':
        return { ...base, look: 'say', words: this.filled(step.say) };
      case 'branch':
        return { ...base, look: 'branch', words: this.say('branch') };
      case 'call':
        return { ...base, look: 'call', words: this.set.flows[step.flow]?.title[this.language] ?? step.flow };
      case 'look_up':
        return { ...base, look: 'look_up', words: this.say(`look_up.${step.what}`) };
      case 'record_rating':
        return { ...base, look: 'act', words: this.say('rating') };
      case 'submit':
        return { ...base, look: 'act', words: this.say('submit') };
      default:
        return this.question(step);
    }
  }

  private question(step: AskingStep): Box {
    const look = step.kind === 'ask' ? 'ask' : 'seal';
    const chips = step.kind === 'ask' ? (step.choices ?? []).map((choice) => this.filled(choice.label)) : [];
    const privacy = this.say(`class.${step.class}`);
    const caption = step.short ? `${this.nameOf(step)} · ${privacy}` : privacy;
    return { id: step.id, look, caption, words: this.filled(lastQuestion(step.ask, this.language)), chips };
  }

  private end({ id, say, submit, handoff, park, then }: End): Box {
    const look: Look = submit !== undefined || id === 'done' ? 'done' : handoff ? 'staff' : park ? 'kept' : 'end';
    const words = say ? this.filled(say) : then === undefined ? this.say('empty') : this.elsewhere(then);
    return { id, look, caption: '', words, chips: [] };
  }

  private label(edge: Edge): string {
    if (edge.way === 'skip') return this.say('skip');
    if (edge.way === 'pass') return this.passed(edge.from);
    return [...new Set(edge.labels.map((label) => this.written(label)))].join(this.language === 'ar' ? ' أو ' : ' or ');
  }

  private passed(id: string): string {
    const [test, ...more] = this.flow.steps.find((step) => step.id === id)?.onlyIf ?? [];
    if (!test) return this.say('pass');
    if (!test.not || more.length > 0) return this.say('unless', { when: this.condition([test, ...more]) });
    return this.say('if', { when: this.condition([{ ...test, not: false }]) });
  }

  private written(label: Label): string {
    if (label === 'otherwise') return this.say('otherwise');
    if ('text' in label) return this.filled(label.text);
    return 'value' in label ? this.value(label.value) : this.condition(label.when);
  }

  private value(value: string): string {
    if (value === 'yes' || value === 'no') return this.texts[`engine.${value}`]?.[this.language] ?? value;
    return this.texts[`drawing.value.${value}`]?.[this.language] ?? value;
  }

  /** `draft: yes` and the like: the name alone when it is simply so. */
  private condition(condition: Condition): string {
    const tests = condition.map((test) => {
      const asked = this.flow.steps.find((step) => step.id === test.name);
      const name = asked && asks(asked) ? this.nameOf(asked) : (this.texts[`drawing.fact.${test.name}`]?.[this.language] ?? test.name);
      const values = (test.in ?? []).map((value) => this.choice(asked, value));
      const simply = test.in === undefined || (test.in.length === 1 && test.in[0] === 'yes');
      const told = simply ? name : `${name}: ${values.join('، ')}`;
      return test.not ? this.say('not', { value: told }) : told;
    });
    return tests.join(' + ');
  }

  private choice(asked: Step | undefined, value: string): string {
    const choice = asked?.kind === 'ask' ? asked.choices?.find((one) => one.id === value) : undefined;
    return choice ? this.filled(choice.label) : this.value(value);
  }

  private nameOf(step: AskingStep): string {
    return step.short ? this.filled(step.short) : step.id;
  }

  private elsewhere(target: string): string {
    if (target === 'resume') return this.say('resume');
    const id = target.slice('flow/'.length);
    return this.set.flows[id]?.title[this.language] ?? id;
  }

  /** The first line or two, with the names of answers for their values. */
  private filled(text: Text): string {
    const source = text[this.language] ?? '';
    return source
      .replaceAll(/\{charity\.([a-z0-9_]+)\}/g, (_, name: string) => (name === 'name' ? '…' : (this.set.charity.facts[name]?.[this.language] ?? '…')))
      .replaceAll(/\{[^{}]*\}/g, '‹…›')
      .replaceAll(/^[^\p{L}\p{N}]*‹…›[^\p{L}\p{N}]*\n/gmu, '')
      .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .trim();
  }

  private say(key: string, values: Readonly<Record<string, string>> = {}): string {
    const text = this.texts[`drawing.${key}`]?.[this.language] ?? key;
    return text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
  }
}

/** A long preamble says less than the question at its end. */
function lastQuestion(text: Text, language: Language): Text {
  const lines = (text[language] ?? '').split('\n').filter((line) => line.trim() !== '');
  const asked = lines.findLast((line) => /[?؟]\s*(\(|$)/.test(line));
  return { [language]: lines.length > 3 && asked !== undefined ? asked : lines.slice(0, 3).join('\n') };
}
