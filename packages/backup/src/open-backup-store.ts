import type { SettingsOf } from '@transcode/contracts/settings';
import { openStorage, reserveBytesOf, type Storage } from '@transcode/storage';

type BackupStoreSettings = Pick<
  SettingsOf<'backup'>,
  | 'BACKUP_S3_ENDPOINT'
  | 'BACKUP_S3_REGION'
  | 'BACKUP_S3_ACCESS_KEY_ID'
  | 'BACKUP_S3_SECRET_ACCESS_KEY'
  | 'S3_ENDPOINT'
  | 'AWS_REGION'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'DISK_RESERVE_MIB'
>;

/** The store at an address, `s3://bucket/prefix` or `file:///folder`; by its own endpoint, region and key, or those of the objects. */
export function openBackupStore(url: string, settings: BackupStoreSettings): Storage {
  const { S3_ENDPOINT, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = settings;
  const endpoint = settings.BACKUP_S3_ENDPOINT ?? S3_ENDPOINT;
  const ownKey = settings.BACKUP_S3_ACCESS_KEY_ID !== undefined;
  return openStorage(url, {
    reserveBytes: reserveBytesOf(settings),
    s3: {
      endpoint,
      region: settings.BACKUP_S3_REGION ?? AWS_REGION,
      accessKeyId: settings.BACKUP_S3_ACCESS_KEY_ID ?? AWS_ACCESS_KEY_ID,
      secretAccessKey: settings.BACKUP_S3_SECRET_ACCESS_KEY ?? AWS_SECRET_ACCESS_KEY,
      sessionToken: ownKey ? undefined : AWS_SESSION_TOKEN,
      forcePathStyle: endpoint !== undefined,
    },
  });
}
