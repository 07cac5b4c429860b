import { GetObjectCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Readable } from 'node:stream';
import { mayBreak } from '../drain-body.ts';
import { checkKey, checkPrefix } from '../keys.ts';
import type { PutOptions, Storage, StoredObject } from '../storage.ts';
import { growingParts } from './growing-parts.ts';
import { deleteListed, deleteObjects, listObjects } from './list-objects.ts';
import { abortOldMultiparts } from './multipart.ts';
import { isPart } from './parts-folder.ts';
import { putOnce } from './put-once.ts';
import { putStream } from './put-stream.ts';
import { headObject, readObject, readWhole } from './read-object.ts';
import { connectS3, locate, type Bucket, type S3Options } from './s3-client.ts';
import { guarded, isMissing, s3Error, unavailable } from './s3-errors.ts';

/** Objects in a bucket of an S3 server. */
export function openS3Storage(place: { bucket: string; prefix: string }, options: S3Options): Storage {
  if (place.prefix !== '') checkPrefix(place.prefix);
  return storageIn(connectS3(place, options));
}

function storageIn(bucket: Bucket): Storage {
  return {
    kind: 's3',
    until: (signal) => storageIn({ ...bucket, request: { abortSignal: signal } }),
    put: (key, body, putOptions = {}) => put(bucket, key, body, putOptions),
    get: (key, range) => checked(key, () => readObject(bucket, key, range)),
    read: (key) => checked(key, () => readWhole(bucket, key)),
    head: (key) => checked(key, () => headObject(bucket, key)),
    list(prefix) {
      checkPrefix(prefix);
      return list(bucket, prefix);
    },
    async delete(keys) {
      for (const key of keys) checkKey(key);
      await guarded(() => deleteObjects(bucket, [...new Set(keys)]));
    },
    async deletePrefix(prefix) {
      checkPrefix(prefix);
      return guarded(() => deleteListed(bucket, prefix));
    },
    tidy: (before) => guarded(() => abortOldMultiparts(bucket, before)),
    presign: (key, presignOptions) =>
      checked(key, () => {
        const answer =
          presignOptions.contentType === undefined ? {} : { ResponseContentType: presignOptions.contentType };
        const command = new GetObjectCommand({ ...locate(bucket, key), ...answer });
        return getSignedUrl(bucket.client, command, { expiresIn: presignOptions.expiresSeconds });
      }),
    localPath(key) {
      checkKey(key);
      return undefined;
    },
    growing(key, { expectedBytes }) {
      checkKey(key);
      return growingParts(bucket, key, expectedBytes);
    },
    async health() {
      try {
        await bucket.client.send(new HeadBucketCommand({ Bucket: bucket.name }), bucket.request);
      } catch (error) {
        if (isMissing(error)) throw unavailable(`there is no bucket ${bucket.name}`, error);
        throw s3Error(error);
      }
    },
    room: () => Promise.resolve(undefined),
    close() {
      bucket.client.destroy();
      return Promise.resolve();
    },
  };
}

async function checked<T>(key: string, action: () => Promise<T>): Promise<T> {
  checkKey(key);
  return guarded(action);
}

async function put(
  bucket: Bucket,
  key: string,
  body: Uint8Array | Readable,
  options: PutOptions,
): Promise<{ bytes: number }> {
  checkKey(key);
  if (body instanceof Readable) mayBreak(body);
  try {
    if (body instanceof Readable) return { bytes: await putStream(bucket, key, body, options) };
    await putOnce(bucket, key, body, options.contentType);
    return { bytes: body.byteLength };
  } catch (error) {
    if (body instanceof Readable) body.destroy();
    throw s3Error(error);
  }
}

async function* list(bucket: Bucket, prefix: string): AsyncGenerator<StoredObject> {
  try {
    for await (const object of listObjects(bucket, prefix)) if (!isPart(object.key)) yield object;
  } catch (error) {
    throw s3Error(error);
  }
}
