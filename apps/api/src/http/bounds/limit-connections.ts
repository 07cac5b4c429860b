import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { BlockList, isIPv6, type Socket } from 'node:net';
import { TranscodeError } from '@transcode/contracts';
import { networkOf } from '../callers.ts';
import { refuseConnection } from './refuse-connection.ts';

interface ConnectionLimits {
  readonly most: number;
  readonly mostOfOne: number;
  /** Who may speak for many, and has a limit only with all others. */
  readonly proxies: readonly string[];
  /** What takes a body for as long as it comes. */
  readonly isUpload: (path: string) => boolean;
}

/** Connections, and those of them on which nobody waits for us: of these, the one of the longest is first. */
class Lines {
  readonly all = new Set<Socket>();
  readonly idle = new Set<Socket>();
}

/**
 * Keeps connections from becoming more than so many, of one address and of all. Where there are too many, the one makes way on which for the
 * longest time no request was: a client opens another when it needs one. Only where all are at work, the new one is refused.
 */
export function limitConnections(server: Server, { most, mostOfOne, proxies, isUpload }: ConnectionLimits): void {
  const everybody = new Lines();
  const byAddress = new Map<string, Lines>();
  const linesOf = new Map<Socket, readonly Lines[]>();
  const isProxy = namedIn(proxies);

  const forget = (socket: Socket): void => {
    for (const { all, idle } of linesOf.get(socket) ?? []) {
      all.delete(socket);
      idle.delete(socket);
    }
    linesOf.delete(socket);
  };

  const makeWay = ({ all, idle }: Lines, mostOfThem: number, newest: Socket): void => {
    if (newest.destroyed || all.size <= mostOfThem) return;
    const [longest] = idle;
    if (longest === undefined || longest === newest) {
      refuseConnection(newest, new TranscodeError('too_many_requests', { seconds: 1 }));
      return;
    }
    // Not once it is closed: more may come until then.
    forget(longest);
    longest.destroy();
  };

  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    const address = networkOf(remoteAddress);
    const own = byAddress.get(address) ?? new Lines();
    byAddress.set(address, own);
    linesOf.set(socket, [own, everybody]);
    for (const { all, idle } of [own, everybody]) {
      all.add(socket);
      idle.add(socket);
    }
    socket.once('close', () => {
      forget(socket);
      if (own.all.size === 0 && byAddress.get(address) === own) byAddress.delete(address);
    });
    if (!isProxy(remoteAddress)) makeWay(own, mostOfOne, socket);
    makeWay(everybody, most, socket);
  });

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    // Of a packet of many, those behind the one for which the connection was closed.
    if (socket.destroyed) return;
    let isAnswered = false;
    const atWork = (): void => {
      if (isAnswered) return;
      for (const { idle } of linesOf.get(socket) ?? []) idle.delete(socket);
    };
    // A body that is still to come holds a line for who sends it, and not for us.
    if (hasCome(request) || isUpload(request.url ?? '')) atWork();
    else request.once('end', atWork);
    response.once('close', () => {
      isAnswered = true;
      for (const { idle } of linesOf.get(socket) ?? []) idle.add(socket);
    });
  });
}

function hasCome({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

function namedIn(networks: readonly string[]): (address: string) => boolean {
  const named = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    if (bits === undefined) named.addAddress(address, familyOf(address));
    else named.addSubnet(address, Number(bits), familyOf(address));
  }
  return (address) => address !== '' && named.check(address, familyOf(address));
}
