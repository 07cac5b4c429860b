export { findBackup, isGood, readBackups, type Backup } from './backup-store.ts';
export type { Engine } from './engine.ts';
export { makeBackup, type MadeBackup } from './make-backup.ts';
export { BACKUP_REASONS, type BackupReason, type Manifest, type ObjectsFound, type Proof } from './manifest.ts';
export { prove } from './prove.ts';
export { holdsRows, planRestore, restoreDatabase, type RestorePlan } from './restore-database.ts';
export { RETENTION } from './retention.ts';
