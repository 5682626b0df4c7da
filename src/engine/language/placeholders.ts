/** Finds what a charity still has to fill in: every part that carries `placeholder: true`. */
import type { Place } from './finding.js';
import type { Node } from './source.js';

export interface Placeholder extends Place {
  /** Where it stands: `facts.phone`. */
  readonly text: string;
}

export function findPlaceholders(node: Node, path = ''): Placeholder[] {
  if (node.kind === 'list') return node.items.flatMap((item, index) => findPlaceholders(item, `${path}[${index + 1}]`));
  if (node.kind !== 'map') return [];
  const mark = node.entries.get('placeholder')?.value;
  const own = mark?.kind === 'scalar' && mark.value === true ? [{ ...node.at, text: path }] : [];
  const inner = [...node.entries].flatMap(([key, entry]) =>
    findPlaceholders(entry.value, path === '' ? key : `${path}.${key}`),
  );
  return [...own, ...inner];
}
