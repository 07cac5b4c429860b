import { isDeepStrictEqual } from 'node:util';
import { ChunkIndex, Plan, videoFolder, type ErrorCode, type JobNames } from '@transcode/contracts';
import type { Database, Prisma, Transaction } from '@transcode/db';
import type { Storage } from '@transcode/storage';

/** What an earlier job of the same video has encoded already. */
export interface KeptChunk {
  readonly stage: 'encode' | 'audio';
  readonly index: number;
  readonly token: number | null;
  readonly doneAt: Date | null;
  readonly result: ChunkIndex;
  /** Of the task that made it: the other chunks have to be made by the same encoder. */
  readonly requires: Prisma.InputJsonValue;
}

/** Some megabytes of a day-long video at a time: a statement for each chunk would outlast the transaction. */
const KEPT_AT_ONCE = 100;
/** After these nobody knows which chunk is to blame. */
const SPOILED: ReadonlySet<string> = new Set<ErrorCode>(['package_failed', 'verify_failed', 'quality_below_floor']);

/** The finished chunks of the video's last job, where the plan for them is the same and all their objects are still there. */
export async function findKeptChunks(
  { db, storage }: { db: Database; storage: Storage },
  job: JobNames,
  plan: Plan,
): Promise<KeptChunk[]> {
  const last = await db.job.findFirst({
    where: { videoId: job.videoId, id: { not: job.id }, chunks: { some: { state: 'done' } } },
    orderBy: { id: 'desc' },
    include: { chunks: { where: { state: 'done' } }, tasks: { where: { stage: { in: ['encode', 'audio'] } } } },
  });
  const before = Plan.safeParse(last?.plan);
  if (last === null || !before.success || SPOILED.has(last.failureCode ?? '')) return [];
  const same = last.chunks.filter(({ kind, index }) =>
    kind === 'audio' ? isSameSound(before.data, plan) : isSamePicture(before.data, plan, index),
  );
  if (same.length === 0) return [];
  const stored = new Map<string, number>();
  for await (const { key, bytes } of storage.list(videoFolder(job))) stored.set(key, bytes);
  return same.flatMap(({ kind, index, token, doneAt, result }) => {
    const stage = kind === 'audio' ? 'audio' : 'encode';
    const parsed = ChunkIndex.parse(result);
    if (!isWhole(parsed, stored)) return [];
    const task = last.tasks.find((each) => each.stage === stage && each.index === index);
    return [{ stage, index, token, doneAt, result: parsed, requires: task?.requires ?? {} } as const];
  });
}

/** Makes them chunks of this job, whose rows have been written. */
export async function keepChunks(tx: Transaction, jobId: string, kept: readonly KeptChunk[]): Promise<void> {
  for (let at = 0; at < kept.length; at += KEPT_AT_ONCE) {
    const rows = kept
      .slice(at, at + KEPT_AT_ONCE)
      .map(({ stage, ...chunk }) => ({ ...chunk, kind: stage === 'audio' ? 'audio' : 'video' }));
    await tx.$executeRaw`
      UPDATE "Chunk" AS chunk
      SET "state" = 'done', "token" = kept."token", "doneAt" = kept."doneAt", "result" = kept."result"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS kept("kind" "MediaKind", "index" int, "token" int, "doneAt" timestamptz, "result" jsonb)
      WHERE chunk."jobId" = ${jobId}::uuid AND chunk."kind" = kept."kind" AND chunk."index" = kept."index"`;
  }
  // Every chunk says the same of a rendition.
  const renditions = new Map(kept.flatMap(({ result }) => result.renditions.map((each) => [each.rendition, each])));
  for (const [name, { fingerprint, codec }] of renditions)
    await tx.rendition.update({ where: { jobId_name: { jobId, name } }, data: { fingerprint, codec } });
}

export function keptNotes(kept: readonly KeptChunk[], { chunks }: Plan): string[] {
  const pictures = kept.filter(({ stage }) => stage === 'encode').length;
  return [
    ...(pictures === 0 ? [] : [`${pictures} of ${chunks.length} chunks were kept from the last run.`]),
    ...(pictures === kept.length ? [] : ['The sound was kept from the last run.']),
  ];
}

function isSamePicture(before: Plan, plan: Plan, index: number): boolean {
  return isDeepStrictEqual(pictureOf(before, index), pictureOf(plan, index));
}

function isSameSound(before: Plan, plan: Plan): boolean {
  return isDeepStrictEqual(soundOf(before), soundOf(plan));
}

/** All that decides about the bytes of a chunk. */
function pictureOf({ videoStreamIndex, clock = [], chunks, ...plan }: Plan, index: number) {
  const { demuxer, decoder, isWithoutEdits, grid, referenceFilter, reference, video } = plan;
  const own = clock.filter(({ streamIndex }) => streamIndex === videoStreamIndex);
  const opened = [demuxer, decoder, isWithoutEdits, videoStreamIndex, own];
  return [...opened, grid, referenceFilter, reference, video, chunks[index]];
}

function soundOf({ demuxer, isWithoutEdits, clock = [], grid, audio }: Plan) {
  const streams = new Set(audio.flatMap(({ streamIndex, furtherStreams }) => [streamIndex, ...furtherStreams]));
  return [demuxer, isWithoutEdits, clock.filter(({ streamIndex }) => streams.has(streamIndex)), grid, audio];
}

function isWhole({ renditions }: ChunkIndex, stored: ReadonlyMap<string, number>): boolean {
  return renditions
    .flatMap(({ init, segments }) => [init, ...segments])
    .every(({ key, bytes }) => stored.get(key) === bytes);
}
