import type { Backup, Base } from '@transcode/backup/read';
import { findBackupRunner, type Database } from '@transcode/db';
import type { Services } from '../../context.ts';

/** The page does not wait for a store longer than this. */
const PATIENCE_MS = 2_000;

/** What receipts need to know of the backups that are kept. */
export interface KeptBackups {
  readonly keptDays: number;
  readonly windowDays: number;
  /** When each of those began that lie in the store; undefined while it cannot be read. */
  readonly begunAt: readonly number[] | undefined;
}

/** Undefined where none are kept: nobody has said where, or nothing lies there and nobody makes any. */
export async function keptBackups({ db, backups }: Pick<Services, 'db' | 'backups'>): Promise<KeptBackups | undefined> {
  if (backups === undefined) return undefined;
  const { keptDays, windowDays, reader } = backups;
  const { contents, trouble } = await reader.readWithin(PATIENCE_MS);
  if (contents === undefined || trouble !== undefined) return { keptDays, windowDays, begunAt: undefined };
  return keptOf(db, { keptDays, windowDays, there: [...contents.backups, ...contents.bases] });
}

/** Undefined where nothing lies there and nobody makes any. */
export async function keptOf(
  db: Database,
  { keptDays, windowDays, there }: { keptDays: number; windowDays: number; there: readonly (Backup | Base)[] },
): Promise<KeptBackups | undefined> {
  if (there.length === 0 && (await findBackupRunner(db)) === undefined) return undefined;
  return { keptDays, windowDays, begunAt: there.map(beginOf) };
}

const beginOf = ({ manifest }: Backup | Base): number => Date.parse(manifest.begunAt);
