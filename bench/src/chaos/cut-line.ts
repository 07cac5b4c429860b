import { connect, createServer, type Server, type Socket } from 'node:net';

/** The line between the clients and an API, which can be cut. */
export interface CutLine {
  readonly url: string;
  /** How many connections there are. */
  open(): number;
  /** Breaks every one of them. New ones pass. */
  cut(): void;
  close(): Promise<void>;
}

export async function openCutLine(apiPort: number): Promise<CutLine> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const api = connect(apiPort, '127.0.0.1');
    for (const [socket, other] of [
      [client, api],
      [api, client],
    ] as const) {
      sockets.add(socket);
      // Either end may break at any moment; the other is told by its own end.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(api).pipe(client);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    open: () => Math.ceil(sockets.size / 2),
    cut: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
