// The console as built, over the desk in memory, behind the real server: for looking at it and for the browser's tests.
import type { SessionDesk } from '../../src/conversation/session-types.js';
import { startFakeServer } from './fake-server.js';
import { harness } from './staff-harness.js';
import type { Harness } from './staff-harness.js';

export interface ConsoleServer {
  house: Harness;
  url: string;
  stop: () => Promise<void>;
}

/** On the machine's clock; `dist/public/staff` must be built. */
export async function startConsole(port?: number, sessions?: SessionDesk): Promise<ConsoleServer> {
  const house = await harness(null, true, false, sessions);
  const server = await startFakeServer(() => [], { routes: house.routes, ...(port !== undefined && { port }) });
  return { house, url: server.url, stop: server.stop };
}
