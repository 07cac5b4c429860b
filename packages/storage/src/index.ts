export { openSource, type Source } from './source/open-source.ts';
export { openStorage } from './open-storage.ts';
export type { S3Options } from './s3/s3-client.ts';
export type { ByteRange, GrowingObject, PutOptions, Storage, StoredObject } from './storage.ts';
