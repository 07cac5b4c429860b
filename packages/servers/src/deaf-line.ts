import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server, as through a router: it can forget what goes over it without telling either end. */
export interface DeafLine {
  readonly port: number;
  /** Nothing passes any more over the connections there are, and nobody closes them. New ones pass. */
  forget(): void;
  /** The same, and new ones are taken and nothing passes over them either. */
  fallSilent(): void;
  close(): Promise<void>;
}

export async function openDeafLine(to: { port: number }): Promise<DeafLine> {
  const open = new Set<Socket>();
  let deafen: (() => void)[] = [];
  let isSilent = false;
  const forget = (): void => {
    for (const each of deafen) each();
    deafen = [];
  };
  const server = createServer((client) => {
    const upstream = connect(to.port, '127.0.0.1');
    const ends = [client, upstream];
    const hangUp = (): void => {
      for (const end of ends) end.destroy();
    };
    for (const end of ends) {
      open.add(end);
      // Its end is told by `close`.
      end.on('error', () => undefined);
      end.on('close', () => open.delete(end));
      end.on('close', hangUp);
    }
    client.pipe(upstream).pipe(client);
    deafen.push(() => {
      for (const end of ends) {
        end.off('close', hangUp);
        end.unpipe();
        end.pause();
      }
    });
    if (isSilent) forget();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    forget,
    fallSilent: () => {
      isSilent = true;
      forget();
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const end of open) end.destroy();
      await closed;
    },
  };
}
