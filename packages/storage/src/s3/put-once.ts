import { randomUUID } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { TranscodeError } from '@transcode/contracts';
import { locate, taggingOf, type Bucket } from './s3-client.ts';
import { isMissing, isTaken } from './s3-errors.ts';

/** Written on each object, so that a writer whose answer was lost knows its own. */
const MARK = 'put-id';

export interface Mark {
  metadata: Record<string, string>;
  /** Whether the object that is there now is the one with this mark. */
  isOn: (bucket: Bucket, key: string) => Promise<boolean>;
}

export function newMark(): Mark {
  const id = randomUUID();
  return {
    metadata: { [MARK]: id },
    async isOn(bucket, key) {
      try {
        const head = await bucket.client.send(new HeadObjectCommand(locate(bucket, key)), bucket.request);
        return head.Metadata?.[MARK] === id;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
  };
}

export function taken(key: string, cause?: unknown): TranscodeError {
  return new TranscodeError('conflict', { reason: `The object ${key} exists already` }, { cause });
}

/** Puts a small object unless the key is taken. The SDK may send it again: the second then meets the first. */
export async function putOnce(
  bucket: Bucket,
  key: string,
  body: Uint8Array,
  contentType: string | undefined,
): Promise<void> {
  const mark = newMark();
  try {
    await bucket.client.send(
      new PutObjectCommand({
        ...locate(bucket, key),
        ...taggingOf(bucket, key),
        Body: body,
        ContentLength: body.byteLength,
        ContentType: contentType,
        IfNoneMatch: '*',
        Metadata: mark.metadata,
      }),
      bucket.request,
    );
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (!(await mark.isOn(bucket, key))) throw taken(key, error);
  }
}
