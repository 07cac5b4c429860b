import { isGood, type Backup } from '@transcode/backup/read';
import { measure } from '@transcode/telemetry';
import type { BackupContents, BackupReader } from '../services/backups/backup-reader.ts';

/** A scrape does not wait for a store: what is not back by then the next one tells. */
const PATIENCE_MS = 1_000;
const KIND = { kind: 'postgres' } as const;

/** What lies in the store of backups. While it cannot be read, what it had is told on: backups are as old as they are. */
export async function measureBackups(reader: BackupReader, { isArchived }: { isArchived: boolean }): Promise<void> {
  const { contents, trouble } = await reader.readWithin(PATIENCE_MS);
  if (contents === undefined && trouble === undefined) return;
  measure.set('backupStoreUp', {}, Number(trouble === undefined));
  if (contents === undefined) return;
  measureGood(contents.backups.findLast(isGood));
  measureFailures(contents);
  measureDrills(contents);
  // An archive that nobody goes on with on purpose is as old as it is.
  if (isArchived) measureArchive(contents);
}

function measureArchive({ archive: { newest } }: BackupContents): void {
  if (newest === undefined) measure.forget('backupArchiveNewestAt');
  else measure.set('backupArchiveNewestAt', {}, newest.getTime() / 1_000);
}

function measureGood(good: Backup | undefined): void {
  const proof = good?.proofs.at(-1);
  if (good === undefined || proof === undefined) {
    measure.forget('backupLastSuccessAt');
    measure.forget('backupLastSuccessProofAt');
    measure.forget('backupLastSuccessBytes');
    measure.forget('backupLastSuccessSeconds');
    return;
  }
  const { begunAt, endedAt, file } = good.manifest;
  measure.set('backupLastSuccessAt', KIND, secondsOf(begunAt));
  measure.set('backupLastSuccessProofAt', KIND, secondsOf(proof.at));
  measure.set('backupLastSuccessBytes', KIND, file.bytes);
  measure.set('backupLastSuccessSeconds', KIND, secondsOf(endedAt) - secondsOf(begunAt) + proof.seconds);
}

function measureFailures({ backups, failures }: BackupContents): void {
  const refuted = backups.flatMap(({ proofs }) => proofs.filter(({ result }) => result === 'bad').map(({ at }) => at));
  const times = [...failures.map(({ at }) => at), ...refuted].map(secondsOf);
  if (times.length === 0) measure.forget('backupLastFailureAt');
  else measure.set('backupLastFailureAt', KIND, Math.max(...times));
}

function measureDrills({ drills }: BackupContents): void {
  const last = drills.at(-1);
  if (last !== undefined) {
    measure.set('backupDrillAt', {}, secondsOf(last.at));
    measure.set('backupDrillPassed', {}, Number(last.result === 'good'));
  }
  const passed = drills.findLast(({ result }) => result === 'good');
  if (passed === undefined) return;
  measure.set('backupDrillRtoSeconds', {}, passed.rtoSeconds);
  measure.set('backupDrillRpoSeconds', {}, passed.rpoSeconds);
}

const secondsOf = (time: string): number => Date.parse(time) / 1_000;
