/** Opens a MongoDB client anew whose look at a server never ends. */
import type { Connection } from 'mongoose';

type Client = ReturnType<Connection['getClient']>;

/** Milliseconds: how often that is looked for, and what a look may take beyond the driver's own limits. */
const EVERY = 1_000;
const BEYOND = 5_000;

/**
 * The driver (7.8, `Connection.writeCommand`) waits without an end for a line to drain that was destroyed a moment before it wrote there,
 * as happens when all lines of a server end at once. When that line is its monitor's, it never looks at the server again, and the process
 * stays without its store until it is restarted. Ends with the connection.
 */
export function lookAfter(connection: Connection): void {
  const client = connection.getClient();
  const overdue = overdueOf(client);
  let [late, opening, away, ended] = [false, false, false, false];
  const timer = setInterval(() => {
    // Twice in a row: a process that was frozen has its answers, and hears them in between.
    const again = late;
    late = overdue();
    if (opening || !(away || (late && again))) return;
    opening = true;
    // While no server answers it cannot be opened: the next round tries again.
    void openAnew(client, () => ended)
      .then(
        () => (away = false),
        () => (away = true),
      )
      .finally(() => (opening = false));
  }, EVERY).unref();
  connection.once('close', () => {
    ended = true;
    clearInterval(timer);
  });
}

/** Whether a server's answer is waited for longer than the driver would by itself. */
function overdueOf(client: Client): () => boolean {
  const { connectTimeoutMS, heartbeatFrequencyMS } = client.options;
  const untils = new Map<string, number>();
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    // An awaited answer comes when something changes, or after the time between two looks.
    const limit = connectTimeoutMS + (awaited ? heartbeatFrequencyMS : 0) + BEYOND;
    untils.set(connectionId, performance.now() + limit);
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => untils.delete(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => untils.delete(connectionId));
  client.on('serverClosed', ({ address }) => untils.delete(address));
  return () => [...untils.values()].some((until) => until < performance.now());
}

async function openAnew(client: Client, ended: () => boolean): Promise<void> {
  await client.close();
  if (ended()) return;
  await client.connect();
  if (ended()) await client.close();
}
