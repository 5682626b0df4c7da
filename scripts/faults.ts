/**
 * `npm run faults [-- --only F1,F5] [--mode embedded|scale-out] [--share 0.1] [--json]`: does to the real program what goes wrong in the
 * world while people write, and counts from the record and from the provider's log what was lost, doubled, disordered or not sent
 * (docs/faults.md). `--share`: of the full load. Exit code 1 when a fault did not pass.
 */
import { parseArgs } from 'node:util';
import { FAULTS, type Fault, type Outcome } from '../bench/faults/faults.js';
import { startWorld, type Mode } from '../bench/faults/world.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    mode: { type: 'string' },
    share: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

await main();

async function main(): Promise<void> {
  const only = values.only?.split(',');
  const share = Number(values.share);
  if (!(share > 0 && share <= 1)) throw new Error('--share is a number above 0, at most 1');
  const modes = (['embedded', 'scale-out'] as const).filter(
    (mode) => values.mode === undefined || values.mode === mode,
  );
  const chosen = FAULTS.filter(({ id }) => only === undefined || only.includes(id));
  if (modes.length === 0 || chosen.length === 0)
    throw new Error(`there is: ${FAULTS.map(({ id }) => id).join(', ')}; embedded, scale-out`);
  for (const mode of modes)
    for (const fault of chosen.filter((one) => one.modes.includes(mode))) {
      const outcome = await play(fault, mode, share);
      if (outcome.failed.length > 0) process.exitCode = 1;
      console.log(values.json ? JSON.stringify({ id: fault.id, mode, share, ...outcome }) : told(fault, mode, outcome));
    }
  // Connections of the servers' clients may linger; nothing is left to do.
  process.exit();
}

async function play(fault: Fault, mode: Mode, share: number): Promise<Outcome> {
  const world = await startWorld(mode);
  try {
    return await fault.run(world, share);
  } finally {
    await world.end();
  }
}

function told({ id, what }: Fault, mode: Mode, { verdict, counts, failed }: Outcome): string {
  const facts = Object.entries({ ...verdict, ...counts }).map(([name, count]) => `${name} ${count}`);
  const result = failed.length === 0 ? 'passed' : `FAILED: ${failed.join(', ')}`;
  return `${id.padEnd(4)} ${mode.padEnd(10)} ${result}\n     ${what}\n     ${facts.join(' · ')}\n`;
}
