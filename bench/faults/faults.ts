/** The faults: what is done to the program while people write. Numbers are those of the project's list of promises (docs/faults.md). */
import { setTimeout as pause } from 'node:timers/promises';
import type { Failure } from '../../test/providers/graph-answers.js';
import type { Member } from '../../test/support/stack.js';
import { load, type Load } from './people.js';
import { judge, type Verdict } from './verdict.js';
import type { Mode, World } from './world.js';

export interface Fault {
  id: string;
  what: string;
  modes: readonly Mode[];
  /** `share`: of the full load, from 0 to 1. Gives back what was counted beside the verdict. */
  run(world: World, share: number): Promise<Outcome>;
}

export interface Outcome {
  verdict: Verdict;
  counts: Record<string, number>;
  /** Why it did not pass, beside the verdict. */
  failed: string[];
}

/** In turn; after the last the first again. */
const FAILURES: readonly Failure[] = [
  { as: 'status', status: 500 },
  { as: 'code', code: 130429, status: 429, retryAfter: 7 },
  { as: 'reset' },
  { as: 'garbage' },
  { as: 'reset', late: true },
  { as: 'hang' },
];
const BOTH: readonly Mode[] = ['embedded', 'scale-out'];
/** Milliseconds in which a process must have ended when it is asked to. */
const ENDS_WITHIN = 10_000;
/** Milliseconds: longer than the hold of a process that gives no sign, twice. */
const FROZEN = 20_000;
/** Milliseconds of each of many outages: longer than a store is waited for. */
const OUTAGE = 5_000;
/** The most sends that one process has in hand at once: one for each conversation that it works on. */
const IN_FLIGHT = 16;

export const FAULTS: readonly Fault[] = [
  {
    id: 'F0',
    what: 'nothing: what the others are compared with',
    modes: BOTH,
    run: calm,
  },
  { id: 'F1', what: 'kill -9, again and again while people write (50 times in 10,000 turns)', modes: BOTH, run: kills },
  { id: 'F4', what: 'SIGTERM, again and again under load (20 times in 5,000 turns)', modes: BOTH, run: ends },
  {
    id: 'F5',
    what: 'a worker frozen (SIGSTOP) until its work is taken from it, then thawed',
    modes: ['scale-out'],
    run: freezes,
  },
  {
    id: 'F8',
    what: 'the provider fails every third send: 500, 429 with a time, a cut line, no answer, garbage',
    modes: BOTH,
    run: provider,
  },
  {
    id: 'F10',
    what: 'every message told fifty times at once, and once more after a restart',
    modes: BOTH,
    run: copies,
  },
  {
    id: 'F14',
    what: 'Redis emptied, then frozen for 20 s, then killed',
    modes: ['scale-out'],
    run: emptied,
  },
  { id: 'F15', what: 'MongoDB away while people write (a minute at full load)', modes: ['scale-out'], run: away },
  {
    id: 'F25',
    what: 'mixed: MongoDB away again and again, and each time a process killed meanwhile (30 times in 3,000 turns)',
    modes: ['scale-out'],
    run: mixed,
  },
];

const RESULTS = ['lost', 'doubled', 'disordered', 'wrongCases', 'unsent', 'sentOutOfOrder', 'quarantined'] as const;

async function calm(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 2_000 * share, atOnce: 40 });
  await crowd.through;
  return outcome(world, crowd, {}, 0);
}

/** By count and not by the clock, so that each kill hits while people are writing on any machine. */
async function kills(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 10_000 * share, atOnce: 200, again: 0.1 });
  const times = Math.max(1, Math.round(50 * share));
  await during(world, crowd, times, async (one) => {
    await one.kill();
    await one.restart();
  });
  return outcome(world, crowd, { kills: times }, times * IN_FLIGHT);
}

async function ends(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 5_000 * share, atOnce: 100 });
  const times = Math.max(1, Math.round(20 * share));
  const codes: (number | null)[] = [];
  let late = 0;
  await during(world, crowd, times, async (one) => {
    const began = Date.now();
    codes.push(await one.stop());
    if (Date.now() - began > ENDS_WITHIN) late += 1;
    await one.restart();
  });
  const wrong = codes.filter((code) => code !== 0).length;
  const done = await outcome(world, crowd, { ends: times, late, 'exit codes not 0': wrong }, 0);
  return { ...done, failed: [...done.failed, ...(late + wrong > 0 ? ['it did not end gracefully'] : [])] };
}

