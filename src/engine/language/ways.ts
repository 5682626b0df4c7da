/** Questions about ways through a graph: what can be reached, and what lies on every way. */

type Links = readonly (readonly number[])[];

/** Marks every node that can be reached from `starts`, without entering those in `closed`. */
export function reach(
  size: number,
  links: readonly Links[],
  starts: Iterable<number>,
  closed?: ReadonlySet<number>,
): Uint8Array {
  const seen = new Uint8Array(size);
  const open: number[] = [];
  const visit = (node: number): void => {
    if (seen[node] === 1 || closed?.has(node)) return;
    seen[node] = 1;
    open.push(node);
  };
  for (const start of starts) visit(start);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const link of links) for (const to of link[node] ?? []) visit(to);
  }
  return seen;
}

/** The same links the other way round. */
export function reversed(size: number, links: readonly Links[]): number[][] {
  const back: number[][] = Array.from({ length: size }, () => []);
  for (const link of links) link.forEach((to, from) => to.forEach((node) => back[node]?.push(from)));
  return back;
}

/** Groups of nodes that lead to each other (Tarjan, without recursion); single nodes only when they lead to themselves. */
export function circles(size: number, links: Links): number[][] {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const enter = (node: number): void => {
    index[node] = low[node] = count++;
    stack.push(node);
    onStack[node] = 1;
  };
  const close = (node: number): void => {
    if (low[node] !== index[node]) return;
    const group = stack.splice(stack.lastIndexOf(node));
    for (const one of group) onStack[one] = 0;
    if (group.length > 1 || links[node]?.includes(node)) found.push(group);
  };
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] ?? 0, to);
  };
  for (let start = 0; start < size; start++) {
    if (index[start] !== -1) continue;
    const walk: { node: number; at: number }[] = [{ node: start, at: 0 }];
    enter(start);
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const to = links[top.node]?.[top.at++];
      if (to === undefined) {
        walk.pop();
        close(top.node);
        const above = walk.at(-1);
        if (above) lower(above.node, low[top.node] ?? 0);
      } else if (index[to] === -1) {
        enter(to);
        walk.push({ node: to, at: 0 });
      } else if (onStack[to] === 1) lower(top.node, index[to] ?? 0);
    }
  }
  return found;
}

/** For each node that can be reached from 0: does another lie on every way to it? Cooper, Harvey and Kennedy's algorithm. */
export class Dominance {
  /** Entered and left numbers of the dominator tree: ancestors enclose. */
  private readonly from: Int32Array;
  private readonly to: Int32Array;

  constructor(size: number, links: readonly Links[]) {
    const order = postorder(size, links);
    const parents = dominators(size, order, reversed(size, links));
    this.from = new Int32Array(size).fill(-1);
    this.to = new Int32Array(size).fill(-1);
    this.number(size, parents);
  }

  /** True when every way to `node` passes `before`; also when no way leads to `node`. */
  passes(before: number, node: number): boolean {
    const at = this.from[node] ?? -1;
    if (at === -1) return true;
    const start = this.from[before] ?? -1;
    return start !== -1 && before !== node && start <= at && at < (this.to[before] ?? -1);
  }

  private number(size: number, parents: Int32Array): void {
    const children: number[][] = Array.from({ length: size }, () => []);
    parents.forEach((parent, node) => {
      if (node !== 0 && parent !== -1) children[parent]?.push(node);
    });
    let clock = 0;
    const walk: { node: number; at: number }[] = [{ node: 0, at: 0 }];
    this.from[0] = clock++;
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const child = children[top.node]?.[top.at++];
      if (child === undefined) {
        this.to[top.node] = clock++;
        walk.pop();
      } else {
        this.from[child] = clock++;
        walk.push({ node: child, at: 0 });
      }
    }
  }
}

function postorder(size: number, links: readonly Links[]): number[] {
  const seen = new Uint8Array(size);
  const order: number[] = [];
  const walk: { node: number; link: number; at: number }[] = [{ node: 0, link: 0, at: 0 }];
  seen[0] = 1;
  for (let top = walk.at(-1); top; top = walk.at(-1)) {
    if (top.link >= links.length) {
      order.push(top.node);
      walk.pop();
      continue;
    }
    const to = links[top.link]?.[top.node]?.[top.at++];
    if (to === undefined) {
      top.link++;
      top.at = 0;
    } else if (seen[to] === 0) {
      seen[to] = 1;
      walk.push({ node: to, link: 0, at: 0 });
    }
  }
  return order;
}

function dominators(size: number, order: readonly number[], back: readonly (readonly number[])[]): Int32Array {
  const rank = new Int32Array(size).fill(-1);
  order.forEach((node, index) => (rank[node] = index));
  const parent = new Int32Array(size).fill(-1);
  parent[0] = 0;
  const common = (a: number, b: number): number => {
    while (a !== b) {
      while ((rank[a] ?? -1) < (rank[b] ?? -1)) a = parent[a] ?? 0;
      while ((rank[b] ?? -1) < (rank[a] ?? -1)) b = parent[b] ?? 0;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let index = order.length - 2; index >= 0; index--) {
      const node = order[index] ?? 0;
      let best = -1;
      for (const from of back[node] ?? []) if (parent[from] !== -1) best = best === -1 ? from : common(best, from);
      if (best !== -1 && parent[node] !== best) {
        parent[node] = best;
        changed = true;
      }
    }
  }
  return parent;
}
