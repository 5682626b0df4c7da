// Publishes a flow set and tells the operator and staff when it had to be refused.
import type { FlowSet } from '../engine/types.js';
import type { Publication, Stranded } from './flow-sets.js';
import type { House } from './house.js';

type Publisher = Pick<House, 'flows' | 'store' | 'hints' | 'log' | 'now'>;

/** `start`: the set came with the program and gives way to one that was published after it. */
export async function publishSet(house: Publisher, set: FlowSet, start: boolean): Promise<Publication> {
  const done = start ? await house.flows.begin(set, house.now()) : await house.flows.publish(set, house.now());
  if (done.outcome === 'refused') await tellRefused(house, set, done.stranded);
  else if (done.outcome !== 'current') house.log(`flow_set.${done.outcome}`, { set: set.hash });
  return done;
}

/** `flow/step: people`, one after the other. */
export function places(stranded: readonly Stranded[]): string {
  return stranded.map(({ flow, step, people }) => `${flow}/${step}: ${people}`).join(', ');
}

async function tellRefused({ store, hints, log, now }: Publisher, set: FlowSet, stranded: Stranded[]): Promise<void> {
  const people = stranded.reduce((sum, one) => sum + one.people, 0);
  log('flow_set.refused', { set: set.hash, people, places: places(stranded) });
  const id = `flows_refused.${set.hash}`;
  const notice = { id, kind: 'flows_refused' as const, conversation: null, caseNumber: null, at: now() };
  if (await store.notices.add(notice)) hints.give('notice', id);
}
