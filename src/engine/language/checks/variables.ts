/** Every variable of a text has a value wherever the text is said. */
import { compileTemplate, TemplateError, variables } from '../../text/template.js';
import type { Condition } from '../../types.js';
import type { DraftText } from '../draft.js';
import type { Place } from '../finding.js';
import { type FlowProgram, type Program, submissionNumber } from '../program.js';
import { reportUnknown } from '../shape.js';
import type { Checked, Programs } from './index.js';

export function checkVariables(checked: Checked, { compiled }: Programs): void {
  for (const program of compiled.all) {
    for (const { step, texts } of program.flow.steps) {
      const check = new VariableCheck(checked, compiled, program, program.node(step.id), step.onlyIf ?? [], false);
      texts.forEach((text) => check.text(text));
    }
    for (const { end, texts } of program.flow.ends) {
      const check = new VariableCheck(checked, compiled, program, program.node(end.id), [], end.submit !== undefined);
      texts.forEach((text) => check.text(text));
    }
  }
}

/** The variables of a text in one language; none when its template is wrong (another check says so). */
export function variablesIn(source: string): string[] {
  if (!source.includes('{')) return [];
  try {
    return [...new Set(variables(compileTemplate(source)).map((variable) => variable.name))];
  } catch (error) {
    if (error instanceof TemplateError) return [];
    throw error;
  }
}

class VariableCheck {
  constructor(
    private readonly checked: Checked,
    private readonly all: Program,
    private readonly program: FlowProgram,
    private readonly node: number,
    private readonly condition: Condition,
    private readonly submits: boolean,
  ) {}

  text({ text, at, lines }: DraftText): void {
    for (const [language, source] of Object.entries(text)) {
      const place = { file: at.file, line: lines[language] ?? at.line };
      for (const name of variablesIn(source)) this.variable(name, place);
    }
  }

  private variable(path: string, at: Place): void {
    const { facts } = this.checked.pack;
    const [head, tail] = splitOnce(path);
    if (path === 'number') this.number(at);
    else if (head === 'charity') {
      if (!facts.has(tail ?? ''))
        reportUnknown(
          'unknown_name',
          at,
          `The charity has no fact "${tail ?? ''}".`,
          tail ?? '',
          [...facts.keys()],
          this.checked.report,
        );
    } else if (head === 'item') {
      this.checked.report.add(
        'unknown_name',
        at,
        `{${path}} has a value only as {item.label} or {item.hint} of a step with "each".`,
        'Add "each", or remove it.',
      );
    } else this.answer(head, path, tail !== undefined, at);
  }

  private number(at: Place): void {
    if (this.submits || this.program.has(submissionNumber, this.node, this.condition)) return;
    this.checked.report.add(
      'not_answered',
      at,
      '{number} is not known here on some way: nothing was submitted yet.',
      'Say it after the "submit" step, on ways that pass it.',
    );
  }

  private answer(name: string, path: string, ofResult: boolean, at: Place): void {
    const { report } = this.checked;
    const steps = this.all.stepsGiving(this.program, name);
    const fits = steps.some(({ step }) => (step.kind === 'look_up') === ofResult);
    if (!fits)
      return reportUnknown(
        'unknown_name',
        at,
        `{${path}} is not known in this flow.`,
        name,
        this.all.namesOf(this.program),
        report,
      );
    if (this.program.has(name, this.node, this.condition)) return;
    const cure = `Ask it before on every way, or give this step the same only_if, such as { ${name}: answered }.`;
    if (this.program.mayHave(name, this.node))
      report.add('maybe_unanswered', at, `{${path}} has no value on some way to this text.`, cure);
    else report.add('not_answered', at, `{${path}} is said before it is answered.`, cure);
  }
}

function splitOnce(path: string): [string, string?] {
  const dot = path.indexOf('.');
  return dot === -1 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
}
