import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  S3ServiceException,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { locate, taggingOf, type Bucket } from './s3-client.ts';
import { isTaken } from './s3-errors.ts';
import { newMark, taken } from './put-once.ts';

interface MultipartTarget {
  Bucket: string;
  Key: string;
  UploadId: string;
}

/** One object of many parts. It appears whole, or not at all, and never over another. */
export interface Multipart {
  target: MultipartTarget;
  complete(parts: CompletedPart[]): Promise<void>;
  /** Takes it back because of `reason`; returns the error to throw. */
  giveUp(reason: unknown): Promise<unknown>;
}

export async function beginMultipart(bucket: Bucket, key: string, contentType?: string): Promise<Multipart> {
  const mark = newMark();
  const created = await bucket.client.send(
    new CreateMultipartUploadCommand({
      ...{ ...locate(bucket, key), ...taggingOf(bucket, key) },
      ...{ ContentType: contentType, Metadata: mark.metadata },
    }),
    bucket.request,
  );
  const target = { ...locate(bucket, key), UploadId: created.UploadId ?? '' };
  return {
    target,
    async complete(parts) {
      try {
        const MultipartUpload = { Parts: parts };
        await bucket.client.send(
          new CompleteMultipartUploadCommand({ ...target, IfNoneMatch: '*', MultipartUpload }),
          bucket.request,
        );
      } catch (error) {
        const answered = isTaken(error) || isNoSuchUpload(error);
        if (answered && (await mark.isOn(bucket, key))) return;
        throw isTaken(error) ? taken(key, error) : error;
      }
    },
    async giveUp(reason) {
      try {
        await abort(bucket, target);
        return reason;
      } catch (error) {
        return new AggregateError([reason, error], 'The upload failed and could not be taken back.');
      }
    },
  };
}

/** Ends the multipart uploads that a process left open when it died. */
export async function abortMultiparts(bucket: Bucket, key: string): Promise<void> {
  const { Bucket: name, Key } = locate(bucket, key);
  const request = { Bucket: name, Prefix: Key };
  // A page at a time; each one is gone when the next is asked for.
  for (;;) {
    const { Uploads: uploads = [] } = await bucket.client.send(
      new ListMultipartUploadsCommand(request),
      bucket.request,
    );
    const open = uploads.flatMap((upload) =>
      upload.Key === Key && upload.UploadId !== undefined ? [upload.UploadId] : [],
    );
    if (open.length === 0) return;
    for (const UploadId of open) await abort(bucket, { Bucket: name, Key, UploadId });
  }
}

/** Ends those of any key that were begun before that time, and for whom nobody came back; says how many. */
export async function abortOldMultiparts(bucket: Bucket, before: Date): Promise<number> {
  const request = { Bucket: bucket.name, Prefix: bucket.prefix };
  let ended = 0;
  let next: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await bucket.client.send(new ListMultipartUploadsCommand({ ...request, ...next }), bucket.request);
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined || Initiated === undefined || Initiated >= before) continue;
      await abort(bucket, { Bucket: bucket.name, Key, UploadId });
      ended += 1;
    }
    if (page.IsTruncated !== true) return ended;
    next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

async function abort(bucket: Bucket, target: MultipartTarget): Promise<void> {
  try {
    await bucket.client.send(new AbortMultipartUploadCommand(target), bucket.request);
  } catch (error) {
    if (!isNoSuchUpload(error)) throw error;
  }
}

function isNoSuchUpload(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchUpload';
}
