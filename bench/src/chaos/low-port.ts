import { createServer } from 'node:net';

/** Below those that the system gives to outgoing connections: a server that was killed finds its port free when it comes back. */
const LOWEST = 12_000;
const HIGHEST = 32_000;
const TRIES = 50;

/** A loopback port for a server that will be stopped and started again. */
export async function lowPort(): Promise<number> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${TRIES} ports tried between ${LOWEST} and ${HIGHEST} was free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
