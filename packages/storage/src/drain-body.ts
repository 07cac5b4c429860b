import type { Readable } from 'node:stream';
import { GatheredChunks } from './gathered-chunks.ts';

interface DrainOptions {
  /** Chunks are gathered to at least this before they are handed on. */
  batchBytes: () => number;
  /** How many batches may be on their way at once; the body waits meanwhile. */
  inFlight: number;
  onBatch: (chunks: Buffer[], bytes: number) => Promise<void>;
  /** Once aborted, what has not been handed on is dropped; it counts as a break. */
  signal?: AbortSignal | undefined;
  /** Once aborted, the body counts as broken there, and is left as it is. */
  enough?: AbortSignal | undefined;
}

interface Drained {
  /** Why the body broke off; undefined if it ended. */
  broke: Error | undefined;
}

/**
 * Reads a body to its end or break and hands it on in batches, without a promise for each chunk and with bounded memory.
 * A broken body is an outcome, not a failure: what came is handed on. A batch that fails stops it all and is thrown.
 */
export async function drainBody(body: Readable, options: DrainOptions): Promise<Drained> {
  const running = new Set<Promise<void>>();
  const failed = new AbortController();
  const gathered = new GatheredChunks();

  const handOn = async (batch: Buffer[], size: number): Promise<void> => {
    try {
      await options.onBatch(batch, size);
    } catch (error) {
      failed.abort(error);
    }
  };
  const flush = (): void => {
    const { chunks, bytes } = gathered.take();
    const work = handOn(chunks, bytes).finally(() => {
      running.delete(work);
      if (!failed.signal.aborted) body.resume();
    });
    running.add(work);
    if (running.size >= options.inFlight) body.pause();
  };
  const onData = (chunk: Buffer): void => {
    gathered.add(chunk);
    if (gathered.bytes >= options.batchBytes()) flush();
  };

  const stop = options.signal === undefined ? failed.signal : AbortSignal.any([failed.signal, options.signal]);
  const { enough } = options;
  const broke = await ended(body, onData, enough === undefined ? stop : AbortSignal.any([stop, enough]));
  if (gathered.bytes > 0 && !stop.aborted) flush();
  await Promise.all(running);
  body.pause();
  failed.signal.throwIfAborted();
  return { broke: options.signal?.aborted === true ? brokenOff(body) : broke };
}

/** A body that breaks before it is drained, or after, tells so to nobody: the process must not end for it. */
export function mayBreak(body: Readable): void {
  body.on('error', () => undefined);
}

/** Until the body ends, breaks, or what is done with it fails. */
async function ended(body: Readable, onData: (chunk: Buffer) => void, stop: AbortSignal): Promise<Error | undefined> {
  if (body.readableEnded) return undefined;
  if (stop.aborted || body.destroyed) return brokenOff(body);
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const onStop = (): void => resolve(undefined);
  body.once('end', () => resolve(undefined));
  body.once('error', resolve);
  body.once('close', () => resolve(body.readableEnded ? undefined : brokenOff(body)));
  stop.addEventListener('abort', onStop, { once: true });
  body.on('data', onData);
  const outcome = await promise;
  // A signal made of others is kept for as long as it has a listener, and the body with it.
  stop.removeEventListener('abort', onStop);
  body.off('data', onData);
  body.pause();
  return outcome;
}

function brokenOff(body: Readable): Error {
  return body.errored ?? new Error('The body broke off.');
}
