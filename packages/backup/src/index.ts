export { findBackup, isGood, readBackups, type Backup } from './backup-store.ts';
export { readDrills, writeDrill, type Drill } from './drills.ts';
export type { Engine } from './engine.ts';
export { makeBackup, type MadeBackup } from './make-backup.ts';
export { type BackupReason, type Manifest, type Proof } from './manifest.ts';
export { findObjects } from './objects.ts';
export { openBackupStore } from './open-backup-store.ts';
export { prove } from './prove.ts';
export { holdsRows, planRestore, restoreDatabase, type RestorePlan } from './restore-database.ts';
