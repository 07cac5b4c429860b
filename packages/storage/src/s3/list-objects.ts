import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { TranscodeError } from '@transcode/contracts';
import type { StoredObject } from '../storage.ts';
import { type Bucket } from './s3-client.ts';

/** The most that one request deletes. */
const DELETE_BATCH = 1_000;

/** Every object whose key begins with `prefix`, growing ones' parts included. */
export async function* listObjects(bucket: Bucket, prefix: string): AsyncGenerator<StoredObject> {
  const request = { Bucket: bucket.name, Prefix: bucket.prefix + prefix };
  for await (const page of paginateListObjectsV2({ client: bucket.client }, request, bucket.request)) {
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key === undefined) continue;
      yield { key: Key.slice(bucket.prefix.length), bytes: Size ?? 0, modified: LastModified ?? new Date(0) };
    }
  }
}

export async function deleteObjects(bucket: Bucket, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += DELETE_BATCH) {
    const objects = keys.slice(at, at + DELETE_BATCH).map((key) => ({ Key: bucket.prefix + key }));
    const request = { Bucket: bucket.name, Delete: { Objects: objects, Quiet: true } };
    const { Errors: errors = [] } = await bucket.client.send(new DeleteObjectsCommand(request), bucket.request);
    const failed = errors.find(({ Code }) => Code !== 'NoSuchKey');
    if (failed !== undefined)
      throw new TranscodeError('storage_unavailable', { reason: `${failed.Code} ${failed.Message}` });
  }
}

/** Deletes while it lists: a prefix may hold more than fits in memory. */
export async function deleteListed(bucket: Bucket, prefix: string): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  for await (const { key } of listObjects(bucket, prefix)) {
    batch.push(key);
    if (batch.length < DELETE_BATCH) continue;
    await deleteObjects(bucket, batch);
    removed += batch.length;
    batch = [];
  }
  await deleteObjects(bucket, batch);
  return removed + batch.length;
}
