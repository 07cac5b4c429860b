import type { Readable } from 'node:stream';
import { UploadPartCommand, type CompletedPart } from '@aws-sdk/client-s3';
import { TranscodeError } from '@transcode/contracts';
import { drainBody } from '../drain-body.ts';
import type { PutOptions } from '../storage.ts';
import { beginMultipart, type Multipart } from './multipart.ts';
import { putOnce } from './put-once.ts';
import type { Bucket } from './s3-client.ts';

const PART_BYTES = 8 * 1024 ** 2;
/** Amazon takes 10,000 parts; they grow so that any object fits. */
const GROW_EVERY = 1_000;

/** Puts a body of any length with a few parts in memory, each of which can be sent again. */
export async function putStream(bucket: Bucket, key: string, body: Readable, options: PutOptions): Promise<number> {
  const parts: CompletedPart[] = [];
  let bytes = 0;
  let small = Buffer.alloc(0);
  let large: Promise<Multipart> | undefined;
  let number = 0;

  const send = async (data: Buffer, PartNumber: number): Promise<void> => {
    large ??= beginMultipart(bucket, key, options.contentType);
    const { target } = await large;
    const part = { ...target, PartNumber, Body: data, ContentLength: data.length };
    const { ETag } = await bucket.client.send(new UploadPartCommand(part), bucket.request);
    parts[PartNumber - 1] = { PartNumber, ETag };
  };
  try {
    const { broke } = await drainBody(body, {
      batchBytes: () => PART_BYTES * (1 + Math.floor(number / GROW_EVERY)),
      inFlight: 2,
      onBatch: async (chunks, size) => {
        const data = Buffer.concat(chunks, size);
        bytes += size;
        number += 1;
        // Most objects are smaller than a part, and take one request.
        if (number === 1 && size < PART_BYTES) small = data;
        else await send(data, number);
      },
    });
    if (broke !== undefined)
      throw new TranscodeError('stage_failed', { reason: 'what was to be stored broke off' }, { cause: broke });
    if (options.bytes !== undefined && options.bytes !== bytes) {
      const reason = `${options.bytes} bytes of ${key} were announced and ${bytes} came`;
      throw new TranscodeError('stage_failed', { reason });
    }
    if (large === undefined) await putOnce(bucket, key, small, options.contentType);
    else await (await large).complete(parts);
  } catch (error) {
    if (large === undefined) throw error;
    throw await (await large).giveUp(error);
  }
  return bytes;
}
