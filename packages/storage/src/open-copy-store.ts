import type { SettingsOf } from '@transcode/contracts/settings';
import { openOtherStore, type OtherStoreSettings } from './open-other-store.ts';
import type { Storage } from './storage.ts';

type CopySettings = OtherStoreSettings &
  Pick<
    SettingsOf<'api'>,
    | 'STORAGE_URL'
    | 'S3_TAG_SOURCES'
    | 'COPY_S3_ENDPOINT'
    | 'COPY_S3_REGION'
    | 'COPY_S3_ACCESS_KEY_ID'
    | 'COPY_S3_SECRET_ACCESS_KEY'
  >;

/** The second store of objects. Throws where it is the storage itself. */
export function openCopyStore(url: string, settings: CopySettings): Storage {
  const endpoint = settings.COPY_S3_ENDPOINT;
  if (isSame(url, settings.STORAGE_URL) && (endpoint ?? settings.S3_ENDPOINT) === settings.S3_ENDPOINT)
    throw new Error(`COPY_URL names the storage itself (${url}). Name another bucket, or another disk.`);
  const own = {
    ...{ endpoint, region: settings.COPY_S3_REGION, tagSources: settings.S3_TAG_SOURCES },
    ...{ accessKeyId: settings.COPY_S3_ACCESS_KEY_ID, secretAccessKey: settings.COPY_S3_SECRET_ACCESS_KEY },
  };
  return openOtherStore(url, own, settings);
}

const isSame = (one: string, other: string): boolean => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
