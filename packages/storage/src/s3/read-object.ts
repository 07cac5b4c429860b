import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { collectBody } from '../collect-body.ts';
import type { ByteRange, StoredObject } from '../storage.ts';
import { locate, type Bucket } from './s3-client.ts';
import { isMissing } from './s3-errors.ts';

export async function readObject(bucket: Bucket, key: string, range: ByteRange | undefined): Promise<Readable> {
  const part = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
  const { Body } = await bucket.client.send(new GetObjectCommand({ ...locate(bucket, key), ...part }), bucket.request);
  if (Body instanceof Readable) return Body;
  throw new TranscodeError('storage_unavailable', { reason: 'an object came without a body' });
}

export async function readWhole(bucket: Bucket, key: string, range?: ByteRange): Promise<Buffer> {
  return collectBody(await readObject(bucket, key, range));
}

export async function headObject(bucket: Bucket, key: string): Promise<StoredObject | undefined> {
  try {
    const head = await bucket.client.send(new HeadObjectCommand(locate(bucket, key)), bucket.request);
    return { key, bytes: head.ContentLength ?? 0, modified: head.LastModified ?? new Date(0) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
