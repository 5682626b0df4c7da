// Keys, files, staff, notices, flow sets and what is learned: SQLite shows what the plain model shows, after each command and a restart.
import { expect, it } from 'vitest';
import { restCommands, visibleRest } from './commands-rest.js';
import { openInFolder } from './folder.js';
import { agreesCommandByCommand, showsTheSameAfterRestart } from './model-suite.js';

const walk = { commands: restCommands, visible: visibleRest };

it('agrees with the model, command by command', { timeout: 60_000 }, async () => {
  const counts = await agreesCommandByCommand(openInFolder, 40, walk);
  // The walk must reach what it is there for.
  for (const reached of ['ask committed', 'promote ', 'withdraw ', 'unteach ', 'destroy key ', 'tell ', 'set current '])
    expect(counts.get(reached) ?? 0, reached).toBeGreaterThan(0);
});

it('shows the same after a restart', { timeout: 60_000 }, () => showsTheSameAfterRestart(openInFolder, 10, [], walk));
