/** Whatever way leads to a submission, the answers that its kind of case requires were given. */
import type { Condition } from '../../types.js';
import type { Place } from '../finding.js';
import type { FlowProgram } from '../program.js';
import type { CaseField } from '../read-cases.js';
import { reportUnknown } from '../shape.js';
import type { Checked, Programs } from './index.js';

/** One place where a case is filed. */
interface Filing {
  readonly kind: string;
  readonly node: number;
  readonly at: Place;
  readonly condition: Condition;
}

export function checkCases(checked: Checked, programs: Programs): void {
  const { cases, report } = checked;
  const given = new Map<string, Set<string>>();
  for (const program of programs.compiled.all) {
    for (const filing of filingsOf(program)) {
      const fields = cases?.get(filing.kind);
      if (!fields) {
        if (cases)
          reportUnknown(
            'unknown_case',
            filing.at,
            `No case is called "${filing.kind}".`,
            filing.kind,
            cases.keys(),
            report,
          );
        continue;
      }
      const known = given.get(filing.kind) ?? new Set<string>();
      for (const field of fields) if (checkField(field, filing, program, programs, checked)) known.add(field.name);
      given.set(filing.kind, known);
    }
  }
  for (const [kind, names] of given) reportNeverGiven(kind, names, checked);
}

export function filingsOf(program: FlowProgram): Filing[] {
  const { flow } = program;
  const steps = flow.steps.flatMap(({ step, at, places }) =>
    step.kind === 'submit' && step.opens !== ''
      ? [
          {
            kind: kindOf(step.opens),
            node: program.node(step.id),
            at: places.get('submit') ?? at,
            condition: step.onlyIf ?? [],
          },
        ]
      : [],
  );
  const ends = flow.ends.flatMap(({ end, at, places }) =>
    end.submit !== undefined && end.submit !== ''
      ? [{ kind: kindOf(end.submit), node: program.node(end.id), at: places.get('submit') ?? at, condition: [] }]
      : [],
  );
  return [...steps, ...ends];
}

/** True when some flow that files this kind knows the answer, in this charity or in another. */
function checkField(
  field: CaseField,
  filing: Filing,
  program: FlowProgram,
  { written, compiled }: Programs,
  { report }: Checked,
): boolean {
  const whole = written.get(program.flow.id);
  if (!whole || written.stepsGiving(whole, field.name).length === 0) return false;
  // What the charity leaves out is not required of it.
  if (compiled.stepsGiving(program, field.name).length === 0) return true;
  if (program.has(field.name, filing.node, [...filing.condition, ...(field.if ?? [])])) return true;
  report.add(
    'case_field',
    filing.at,
    `The case "${filing.kind}" can be filed here without "${field.name}", which it requires.`,
    'Ask it on every way to this place, not optional; or take it out of flows/cases.yaml.',
  );
  return true;
}

function reportNeverGiven(kind: string, given: ReadonlySet<string>, { cases, report }: Checked): void {
  for (const { name, at } of cases?.get(kind) ?? []) {
    if (given.has(name)) continue;
    report.add(
      'unknown_name',
      at,
      `No flow that files "${kind}" asks for "${name}".`,
      'Look for a slip of the pen, or ask for it.',
    );
  }
}

function kindOf(opens: string): string {
  return opens.replace(/^case\//, '');
}
