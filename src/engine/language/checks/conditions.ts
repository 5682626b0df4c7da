/** Conditions and jumps by value name answers that exist, were asked before, and can have that value. */
import type { Condition, Step, Test } from '../../types.js';
import type { DraftStep } from '../draft.js';
import type { Place } from '../finding.js';
import { isQuestion, valuesOf } from '../graph.js';
import type { FlowProgram, Program } from '../program.js';
import { lookUps } from '../read-acts.js';
import { reportUnknown } from '../shape.js';
import { facts } from './facts.js';
import type { Checked, Programs } from './index.js';

export function checkConditions(checked: Checked, { written }: Programs): void {
  for (const program of written.all) {
    for (const draft of program.flow.steps) {
      const { step } = draft;
      const check = new ConditionCheck(checked, written, program, draft);
      check.condition(step.onlyIf, 'only_if');
      if (step.kind === 'branch') step.cases.forEach((one, index) => check.condition(one.if, `case.${index}.if`));
      if (step.kind === 'ask')
        step.choices?.forEach((choice) => check.condition(choice.onlyIf, `choices.${choice.id}.only_if`));
      check.jumps();
    }
  }
}

class ConditionCheck {
  constructor(
    private readonly checked: Checked,
    private readonly all: Program,
    private readonly program: FlowProgram,
    private readonly draft: DraftStep,
  ) {}

  condition(condition: Condition | undefined, prefix: string): void {
    for (const test of condition ?? []) this.test(test, this.place(`${prefix}.${test.name}`));
  }

  /** `on:` of a question or look-up. Calls are checked with the calls. */
  jumps(): void {
    const { step } = this.draft;
    if (!('on' in step) || step.kind === 'call') return;
    const known = step.kind === 'look_up' ? lookUps[step.what].outcomes : jumpValues(step, this.draft, this.checked);
    for (const value of Object.keys(step.on)) {
      if (known && !known.includes(value)) {
        reportUnknown(
          'unknown_value',
          this.place(`on.${value}`),
          `"${value}" is not a value that "${step.id}" can have.`,
          value,
          known,
          this.checked.report,
        );
      }
    }
  }

  private place(key: string): Place {
    return this.draft.places.get(key) ?? this.draft.at;
  }

  private test(test: Test, at: Place): void {
    const { pack, limits, report } = this.checked;
    if (test.name.startsWith('charity.')) return this.flag(test, at);
    const steps = this.all.stepsGiving(this.program, test.name);
    if (steps.length > 0) return this.answer(test, at, steps);
    const fact = facts.get(test.name);
    if (fact) return this.values(test, at, fact(pack, limits));
    reportUnknown(
      'unknown_name',
      at,
      `No answer and no fact is called "${test.name}".`,
      test.name,
      this.names(),
      report,
    );
  }

  private *names(): Generator<string> {
    yield* this.all.namesOf(this.program);
    yield* facts.keys();
  }

  private flag(test: Test, at: Place): void {
    const { flags } = this.checked.pack;
    const name = test.name.slice('charity.'.length);
    if (!flags.has(name))
      reportUnknown(
        'unknown_flag',
        at,
        `The charity has no flag "${name}".`,
        name,
        [...flags.keys()],
        this.checked.report,
      );
    else this.values(test, at, ['yes', 'no']);
  }

  private answer(test: Test, at: Place, steps: readonly DraftStep[]): void {
    const lists = steps.map((draft) => conditionValues(draft, this.checked));
    if (lists.every((list) => list !== undefined)) this.values(test, at, lists.flat());
    if (!this.all.namesOf(this.program).has(test.name)) return;
    if (this.program.mayHave(test.name, this.program.node(this.draft.step.id))) return;
    this.checked.report.add(
      'not_answered',
      at,
      `"${test.name}" is only answered later, so this never holds here.`,
      'Ask it before, or name another answer.',
    );
  }

  private values(test: Test, at: Place, known: readonly string[] | undefined): void {
    for (const value of known ? (test.in ?? []) : []) {
      if (known?.includes(value)) continue;
      reportUnknown(
        'unknown_value',
        at,
        `"${test.name}" is never "${value}".`,
        value,
        known ?? [],
        this.checked.report,
      );
    }
  }
}

/** What a condition may compare an answer with; undefined: anything. */
function conditionValues(draft: DraftStep, { pack }: Checked): readonly string[] | undefined {
  const { step } = draft;
  if (step.kind === 'look_up') return lookUps[step.what].outcomes;
  if (!isQuestion(step)) return undefined;
  if (step.kind === 'ask' && (step.choicesFrom !== undefined || step.answer === 'number' || step.answer === 'money'))
    return undefined;
  const shared = draft.list === undefined ? [] : [...(pack.known.get(draft.list) ?? [])];
  return [...(valuesOf(step) ?? skipped(step)), ...shared];
}

/** What `on:` may name: values that are words; undefined: anything. */
function jumpValues(step: Step, draft: DraftStep, { pack }: Checked): readonly string[] | undefined {
  if (step.kind !== 'ask') return isQuestion(step) ? (valuesOf(step) ?? []) : undefined;
  const named = step.answer === 'choice' || step.answer === 'yes_no';
  if (!named || step.choicesFrom !== undefined) return skipped(step);
  const shared = draft.list === undefined ? [] : [...(pack.known.get(draft.list) ?? [])];
  return [...(valuesOf(step) ?? []), ...shared];
}

function skipped(step: Step): string[] {
  return step.kind === 'ask' && step.optional ? ['skipped'] : [];
}
