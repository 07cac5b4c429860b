import type { SettingsOf } from '@transcode/contracts/settings';
import { reserveBytesOf } from './named-storage.ts';
import { openStorage } from './open-storage.ts';
import type { S3Options } from './s3/s3-client.ts';
import type { Storage } from './storage.ts';

/** Of the storage itself. */
export type OtherStoreSettings = Pick<
  SettingsOf<'api'>,
  | 'S3_ENDPOINT'
  | 'AWS_REGION'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'DISK_RESERVE_MIB'
>;

/** A store beside the storage, `s3://bucket/prefix` or `file:///folder`: by an endpoint, a region and a key of its own, or those of the storage. */
export function openOtherStore(url: string, own: S3Options, settings: OtherStoreSettings): Storage {
  const endpoint = own.endpoint ?? settings.S3_ENDPOINT;
  return openStorage(url, {
    reserveBytes: reserveBytesOf(settings),
    s3: {
      ...own,
      endpoint,
      region: own.region ?? settings.AWS_REGION,
      accessKeyId: own.accessKeyId ?? settings.AWS_ACCESS_KEY_ID,
      secretAccessKey: own.secretAccessKey ?? settings.AWS_SECRET_ACCESS_KEY,
      sessionToken: own.accessKeyId === undefined ? settings.AWS_SESSION_TOKEN : undefined,
      forcePathStyle: endpoint !== undefined,
    },
  });
}
