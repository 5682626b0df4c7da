// Keys, files, staff, notices, flow sets and what is learned: MongoDB shows what the plain model shows, after each command and a restart.
import { afterAll, describe, expect, it } from 'vitest';
import { servers } from '../support/servers.js';
import { restCommands, visibleRest } from './commands-rest.js';
import { agreesCommandByCommand, showsTheSameAfterRestart } from './model-suite.js';
import { mongoPlace } from './mongo-place.js';

const walk = { commands: restCommands, visible: visibleRest };

describe.skipIf(servers.mongo === null)('over MongoDB', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  it('agrees with the model, command by command', async () => {
    const counts = await agreesCommandByCommand(() => place.open(), 12, walk);
    for (const reached of ['ask committed', 'promote ', 'unteach ', 'destroy key ', 'set current '])
      expect(counts.get(reached) ?? 0, reached).toBeGreaterThan(0);
  });

  it('shows the same after a restart', () => showsTheSameAfterRestart(() => place.open(), 3, [], walk));
});
