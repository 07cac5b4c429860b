import type { SettingsOf } from '@transcode/contracts/settings';
import { measuredStorage } from './measured-storage.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';

/** The settings that say where objects are. What is not said of S3 the AWS SDK finds for itself. */
type StorageSettings = Pick<
  SettingsOf<'api' | 'worker'>,
  | 'STORAGE_URL'
  | 'S3_ENDPOINT'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'AWS_REGION'
  | 'DISK_RESERVE_MIB'
> &
  Partial<Pick<SettingsOf<'api' | 'worker'>, 'S3_TAG_SOURCES'>>;

/** The storage that the environment names. An endpoint of one's own is spoken to by paths, as few of them answer to bucket names. */
export function openNamedStorage(env: StorageSettings): Storage {
  const storage = openStorage(env.STORAGE_URL, {
    reserveBytes: reserveBytesOf(env),
    s3: {
      endpoint: env.S3_ENDPOINT,
      region: env.AWS_REGION,
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
      forcePathStyle: env.S3_ENDPOINT !== undefined,
      tagSources: env.S3_TAG_SOURCES,
    },
  });
  return measuredStorage(storage);
}

/** What the environment wants to stay free; undefined where it is content with the default. */
export function reserveBytesOf({ DISK_RESERVE_MIB: mib }: Partial<StorageSettings>): number | undefined {
  return mib === undefined ? undefined : mib * 1024 ** 2;
}
