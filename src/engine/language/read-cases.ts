/** Reads flows/cases.yaml: what every kind of case holds when it is filed. */
import type { Condition } from '../types.js';
import type { Place, Report } from './finding.js';
import { readCondition } from './read-condition.js';
import { type Fields, readFields, readId, readList, readStrings } from './shape.js';
import type { Node } from './source.js';
import { keysOf } from './vocabulary.js';

/** An answer without which a case is not filed; always, or where a condition holds. */
export interface CaseField {
  readonly name: string;
  readonly at: Place;
  readonly if?: Condition;
}
/** By kind: `aid-request`. */
export type CaseRules = ReadonlyMap<string, readonly CaseField[]>;

export function readCases(node: Node, report: Report): CaseRules {
  const fields = readFields(node, 'The file of cases', keysOf('cases'), report);
  const kinds = fields?.need('cases', 'Add "cases:" with the kinds of case that flows file.');
  const named = kinds && readFields(kinds, '"cases"', null, report);
  const pairs = [...(named?.node.entries ?? [])].map(([kind, entry]) => {
    readId({ kind: 'scalar', at: entry.at, value: kind, source: kind }, 'a kind of case', report);
    return [kind, readKind(entry.value, kind, report)] as const;
  });
  return new Map(pairs);
}

function readKind(node: Node, kind: string, report: Report): CaseField[] {
  const fields = readFields(node, `The case "${kind}"`, keysOf('caseKind'), report);
  if (!fields) return [];
  return [...namesIn(fields, 'required', undefined), ...conditional(fields)];
}

function conditional(fields: Fields): CaseField[] {
  const node = fields.get('required_if');
  const list = node && readList(node, '"required_if"', fields.report);
  return (list?.items ?? []).flatMap((item) => {
    const need = readFields(item, 'An entry of "required_if"', keysOf('caseNeed'), fields.report);
    need?.need('answers', 'Name the answers: "answers: [patient_name]".');
    const condition = readCondition(
      need?.need('if', 'Say when: "if: { for_whom: other }".'),
      'if',
      new Map(),
      fields.report,
    );
    return need && condition ? namesIn(need, 'answers', condition) : [];
  });
}

function namesIn(fields: Fields, key: string, condition: Condition | undefined): CaseField[] {
  const node = fields.get(key);
  const items = node?.kind === 'list' ? node.items : node ? [node] : [];
  return items.flatMap((item) =>
    readStrings(item, `"${key}"`, fields.report).map((name) => ({
      name,
      at: item.at,
      ...(condition && { if: condition }),
    })),
  );
}
