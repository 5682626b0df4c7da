/** Conditions: `{ kind: surgery, for_whom: [self, child], report: answered, area: { not: riyadh } }`. */
import type { Condition, Test } from '../types.js';
import type { Place, Report } from './finding.js';
import { readFields, wrong } from './shape.js';
import type { Node } from './source.js';

/** All of the tests must hold; `places` learns where each name is written, under `prefix`. */
export function readCondition(
  node: Node | undefined,
  prefix: string,
  places: Map<string, Place>,
  report: Report,
): Condition | undefined {
  const fields = node && readFields(node, 'A condition', null, report);
  if (!fields) return undefined;
  if (fields.node.entries.size === 0)
    wrong(fields.node, 'A condition names nothing.', 'Write { answer: value }, or leave it out.', report);
  return [...fields.node.entries].flatMap(([name, entry]) => {
    places.set(`${prefix}.${name}`, entry.at);
    return readTest(name, entry.value, report) ?? [];
  });
}

function readTest(name: string, node: Node, report: Report): Test | undefined {
  if (node.kind === 'map') {
    const fields = readFields(node, 'A test', ['not'], report);
    const inner = fields?.need('not', 'Write { not: value }.');
    const test = inner && inner.kind !== 'map' ? readTest(name, inner, report) : undefined;
    return test && { ...test, not: true };
  }
  const values = node.kind === 'list' ? node.items.map((item) => value(item)) : [value(node)];
  if (values.length === 0 || values.some((one) => one === undefined)) {
    wrong(
      node,
      `The test of "${name}" must be a value or a list of values.`,
      'Write a value, a list, "answered", or { not: value }.',
      report,
    );
    return undefined;
  }
  return values.length === 1 && values[0] === 'answered' ? { name } : { name, in: values as string[] };
}

/** true and false stand for yes and no. */
function value(node: Node): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  if (typeof node.value === 'boolean') return node.value ? 'yes' : 'no';
  return typeof node.value === 'number' ? node.source : node.value;
}
