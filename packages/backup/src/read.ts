/** What tells of backups needs no more than this: none of it starts a program or asks a database. */
export { readBases, type Base } from './archive/base.ts';
export { archiveStatus, type ArchiveStatus } from './archive/archive-status.ts';
export { isGood, readBackups, type Backup } from './backup-store.ts';
export { readDrills, type Drill } from './drills/drill.ts';
export { readFailures, type Failure } from './failures.ts';
export { openBackupStore } from './open-backup-store.ts';
