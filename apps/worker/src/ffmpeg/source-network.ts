import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Server } from 'node:net';
import path from 'node:path';
import { listenOnLoopback, type Listen } from '@transcode/storage';
import { findProgram, firstThatWorks } from './find-program.ts';
import { sandbox } from './sandbox.ts';

/**
 * A network in which there are sources and nothing else. A small process of ours keeps it, and opens the doors in it at which we
 * then listen: from inside nothing else can be reached, and from outside nobody can knock.
 */
interface SourceNetwork {
  readonly keeper: ChildProcess;
  readonly enter: readonly string[];
}

/** New networks have their loopback down. */
const UP = `ip link set lo up 2>/dev/null || perl -e 'socket(S,2,2,0); ioctl(S,0x8914,pack("a16s","lo",0x41)) or die'`;
const STARTING_MS = 10_000;
/** A door takes some milliseconds. */
const OPENING_MS = 10_000;

let opening: Promise<SourceNetwork | undefined> | undefined;

/** Listens in the network of sources, where this machine can have one, else in ours. */
export const listenForFfmpeg: Listen = async (onConnection) => {
  const network = await (opening ??= openNetwork());
  if (network === undefined) return listenOnLoopback(onConnection);
  const { server, port } = await openDoor(network.keeper);
  server.on('connection', onConnection);
  return {
    ...{ port, enter: network.enter },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
};

async function openNetwork(): Promise<SourceNetwork | undefined> {
  const { newNetwork } = sandbox();
  const shell = findProgram('sh');
  if (newNetwork === undefined || shell === undefined) return undefined;
  const dying = firstThatWorks(['setpriv', '--pdeathsig', 'KILL', '--']) ?? [];
  const program = path.join(import.meta.dirname, 'keep-network.ts');
  const [file = '', ...argv] = [
    ...[...newNetwork, shell, '-c', `{ ${UP}; } && exec "$@"`, 'keep-network', ...dying, process.execPath, program],
  ];
  const keeper = spawn(file, argv, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  keeper.once('exit', () => {
    opening = undefined;
  });
  const isThere = await Promise.race([
    once(keeper, 'message', { signal: AbortSignal.timeout(STARTING_MS) }).then(() => true),
    once(keeper, 'exit').then(() => false),
  ]).catch(() => false);
  // It ends with us: neither it nor its channel is to keep us going.
  keeper.unref();
  keeper.channel?.unref();
  const enter = isThere ? wayInto(keeper.pid ?? 0) : undefined;
  if (enter !== undefined) return { keeper, enter };
  keeper.kill('SIGKILL');
  return undefined;
}

function wayInto(pid: number): readonly string[] | undefined {
  const net = `--net=/proc/${pid}/ns/net`;
  return firstThatWorks(
    ['nsenter', net, '--'],
    ['nsenter', `--user=/proc/${pid}/ns/user`, net, '--preserve-credentials', '--'],
  );
}

let doors = 0;
/** Doors that are asked for and have not come. */
let awaited = 0;

async function openDoor(keeper: ChildProcess): Promise<{ server: Server; port: number }> {
  const id = (doors += 1);
  const opened = new Promise<{ server: Server; port: number }>((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(patience);
      awaited -= 1;
      if (awaited === 0) keeper.channel?.unref();
      keeper.off('message', hear);
      keeper.off('exit', end);
    };
    let door: { server: Server; port: number } | undefined;
    const hear = (message: unknown, handle: unknown): void => {
      if (!isAnswer(message) || message.id !== id) return;
      if (handle instanceof Server && message.port !== undefined) door = { server: handle, port: message.port };
      if (message.left !== true) return;
      settle();
      if (door === undefined) reject(new Error('no door came with its number'));
      else resolve(door);
    };
    const end = (): void => {
      settle();
      reject(new Error('what keeps the network of sources has ended'));
    };
    // Who does not answer is ended, and the next door is of another network.
    const patience = setTimeout(() => keeper.kill('SIGKILL'), OPENING_MS);
    keeper.on('message', hear);
    keeper.once('exit', end);
  });
  awaited += 1;
  keeper.channel?.ref();
  keeper.send({ id });
  return opened;
}

function isAnswer(message: unknown): message is { id: number; port?: number; left?: boolean } {
  return typeof message === 'object' && message !== null && 'id' in message;
}
