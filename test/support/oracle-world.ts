/** A world of random flows and one person in it, from one seed; throws, with the conversation, when something else is filed than was said. */
import { asText } from '../../src/engine/as-text.js';
import { prepare } from '../../src/engine/prepare.js';
import type { FlowSet, Json } from '../../src/engine/types.js';
import type { Draw } from './flow-edits.js';
import { holds, wayOf } from './oracle.js';
import { MAIN, randomWorld, type World } from './oracle-flows.js';
import { must, OraclePerson, type Submission } from './oracle-person.js';
import { pack } from './pack.js';

const base = pack('safe-treatment').set;
const MOST_MOVES = 40;
const MOST_TURNS_TO_THE_END = 200;

/** What was seen, over all worlds. */
export const counts: Record<string, number> = {};
const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1);

export function live(seed: number): void {
  let state = seed >>> 0;
  const draw: Draw = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const world = randomWorld(draw, base);
  const person = new OraclePerson(prepare(world.set), draw, count);
  let checked = 0;
  const check = (): void => {
    for (const one of person.filed.slice(checked)) checkFiled(world, one, person.saidIn(one.run));
    checked = person.filed.length;
  };
  try {
    for (let n = draw(MOST_MOVES); n > 0; n--) {
      person.wander();
      check();
    }
    const before = person.filed.filter(({ flow }) => flow === MAIN).length;
    for (let n = 0; person.filed.filter(({ flow }) => flow === MAIN).length === before; n++) {
      must(n < MOST_TURNS_TO_THE_END, 'the person never comes to an end');
      person.answer();
      check();
    }
    count(world.circles ? 'worlds with circles' : 'worlds');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${seed}: ${message}\n${JSON.stringify(world.set.flows)}\n${person.log.join('\n')}`, {
      cause: error,
    });
  }
}

/**
 * Exactly the last valid answers of the way are filed. Where answers led in a circle no single way is the final one: then what is filed
 * was said to that very question, holds by its condition, and lacks nothing of the way that it leads itself, read with and without what
 * an earlier round of the circle left standing.
 */
function checkFiled({ set, circles }: World, { flow, answers }: Submission, said: ReadonlyMap<string, Json>): void {
  count('filed');
  const filed = new Map(Object.entries(answers).filter(([name]) => !name.endsWith('.at')));
  const names = [...filed.keys()];
  must(
    filed.has('agree') === Object.hasOwn(answers, 'agree.at'),
    'a consent without its time, or a time without its consent',
  );
  const way = circles ? wayOf(set, flow, filed, names) : wayOf(set, flow, said);
  must(way.lacks === undefined, `${way.lacks ?? ''} is lacking`);
  for (const name of way.asked) must(filed.has(name), `${name} is not filed`);
  if (circles) return mustApply(set, names, filed);
  must(
    names.length === way.asked.length,
    `filed: ${names.sort().join(' ')}; asked on the way: ${[...way.asked].sort().join(' ')}`,
  );
  for (const [name, value] of filed)
    must(said.get(name) === value, `${name}: ${asText(value)} is filed, ${asText(said.get(name) ?? '')} was said last`);
}

function mustApply(set: FlowSet, names: readonly string[], filed: ReadonlyMap<string, Json>): void {
  for (const { id, onlyIf } of Object.values(set.flows).flatMap(({ steps }) => steps))
    must(!filed.has(id) || holds(onlyIf, filed, names), `${id} is filed against its condition`);
}
