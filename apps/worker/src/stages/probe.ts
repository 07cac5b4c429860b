import { TranscodeError, type Container } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import { probeMilliseconds } from '../probe/probe-milliseconds.ts';
import { probeSource } from '../probe/probe-source.ts';
import { encryptedBy } from '../probe/refuse-encrypted.ts';
import { findEncryption } from '../sniff/encryption/find-encryption.ts';
import { rangedReader } from '../sniff/encryption/ranged-reader.ts';
import { SNIFF_BYTES, sniffContainer } from '../sniff/sniff-container.ts';
import type { StageHandler } from '../task-context.ts';

/** Finds out what the source is, refuses what cannot be published, and keeps the description with the video. */
export const probe: StageHandler = async (context) => {
  const { video } = context.claim;
  const container = await sniff(context.storage, video.sourceKey, Number(video.sourceBytes));
  const bytes = Number(video.sourceBytes);
  const reader = rangedReader(context.storage, video.sourceKey, bytes);
  const encryption = await findEncryption(container, reader);
  const source = await context.source();
  const mostMs = probeMilliseconds(Number(video.sourceBytes));
  const timeout = AbortSignal.timeout(mostMs);
  const described = await probeSource({
    ffprobe: context.tools.ffprobe,
    ffmpeg: context.tools.ffmpeg,
    source,
    container,
    bytes,
    encryption,
    read: ({ start, end }) => reader.at(start, end - start + 1),
    signal: AbortSignal.any([context.signal, timeout]),
  }).catch((error: unknown) => {
    if (error === timeout.reason) throw tookTooLong(mostMs, error);
    // Where nothing of a file can be told apart, what it says of its own encryption is why.
    const ofAll = encryption.find(({ streams }) => streams === 'all');
    if (ofAll !== undefined && isDamage(error)) throw encryptedBy(ofAll.scheme);
    throw error;
  });
  return async (tx) => {
    await tx.video.update({ where: { id: video.id }, data: { probe: described } });
  };
};

function isDamage(error: unknown): boolean {
  return error instanceof TranscodeError && error.code === 'source_unreadable';
}

async function sniff(storage: Storage, key: string, bytes: number): Promise<Container> {
  if (bytes === 0) throw new TranscodeError('source_empty');
  const head: Buffer[] = [];
  const range = { start: 0, end: Math.min(bytes, SNIFF_BYTES) - 1 };
  for await (const part of (await storage.get(key, range)) as AsyncIterable<Buffer>) head.push(part);
  const container = sniffContainer(Buffer.concat(head));
  if (container === undefined) throw new TranscodeError('source_unrecognised');
  return container;
}

function tookTooLong(mostMs: number, cause: unknown): TranscodeError {
  const reason = `reading it took longer than ${Math.round(mostMs / 60_000)} minutes`;
  return new TranscodeError('source_unreadable', { reason }, { cause });
}
