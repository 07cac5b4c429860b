import { UploadPartCommand, UploadPartCopyCommand, type CompletedPart } from '@aws-sdk/client-s3';
import { TranscodeError } from '@transcode/contracts';
import { composePlan, MAX_PARTS, type ComposeStep } from './compose-plan.ts';
import { beginMultipart, type Multipart } from './multipart.ts';
import type { Coverage, Piece } from './part-coverage.ts';
import { readWhole } from './read-object.ts';
import type { Bucket } from './s3-client.ts';

const CONCURRENCY = 16;

/** Makes one object of the pieces inside the server. */
export async function composeObject(bucket: Bucket, key: string, coverage: Coverage): Promise<void> {
  const steps = composePlan(coverage);
  if (steps.length > MAX_PARTS)
    throw new TranscodeError('conflict', { reason: `${key} came in ${steps.length} parts, more than S3 composes` });
  const target = await beginMultipart(bucket, key);
  try {
    await target.complete(await fill(bucket, target, steps));
  } catch (error) {
    throw await target.giveUp(error);
  }
}

async function fill(bucket: Bucket, target: Multipart, steps: readonly ComposeStep[]): Promise<CompletedPart[]> {
  const parts: CompletedPart[] = [];
  const queue = steps.entries();
  const work = async (): Promise<void> => {
    for (const [index, step] of queue) {
      const number = index + 1;
      const ETag =
        step.kind === 'copy' ? await copy(bucket, target, number, step) : await send(bucket, target, number, step);
      parts[index] = { PartNumber: number, ETag };
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return parts;
}

async function copy(
  bucket: Bucket,
  { target }: Multipart,
  PartNumber: number,
  step: ComposeStep,
): Promise<string | undefined> {
  const [piece] = step.pieces;
  if (piece === undefined) return undefined;
  const { part, from, to } = piece;
  const source = `${bucket.name}/${bucket.prefix}${part.key}`.split('/').map(encodeURIComponent).join('/');
  const whole = from === part.start && to === part.end;
  const range = whole ? {} : { CopySourceRange: `bytes=${from - part.start}-${to - part.start - 1}` };
  const request = { ...target, PartNumber, CopySource: source, ...range };
  const { CopyPartResult } = await bucket.client.send(new UploadPartCopyCommand(request), bucket.request);
  return CopyPartResult?.ETag;
}

async function send(
  bucket: Bucket,
  { target }: Multipart,
  PartNumber: number,
  step: ComposeStep,
): Promise<string | undefined> {
  const body = await readPieces(bucket, step.pieces);
  const request = { ...target, PartNumber, Body: body, ContentLength: body.length };
  const { ETag } = await bucket.client.send(new UploadPartCommand(request), bucket.request);
  return ETag;
}

/** Pieces that fit in memory. */
export async function readPieces(bucket: Bucket, pieces: readonly Piece[]): Promise<Buffer> {
  const read = pieces.map(({ part, from, to }) =>
    readWhole(bucket, part.key, { start: from - part.start, end: to - part.start - 1 }),
  );
  return Buffer.concat(await Promise.all(read));
}
