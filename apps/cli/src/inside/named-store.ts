import { withBackupPlace, type BackupPlace } from '../backups/place.ts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import type { Context } from '../context.ts';

/** Opens the store that `BACKUP_URL` names. There is no other: what is in the pod goes with it. */
export async function withNamedStore<T>(
  context: Context,
  scratch: string,
  work: (place: BackupPlace) => Promise<T>,
): Promise<T> {
  if ((context.env['BACKUP_URL'] ?? '') === '')
    throw new Refusal('BACKUP_URL has to say where backups are: s3://bucket/prefix.');
  return withBackupPlace(context, dataFolderAt(scratch), undefined, work);
}

/** What a process reads of its environment; what is wrong with that is told as it is. */
export function settingsIn<T>({ env }: Context, read: (env: Context['env']) => T): T {
  try {
    return read(env);
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
