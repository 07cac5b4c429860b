import type { SettingsOf } from '@transcode/contracts/settings';
import { openOtherStore, type OtherStoreSettings, type Storage } from '@transcode/storage';

type BackupStoreSettings = OtherStoreSettings &
  Pick<
    SettingsOf<'backup'>,
    'BACKUP_S3_ENDPOINT' | 'BACKUP_S3_REGION' | 'BACKUP_S3_ACCESS_KEY_ID' | 'BACKUP_S3_SECRET_ACCESS_KEY'
  >;

/** The store of backups. */
export function openBackupStore(url: string, settings: BackupStoreSettings): Storage {
  const own = {
    ...{ endpoint: settings.BACKUP_S3_ENDPOINT, region: settings.BACKUP_S3_REGION },
    ...{ accessKeyId: settings.BACKUP_S3_ACCESS_KEY_ID, secretAccessKey: settings.BACKUP_S3_SECRET_ACCESS_KEY },
  };
  return openOtherStore(url, own, settings);
}
