export { addTasks, type NewTask } from './add-tasks.ts';
export { cancelJob } from './cancel-job.ts';
export { claimTask, type Claim, type Claimant, type ClaimedTask } from './claim.ts';
export { claimFate, type ClaimFate } from './claim-fate.ts';
export { completeTask } from './complete-task.ts';
export { countWaitingTasks, type WaitingTasks } from './count-waiting-tasks.ts';
export { createDatabase, type Database, type DatabaseOptions, type Transaction } from './database.ts';
export { createJob } from './create-job.ts';
export { deleteVideo, type DeletedVideo } from './delete-video.ts';
export { isDatabaseUnavailable, isUniqueViolation } from './database-errors.ts';
export { failTask, type FailureOutcome, type TaskFailure } from './fail-task.ts';
export { findPreset } from './find-preset.ts';
export { findUndelivered } from './find-undelivered.ts';
export { findUnsweptVideos, type UnsweptVideo } from './find-unswept-videos.ts';
export { forgetDeletedVideo } from './forget-deleted-video.ts';
export { forgetHistory } from './forget-history.ts';
export { forgetSupersededJobs } from './forget-superseded-jobs.ts';
export { handBackTask } from './hand-back-task.ts';
export { lockVideo } from './lock-video.ts';
export { markLate, markSwept } from './mark-swept.ts';
export { migrate } from './migrate.ts';
export { neededKeys } from './needed-keys.ts';
export { reapExpiredLeases } from './reap-expired-leases.ts';
export type { ReadyTask } from './ready-task.ts';
export { releaseReadyTasks } from './release-ready-tasks.ts';
export { renewLease } from './renew-lease.ts';
export { restartRenditions, type RestartedJob } from './restart-renditions.ts';
export { stillQueued } from './still-queued.ts';
export { seed } from './seed/seed.ts';
export { liftControl, setControl } from './work-control.ts';
export {
  beatWorker,
  enlistWorker,
  retireWorker,
  type Control,
  type QuarantineState,
  type WorkerDescription,
} from './worker-row.ts';
export { Prisma } from './generated/client.ts';
export type {
  ApiKey,
  Audit,
  Chunk,
  Job,
  Membership,
  Outbox,
  Preset,
  Rendition,
  Session,
  ShareLink,
  Task,
  Upload,
  User,
  Video,
  WorkControl,
  Worker,
  Workspace,
} from './generated/client.ts';
