import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface BreakingLine {
  readonly url: string;
  /** How often it has broken. */
  readonly breaks: number;
  close(): Promise<void>;
}

/** A line to a server that breaks each time that so many bytes have gone up, for as many times as there are numbers. */
export async function breakingLine(target: string, breakAfter: readonly number[]): Promise<BreakingLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let breaks = 0;
  let sent = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    client.on('data', (chunk: Buffer) => {
      const room = (breakAfter[breaks] ?? Infinity) - sent;
      sent += chunk.length;
      const more = upstream.write(chunk.subarray(0, Math.max(0, room)));
      if (sent >= (breakAfter[breaks] ?? Infinity)) {
        breaks += 1;
        sent = 0;
        client.pause();
        // What has gone up arrives; after that the line is dead without a word.
        upstream.end(() => client.destroy());
      } else if (!more) {
        client.pause();
        upstream.once('drain', () => client.resume());
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    get breaks() {
      return breaks;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