async function freezes(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 2_000 * share, atOnce: 60 });
  const [worker] = world.processes.filter(({ role }) => role === 'worker');
  const times = Math.max(1, Math.round(4 * share));
  for (let n = 0; n < times; n++) {
    await crowd.acknowledged(Math.floor(((n + 0.5) * crowd.total) / (times + 1)));
    process.kill(worker?.pid ?? NaN, 'SIGSTOP');
    // Longer than the hold of a process that gives no sign, twice.
    await pause(FROZEN);
    process.kill(worker?.pid ?? NaN, 'SIGCONT');
  }
  await crowd.through;
  return outcome(world, crowd, { freezes: times }, times * IN_FLIGHT);
}

async function provider(world: World, share: number): Promise<Outcome> {
  const { graph } = world;
  let [written, failures] = [0, 0];
  const before = (): void => {
    const failure = FAILURES[failures % FAILURES.length];
    if (++written % 3 !== 0 || !failure) return;
    failures += 1;
    graph.fail(failure);
  };
  const crowd = load(world, { turns: 2_000 * share, atOnce: 60, before });
  await crowd.through;
  return outcome(world, crowd, { failures }, failures);
}

async function copies(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 400 * share, atOnce: 10, again: 1, copies: 50 });
  await crowd.through;
  await world.quiet();
  for (const one of world.processes) {
    await one.stop();
    await one.restart();
  }
  await crowd.tellAgain();
  return outcome(world, crowd, { 'copies of each': 50 }, 0);
}

async function emptied(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 2_000 * share, atOnce: 60, patience: 2_000 });
  const redis = world.servers?.redis;
  await crowd.acknowledged(Math.floor(crowd.total / 4));
  await redis?.flush();
  await crowd.acknowledged(Math.floor(crowd.total / 2));
  redis?.freeze();
  const before = crowd.count();
  await pause(FROZEN);
  const meanwhile = crowd.count() - before;
  redis?.thaw();
  await crowd.acknowledged(Math.floor((crowd.total * 3) / 4));
  await redis?.restart();
  await crowd.through;
  return outcome(world, crowd, { 'taken while frozen': meanwhile }, 0);
}

async function away(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 1_200 * share, atOnce: 60, patience: 2_000 });
  await crowd.acknowledged(Math.floor(crowd.total / 4));
  await world.servers?.mongo.cut();
  const before = crowd.count();
  await pause(Math.max(10_000, 60_000 * share));
  const meanwhile = crowd.count() - before;
  await world.servers?.mongo.mend();
  const began = Date.now();
  await crowd.through;
  const counts = { 'taken while away': meanwhile, 'caught up after (s)': Math.round((Date.now() - began) / 1_000) };
  const done = await outcome(world, crowd, counts, 0);
  return {
    ...done,
    failed: [...done.failed, ...(meanwhile === 0 ? ['nothing was taken while MongoDB was away'] : [])],
  };
}

async function mixed(world: World, share: number): Promise<Outcome> {
  const crowd = load(world, { turns: 3_000 * share, atOnce: 60, again: 0.1, patience: 2_000 });
  const times = Math.max(2, Math.round(30 * share));
  await during(world, crowd, times, async (one) => {
    await world.servers?.mongo.cut();
    await pause(OUTAGE);
    await one.kill();
    await world.servers?.mongo.mend();
    await one.restart();
  });
  return outcome(world, crowd, { outages: times, kills: times }, times * IN_FLIGHT);
}

/** Does something to one process after the other, as often as it says, spread over the load. */
async function during(world: World, crowd: Load, times: number, act: (one: Member) => Promise<void>): Promise<void> {
  for (let n = 0; n < times; n++) {
    await crowd.acknowledged(Math.floor(((n + 0.5) * crowd.total) / (times + 1)));
    const one = world.processes[n % world.processes.length];
    if (one) await act(one);
  }
  await crowd.through;
}

/** `mayRepeat`: how many sends may have reached the provider twice. */
async function outcome(
  world: World,
  { people }: Load,
  counts: Record<string, number>,
  mayRepeat: number,
): Promise<Outcome> {
  await world.quiet();
  // What a process did not get into its store in time lies on its disk meanwhile.
  const spooled = world.processes.flatMap((one) => one.output().match(/"spool\.used"/g) ?? []).length;
  await world.stop();
  const verdict = await judge(world, people);
  const failed: string[] = RESULTS.filter((name) => verdict[name] !== 0);
  if (verdict.repeatedSends > mayRepeat) failed.push('repeatedSends');
  return { verdict, counts: { ...counts, ...(world.servers && { spooled }) }, failed };
}
