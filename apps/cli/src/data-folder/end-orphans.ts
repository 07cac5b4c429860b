import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, signal } from './process-identity.ts';
import type { State } from './state.ts';

const GRACE_MS = 10_000;

/** Ends what a supervisor that was killed has left running, the servers last. Returns the names. */
export async function endOrphans(state: State): Promise<string[]> {
  const ended: string[] = [];
  for (const child of state.children.toReversed()) {
    if (!(await isAlive(child.identity))) continue;
    ended.push(child.name);
    // For Postgres SIGINT is the fast and clean way; SIGTERM would wait for its clients.
    await signal(child.identity, child.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    const deadline = Date.now() + GRACE_MS;
    while ((await isAlive(child.identity)) && Date.now() < deadline) await sleep(50);
    await signal(child.identity, 'SIGKILL', true);
  }
  return ended;
}
