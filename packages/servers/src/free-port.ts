import { createServer } from 'node:net';

const LOWEST = 1024;

/** A loopback port that was free a moment ago; whoever wants it should start soon and be ready to try another. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => (port >= LOWEST ? resolve(port) : reject(new Error('The system gave no free port.'))));
    });
  });
}

/** So many different free ports. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
