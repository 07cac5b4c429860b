import { isGood, type Backup, type Drill, type Failure } from '@transcode/backup/read';
import type { BackupView, DrillView } from '@transcode/contracts';
import type { BackupContents } from '../services/backups/backup-reader.ts';

/** All that lies there and all that failed, the newest first. */
export function backupViews({ backups, damaged, failures }: BackupContents): BackupView[] {
  const views = [...backups.map(backupView), ...damaged.map(damagedView), ...failures.map(failureView)];
  return views.toSorted((one, other) => timeOf(other) - timeOf(one));
}

export function drillView(drill: Drill): DrillView {
  const { at, result, backup, rtoSeconds: rto, rpoSeconds: rpo, video, read, reason } = drill;
  return {
    ...{ at, passed: result === 'good', backup, rto, rpo },
    ...{ played: video !== undefined, read: read !== undefined },
    sentence: reason === undefined ? null : `${reason}.`,
  };
}

function backupView(backup: Backup): BackupView {
  const { begunAt, endedAt, reason, file } = backup.manifest;
  const proof = backup.proofs.at(-1);
  const outcome = isGood(backup) ? 'good' : proof === undefined ? 'unproven' : 'bad';
  return {
    ...{ id: backup.id, outcome, at: begunAt, reason, bytes: file.bytes, encrypted: file.encryptedTo.length > 0 },
    seconds: (Date.parse(endedAt) - Date.parse(begunAt)) / 1_000,
    ...{ restoreSeconds: proof?.seconds ?? null, restoredAt: proof?.at ?? null },
    missingObjects: proof?.objects?.missing ?? 0,
    sentence: sentenceOf(outcome, proof?.reason),
  };
}

function sentenceOf(outcome: 'good' | 'unproven' | 'bad', reason: string | undefined): string | null {
  if (outcome === 'good') return null;
  if (outcome === 'unproven') return 'It was not restored yet, so it does not count.';
  return `It cannot be restored, so it does not count: ${reason ?? 'nobody knows why'}.`;
}

const NOTHING = {
  ...{ id: null, at: null, reason: null, bytes: null, encrypted: false, seconds: null },
  ...{ restoreSeconds: null, restoredAt: null, missingObjects: 0 },
} as const;

function damagedView(id: string): BackupView {
  return { ...NOTHING, id, outcome: 'damaged', sentence: 'Its manifest cannot be read, so it does not count.' };
}

function failureView({ at, reason, message }: Failure): BackupView {
  return { ...NOTHING, outcome: 'failed', at, reason, sentence: message };
}

/** What cannot say when it was made stands first: somebody has to look at it. */
const timeOf = ({ at }: BackupView): number => (at === null ? Infinity : Date.parse(at));
