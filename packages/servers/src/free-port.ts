import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { isErrnoException } from './errno.ts';

/** Below what systems give to outgoing connections (32768 on Linux, 49152 elsewhere): none of those takes the port before its server. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 100;

/** A loopback port that was free a moment ago; whoever wants it should start soon and be ready to try another. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found between ${LOWEST} and ${HIGHEST}.`);
}

/** So many different free ports. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (isErrnoException(error) && error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
