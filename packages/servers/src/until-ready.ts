import { setTimeout as sleep } from 'node:timers/promises';
import { ServerStartError, type LaunchedProcess, type ServerExit } from './server-process.ts';

const POLL_MS = 40;

/**
 * Tries `connect` until it succeeds. A server that ends first, or is not ready in time, becomes a `ServerStartError` with its
 * last lines; one that is not ready in time is stopped.
 */
export async function untilReady(
  server: LaunchedProcess,
  connect: () => Promise<void>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    if (!server.running()) throw endedAtStart(server.name, await server.exited);
    try {
      await connect();
      // Whoever answered may be another server on the same port while ours is just failing to bind it.
      await sleep(POLL_MS / 2);
      if (server.running()) return;
    } catch (error) {
      if (error instanceof ServerStartError) {
        await server.stop();
        throw error;
      }
      lastError = error;
      await sleep(POLL_MS);
    }
  }
  await server.stop();
  const { tail } = await server.exited;
  throw new ServerStartError(
    `${server.name} did not answer within ${Math.round(timeoutMs / 1000)} s of its start. ${lastWords(tail)}`,
    { tail, cause: lastError },
  );
}

export function endedAtStart(name: string, exit: ServerExit): ServerStartError {
  const how = exit.signal === null ? `with exit code ${exit.code}` : `by ${exit.signal}`;
  return new ServerStartError(`${name} ended at its start ${how}. ${lastWords(exit.tail)}`, { tail: exit.tail });
}

/** From the line that names what was fatal, where there is one: some servers go on for pages after it. */
function lastWords(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'It wrote nothing.';
  const fatal = lines.findIndex((line) => /FATAL|panic:|^F\d{4} /.test(line));
  return `Its last lines:\n${(fatal < 0 ? lines.slice(-8) : lines.slice(fatal, fatal + 3)).join('\n')}`;
}
