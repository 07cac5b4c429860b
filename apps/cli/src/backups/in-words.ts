import {
  isGood,
  type ArchiveStatus,
  type Backup,
  type MadeBackup,
  type MadeBase,
  type MadeRedisBackup,
} from '@transcode/backup';

/** `13 KiB`, `4.2 GiB` */
export function bytesInWords(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const amount = bytes / 1024 ** power;
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`;
}

/** `40 s`, `12 min`, `5 h`, `3 days` */
export function secondsInWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** What was made, and that it was restored. */
export function toldOf({ manifest, proof, removed }: MadeBackup): string[] {
  const tables = Object.values(manifest.survey.tables);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const sealed = manifest.file.encryptedTo.length > 0 ? ', encrypted' : '';
  const { objects } = proof;
  return [
    `${manifest.id}: ${counted(tables.length, 'table')}, ${counted(rows, 'row')}, ${bytesInWords(manifest.file.bytes)}${sealed}.`,
    `Restored and compared in ${secondsInWords(proof.seconds)}${proof.migrated.length > 0 ? `, with ${counted(proof.migrated.length, 'migration')} to this version` : ''}.`,
    ...(objects === undefined
      ? []
      : [
          `Objects of ${counted(objects.videos, 'video')}: ${objects.objects.toLocaleString('en')}, ${bytesInWords(objects.bytes)}.`,
        ]),
    ...(removed.length > 0 ? [`Removed ${counted(removed.length, 'old backup')}.`] : []),
  ];
}

/** What was made of Redis, and that it was loaded. */
export function toldOfRedis({ manifest, removed }: MadeRedisBackup): string[] {
  const sealed = manifest.file.encryptedTo.length > 0 ? ', encrypted' : '';
  return [
    `${manifest.id}: ${counted(manifest.keys, 'key')}, ${bytesInWords(manifest.file.bytes)}${sealed}.`,
    `Loaded by Redis ${manifest.server}.`,
    ...(removed.length > 0 ? [`Removed ${counted(removed.length, 'old backup')}.`] : []),
  ];
}

/** A base backup that was made, and what went with it. */
export function toldOfBase({ manifest, proof, removed, removedWal }: MadeBase): string[] {
  const sealed = manifest.file.encryptedTo.length > 0 ? ', encrypted' : '';
  const gone = `Removed ${counted(removed.length, 'base backup')} and ${counted(removedWal, 'object')} of WAL, which nothing needs any more.`;
  return [
    `${manifest.id}: all of Postgres, ${bytesInWords(manifest.file.bytes)}${sealed}; recovered on it in ${secondsInWords(proof.seconds)}.`,
    ...(removed.length + removedWal > 0 ? [gone] : []),
  ];
}

/** Which times can be restored. */
export const spansInWords = ({ spans }: ArchiveStatus): string[] =>
  spans.map(
    ({ from, until }) => `Any time from ${from.toISOString()} to ${until.toISOString()} can be restored by --to.`,
  );

/** A line of a list: which, how old, how large, and whether it counts. */
export function lineOf(backup: Backup, now: Date): string {
  const { id, manifest, proofs } = backup;
  const age = (now.getTime() - new Date(manifest.begunAt).getTime()) / 1_000;
  const last = proofs.at(-1);
  const proof = isGood(backup)
    ? `restored ${last?.at.slice(0, 16).replace('T', ' ') ?? ''}`
    : last === undefined
      ? 'never restored: does not count'
      : `cannot be restored: ${last.reason ?? 'unknown'}`;
  return `${id}  ${secondsInWords(age).padStart(8)}  ${bytesInWords(manifest.file.bytes).padStart(9)}  ${manifest.reason.padEnd(8)}  ${proof}`;
}

export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
