// Whatever is done to it, the store over MongoDB shows what the plain model shows: after each command, and after a restart.
import { afterAll, describe, expect, it } from 'vitest';
import { servers } from '../support/servers.js';
import { agreesCommandByCommand, showsTheSameAfterRestart } from './model-suite.js';
import { mongoPlace } from './mongo-place.js';

describe.skipIf(servers.mongo === null)('over MongoDB', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  it('agrees with the model, command by command', async () => {
    const counts = await agreesCommandByCommand(() => place.open(), 16);
    for (const reached of ['speak committed', 'commit stale', 'commit duplicate', 'send ', 'settle ', 'link linked'])
      expect(counts.get(reached) ?? 0, reached).toBeGreaterThan(0);
  });

  it('shows all of it after a restart, also what is held and under way', () =>
    showsTheSameAfterRestart(() => place.open(), 3));
});
