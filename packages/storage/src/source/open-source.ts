import { setTimeout as pause } from 'node:timers/promises';
import { TranscodeError } from '@transcode/contracts';
import { collectBody } from '../collect-body.ts';
import type { Storage } from '../storage.ts';
import { createBlockCache } from './block-cache.ts';
import { listenOnLoopback, type Listen } from './listener.ts';
import { startRangeServer, type SourceTraffic } from './range-server.ts';

const BLOCK_BYTES = 4 * 1024 ** 2;
/** 64 MiB in all. */
const BLOCKS = 16;
/** A block that takes longer will not come. */
const BLOCK_MS = 60_000;
const AGAIN_MS = 500;

/** What ffmpeg reads. */
export interface Source {
  /** A path, a loopback address, or `fd:` for the file on standard input. */
  input: string;
  /** For `-protocol_whitelist`. */
  protocols: 'fd' | 'file' | 'http,tcp';
  /** The file, where the source is one. */
  file?: string;
  /** Program and arguments that lead ffmpeg into the network in which the address is; absent where that is everybody's. */
  enter?: readonly string[];
  /** Why bytes could not be had that were asked for. Whoever read on did not see the whole, whatever it says of the file. */
  broken(): TranscodeError | undefined;
  /** What went to whoever reads by an address so far; absent where it reads the file itself. */
  traffic?(): SourceTraffic;
  close(): Promise<void>;
}

/** Opens a source for reading by ranges: the file itself, or a reader that fetches what is asked for and listens where ffmpeg is. */
export async function openSource(
  storage: Storage,
  key: string,
  bytes: number,
  { listen = listenOnLoopback, blockMs = BLOCK_MS }: { listen?: Listen; blockMs?: number | undefined } = {},
): Promise<Source> {
  const path = storage.localPath(key);
  if (path !== undefined) {
    return { input: path, protocols: 'file', file: path, broken: () => undefined, close: () => Promise.resolve() };
  }
  let broken: TranscodeError | undefined;
  const cache = createBlockCache({
    blocks: BLOCKS,
    fetch: (index, signal) => fetchInsistently(storage, key, index, { signal, deadline: performance.now() + blockMs }),
  });
  const onBroken = (error: unknown): void => {
    broken ??= asUnavailable(error);
  };
  const server = await startRangeServer({ bytes, blockBytes: BLOCK_BYTES, cache, onBroken }, listen);
  const { url: input, enter } = server;
  return {
    ...{
      input,
      protocols: 'http,tcp',
      broken: () => broken,
      traffic: () => server.traffic(),
      close: () => server.close(),
    },
    ...(enter === undefined ? {} : { enter }),
  };
}

function asUnavailable(error: unknown): TranscodeError {
  if (error instanceof TranscodeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new TranscodeError('storage_unavailable', { reason }, { cause: error });
}

/**
 * Until when somebody waits. The time is no signal: `AbortSignal.any` forgets a timeout that ended while nobody listened, once it is
 * collected, and would then be waited for without end.
 */
interface Wait {
  readonly signal: AbortSignal;
  /** As `performance.now` tells it. */
  readonly deadline: number;
}

/** A body that breaks off in the middle is asked for once more, and again, until the block is too late. */
async function fetchInsistently(storage: Storage, key: string, index: number, wait: Wait): Promise<Buffer> {
  for (;;) {
    try {
      return await fetchBlock(storage, key, index, wait);
    } catch (error) {
      const isLate = wait.signal.aborted || performance.now() >= wait.deadline;
      if (isLate || asUnavailable(error).code !== 'storage_unavailable') throw error;
      // Rejects where nobody waits any more.
      await pause(AGAIN_MS, undefined, { signal: wait.signal });
    }
  }
}

async function fetchBlock(storage: Storage, key: string, index: number, { signal, deadline }: Wait): Promise<Buffer> {
  const start = index * BLOCK_BYTES;
  const body = await storage.get(key, { start, end: start + BLOCK_BYTES - 1 });
  const stop = (): void => {
    body.destroy(new Error('Nobody waits for this block.'));
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, Math.max(0, deadline - performance.now()));
  try {
    return await collectBody(body);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
