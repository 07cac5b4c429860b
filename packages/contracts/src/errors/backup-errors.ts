import { infra, input, work, type ErrorShape } from './error-shape.ts';

/** Of backups, restores and drills. */
export const BACKUP_ERRORS = {
  backup_running: {
    status: 409,
    retryable: true,
    blame: 'infra',
    sentence: 'Another backup of this database is being made. Wait for it to end.',
  },
  backup_runner_missing: {
    status: 409,
    retryable: true,
    blame: 'infra',
    sentence: 'Nobody runs backups here just now. Run the command that makes one where the installation is.',
  },
  backup_failed: infra(500, 'No backup was made, and the older ones are as they were: {reason}.'),
  backup_missing: input(404, 'There is no {what} in this store.'),
  backup_damaged: work(
    'The backup {backup} does not count, as it cannot be restored: {reason}. The older ones are as they were.',
    'A backup cannot be restored.',
  ),
  backup_unusable: input(409, 'The backup {backup} cannot be used by this version: {reason}.'),
  backup_key_missing: input(400, 'The backup {backup} is encrypted. Give its private key.'),
  backup_key_wrong: input(400, 'The private key that was given does not open the backup {backup}.'),
  backup_key_invalid: input(400, 'What was given as {what} is no key of age.'),
  backup_clock: infra(
    500,
    'The backup was made and is good, and no older one was removed, as the clock of this machine cannot be right: {reason}.',
  ),
  backup_objects_missing: work(
    'The backup was made and is good, but the storage has lost {objects} of the objects that {videos} of its videos need.',
    'Parts of some videos are lost.',
  ),
  archive_running: {
    status: 409,
    retryable: true,
    blame: 'infra',
    sentence: 'Something else archives the WAL of this database already. One is enough.',
  },
  archive_failed: infra(500, 'The WAL of the database is not archived, so what is written now may be lost: {reason}.'),
  wal_damaged: work(
    'Nothing was restored, as WAL in the store is damaged ({piece}: {reason}). Times up to {until} can be restored.',
    'A time cannot be restored.',
  ),
  restore_time: input(404, '{time} cannot be restored: {there}.'),
  restore_failed: infra(500, 'Nothing was restored, which says nothing of the backup: {reason}.'),
  restore_refused: input(
    409,
    'Nothing was restored: {connections} others are connected to the database. Stop what works with it first.',
  ),
  restore_running: {
    status: 409,
    retryable: true,
    blame: 'infra',
    sentence: 'Another restore into this database is under way. Wait for it to end.',
  },
  restore_video_missing: input(404, 'There is no video {video} to restore in {backup}: {reason}. Name another backup.'),
  restore_video_erased: input(
    409,
    'The video {video} was not restored: {what} was deleted, and what was deleted is never brought back.',
  ),
  restore_video_busy: {
    status: 409,
    retryable: true,
    blame: 'infra',
    sentence: 'The video {video} was not restored: {reason}. Try again in a minute.',
  },
  restore_objects_missing: input(
    409,
    'The video {video} was not restored: nobody has {objects} of the objects that it takes to play it, such as {key}.',
  ),
  drill_unplayable: work(
    'The database was restored, and its newest video {video} would not play: {reason}.',
    'A video would not play after a restore.',
  ),
} as const satisfies Record<string, ErrorShape>;
