import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Where connections of ffmpeg come from. */
export interface Listening {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Program and arguments that lead a command into the network in which that is; absent where it is the one of this process. */
  readonly enter?: readonly string[];
  close(): Promise<void>;
}

/** Takes connections until it is closed. */
export type Listen = (onConnection: (socket: Socket) => void) => Promise<Listening>;

/** In the network of this process. */
export const listenOnLoopback: Listen = async (onConnection) => {
  const server = createServer(onConnection).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
};
