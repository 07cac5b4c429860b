import { fileURLToPath } from 'node:url';
import { openFileStorage } from './files/file-storage.ts';
import { openS3Storage } from './s3/s3-storage.ts';
import type { S3Options } from './s3/s3-client.ts';
import type { Storage } from './storage.ts';

/** `file:///folder` or `s3://bucket/prefix`. */
export function openStorage(url: string, options: { s3?: S3Options; reserveBytes?: number | undefined } = {}): Storage {
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'file:') return openFileStorage(fileURLToPath(parsed), options);
  if (parsed?.protocol === 's3:' && parsed.hostname !== '') {
    const prefix = decodeURIComponent(parsed.pathname).replaceAll(/^\/+|\/+$/g, '');
    return openS3Storage({ bucket: parsed.hostname, prefix }, options.s3 ?? {});
  }
  throw new Error(`${JSON.stringify(url)} is not file:///folder or s3://bucket/prefix.`);
}
