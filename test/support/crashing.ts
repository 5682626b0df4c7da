// A store that dies at its n-th write, before it or right after it took effect, and never answers again: what a crash leaves behind.
import type { Store } from '../../src/store/contract.js';

/** Writes that a linking and a moving draft go through; reads never change anything. */
const WRITES = new Set([
  'addCode',
  'redeem',
  'separate',
  'arrived',
  'put',
  'accept',
  'take',
  'commit',
  'release',
  'failed',
  'hit',
  'audit',
  'claim',
  'settle',
  'open',
  'add',
]);

export interface Doom {
  /** Writes until death; null: it lives. */
  left: number | null;
  moment: 'before' | 'after';
  readonly dead: boolean;
  readonly died: Promise<void>;
  /** Writes seen so far. */
  readonly seen: number;
}

type Method = (...args: unknown[]) => unknown;

/** The store with its doom, which a test arms when it wants. */
export function crashing(store: Store): { store: Store; doom: Doom } {
  let died: () => void = () => undefined;
  const death = new Promise<void>((resolve) => (died = resolve));
  const state = {
    left: null as number | null,
    moment: 'before' as Doom['moment'],
    dead: false,
    seen: 0,
    died: death,
    die: () => {
      state.dead = true;
      died();
    },
  };
  const dies = () => state.left !== null && state.left-- <= 0;
  const wrap =
    (name: string, method: Method) =>
    async (...args: unknown[]): Promise<unknown> => {
      if (doomed(state)) return never();
      if (!WRITES.has(name)) return method(...args);
      state.seen += 1;
      const last = dies();
      if (last && state.moment === 'before') state.die();
      if (doomed(state)) return never();
      const result = await method(...args);
      if (last) state.die();
      return doomed(state) ? never() : result;
    };
  const part = (owner: object): object =>
    new Proxy(owner, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? wrap(String(name), (value as Method).bind(target)) : value;
      },
    });
  const parts: (keyof Store)[] = [
    'turns',
    'messages',
    'addresses',
    'cases',
    'contacts',
    'files',
    'staff',
    'notices',
    'counters',
    'uploads',
  ];
  const wrapped = Object.fromEntries(parts.map((name) => [name, part(Reflect.get(store, name) as object)]));
  return { store: { ...store, ...wrapped }, doom: state };
}

/** Asked anew each time: it may have died meanwhile. */
function doomed({ dead }: { dead: boolean }): boolean {
  return dead;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
