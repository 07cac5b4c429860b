import type { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import * as z from 'zod';
import { putJson, readJson, type Readable } from './backup-store.ts';
import { BACKUP_REASONS, type BackupReason } from './manifest.ts';

/** One attempt at a backup that came to nothing. */
export const Failure = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** Why a backup was to be made. */
  reason: z.enum(BACKUP_REASONS),
  code: z.string(),
  /** A sentence. */
  message: z.string(),
});
export type Failure = z.infer<typeof Failure>;

const FOLDER = 'failures/';
/** So many are kept: where each hour one fails, those of four days. */
const KEPT = 100;

/** Written beside the backups, for whoever looks there. Where the store itself is what fails, nothing can be. */
export async function noteFailure(
  store: Storage,
  { at, reason, error }: { at: Date; reason: BackupReason; error: TranscodeError },
): Promise<void> {
  const failure: Failure = { format: 1, at: at.toISOString(), reason, code: error.code, message: error.message };
  const time = failure.at.replaceAll(/[-:]|\.\d+/g, '');
  await putJson(store, `${FOLDER}${time}-${crypto.randomUUID().slice(0, 8)}.json`, failure);
  const keys: string[] = [];
  for await (const { key } of store.list(FOLDER)) keys.push(key);
  await store.delete(keys.slice(0, -KEPT));
}

/** The oldest first; what cannot be read is left out. */
export async function readFailures(store: Readable): Promise<Failure[]> {
  const failures: Failure[] = [];
  for await (const { key } of store.list(FOLDER)) {
    const parsed = Failure.safeParse(await readJson(store, key));
    if (parsed.success) failures.push(parsed.data);
  }
  return failures;
}
