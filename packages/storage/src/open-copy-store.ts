import type { SettingsOf } from '@transcode/contracts/settings';
import { reserveBytesOf } from './named-storage.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';

type CopySettings = Pick<
  SettingsOf<'api'>,
  | 'STORAGE_URL'
  | 'COPY_S3_ENDPOINT'
  | 'COPY_S3_REGION'
  | 'COPY_S3_ACCESS_KEY_ID'
  | 'COPY_S3_SECRET_ACCESS_KEY'
  | 'S3_ENDPOINT'
  | 'S3_TAG_SOURCES'
  | 'AWS_REGION'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'DISK_RESERVE_MIB'
>;

/** The second store of objects, by its own endpoint, region and key, or those of the first. Throws where it is the first. */
export function openCopyStore(url: string, settings: CopySettings): Storage {
  const { S3_ENDPOINT, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = settings;
  const endpoint = settings.COPY_S3_ENDPOINT ?? S3_ENDPOINT;
  if (isSame(url, settings.STORAGE_URL) && endpoint === S3_ENDPOINT)
    throw new Error(`COPY_URL names the storage itself (${url}). Name another bucket, or another disk.`);
  const ownKey = settings.COPY_S3_ACCESS_KEY_ID !== undefined;
  return openStorage(url, {
    reserveBytes: reserveBytesOf(settings),
    s3: {
      endpoint,
      region: settings.COPY_S3_REGION ?? AWS_REGION,
      accessKeyId: settings.COPY_S3_ACCESS_KEY_ID ?? AWS_ACCESS_KEY_ID,
      secretAccessKey: settings.COPY_S3_SECRET_ACCESS_KEY ?? AWS_SECRET_ACCESS_KEY,
      sessionToken: ownKey ? undefined : AWS_SESSION_TOKEN,
      forcePathStyle: endpoint !== undefined,
      tagSources: settings.S3_TAG_SOURCES,
    },
  });
}

const isSame = (one: string, other: string): boolean => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
