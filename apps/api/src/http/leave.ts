import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than who asks again and again rests in between. */
const MOST_MS = 1_000;
const LOOK_MS = 20;

/**
 * Has everybody go elsewhere who would ask again over the connection that they have: each answer says that it is the last on it. What is just
 * closed would otherwise meet the next question half-way, and that one is lost. Returns once no connection is left, or after a second.
 */
export async function leave(server: Server): Promise<void> {
  server.prependListener('request', (_, response) => {
    response.shouldKeepAlive = false;
  });
  const deadline = performance.now() + MOST_MS;
  while (performance.now() < deadline && (await connectionsOf(server)) > 0) await sleep(LOOK_MS);
}

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.getConnections((error, count) => resolve(error === null ? count : 0));
  });
