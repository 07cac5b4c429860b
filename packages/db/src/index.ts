export { addTasks, type NewTask } from './tasks/add-tasks.ts';
export { askOperation, cancelOperation } from './operations/ask-operation.ts';
export { beatBackupRunner, findBackupRunner, leaveBackupRunner } from './operations/backup-runner.ts';
export {
  beginOperation,
  breakOffOperations,
  endOperation,
  isOperationCanceled,
  takeOperation,
  tellStep,
} from './operations/do-operation.ts';
export { backlogHistory, type BacklogPoint } from './samples/backlog-history.ts';
export { cancelJob } from './jobs/cancel-job.ts';
export { cancelOpenTasks } from './tasks/cancel-open-tasks.ts';
export { choosePoster } from './videos/choose-poster.ts';
export { claimTask, type Claim, type Claimant, type ClaimedTask } from './tasks/claim.ts';
export { claimFate, type ClaimFate } from './tasks/claim-fate.ts';
export {
  claimCopies,
  claimRemovals,
  claimSourceCopy,
  completeCopy,
  completeRemovals,
  endCopyClaim,
  isCopyForgotten,
  renewCopyClaim,
  type CopyClaim,
} from './copies/claim-copies.ts';
export {
  hasCopies,
  loseCopies,
  nextVideos,
  readCopied,
  readCopyStatus,
  type CopyStatus,
} from './copies/copy-status.ts';
export {
  noteCompared,
  noteCopyStoreSigned,
  noteCopyTrouble,
  readCopyTarget,
  setCopyTarget,
  stopCopying,
} from './copies/copy-target.ts';
export { markForCopy, markGoneVideos } from './copies/mark-for-copy.ts';
export { findCopyMarks, planCopies } from './copies/plan-copies.ts';
export { completeTask } from './tasks/complete-task.ts';
export { AHEAD_COUNTED, countAhead, type Ahead, type QueuePlace } from './tasks/count-ahead.ts';
export { countWaitingTasks, type WaitingTasks } from './tasks/count-waiting-tasks.ts';
export { createDatabase, type Database, type DatabaseOptions, type Transaction } from './database.ts';
export { createJob } from './jobs/create-job.ts';
export { deleteVideo, type DeletedVideo } from './videos/delete-video.ts';
export { isDatabaseUnavailable, isUniqueViolation } from './database-errors.ts';
export { askErasure, type Asker } from './erasures/ask-erasure.ts';
export { countErasedOfVideo } from './erasures/count-erased.ts';
export { eraseUser } from './erasures/erase-user.ts';
export { eraseVideo, jobsOfVideo } from './erasures/erase-video.ts';
export { closeWorkspace, emptyWorkspace, endWorkspace, isWorkspaceBusy } from './erasures/erase-workspace.ts';
export { endedErasures, reapplyErasure, type Tombstone } from './erasures/reapply-erasure.ts';
export { findUnwrittenErasures, markErasureWritten } from './erasures/unwritten-erasures.ts';
export { failTask, type FailureOutcome, type TaskFailure } from './tasks/fail-task.ts';
export { failuresByHour, type HourOfFailures } from './samples/failures-by-hour.ts';
export { findApiKeys, KEY_CHAIN_MAX, type OpenKey } from './access/find-api-keys.ts';
export { findStuck, type Stuck } from './jobs/find-stuck.ts';
export { findFailureCauses, type FoundCause } from './jobs/find-failure-causes.ts';
export { findJobs } from './find-jobs/find-jobs.ts';
export type { JobFilter } from './find-jobs/job-filter.ts';
export type { FoundJobs } from './find-jobs/page.ts';
export { findPreset } from './find-preset.ts';
export { findUndelivered } from './tasks/find-undelivered.ts';
export { findVideos, type VideoFilter } from './videos/find-videos.ts';
export { findVideoVersions, type VideoVersion } from './videos/find-video-versions.ts';
export { findWorkspaces } from './access/find-workspaces.ts';
export { findUnsweptVideos, type UnsweptVideo } from './videos/find-unswept-videos.ts';
export { forgetHistory } from './forget-history.ts';
export { forgetSamples } from './samples/forget-samples.ts';
export { forgetSupersededJobs } from './jobs/forget-superseded-jobs.ts';
export { handBackTask } from './tasks/hand-back-task.ts';
export { hasText, isText } from './has-text.ts';
export { lastGpuSamples } from './samples/last-gpu-samples.ts';
export { lastWorkerSamples } from './samples/last-worker-samples.ts';
export { lockVideo } from './videos/lock-video.ts';
export { markLate, markSwept } from './jobs/mark-swept.ts';
export { measurePool } from './measures/measure-pool.ts';
export { measureClasses, type OpenTasks } from './measures/measure-classes.ts';
export { measureBacklog, type ClassBacklog } from './measures/measure-backlog.ts';
export { migrate } from './schema/migrate.ts';
export { openMigrations } from './schema/open-migrations.ts';
export { pendingMigrations } from './schema/pending-migrations.ts';
export { neededKeys } from './jobs/needed-keys.ts';
export { outputByHour, type HourOfOutput } from './samples/output-by-hour.ts';
export { measureQueues, type QueueMeasure } from './measures/measure-queues.ts';
export { nextTasks, type NextTask } from './tasks/next-tasks.ts';
export { findJobVersions, readJobRows, type JobRow, type JobVersion } from './jobs/read-job-rows.ts';
export { renameVideo } from './videos/rename-video.ts';
export { reapExpiredLeases } from './tasks/reap-expired-leases.ts';
export type { ReadyTask } from './tasks/ready-task.ts';
export { releaseReadyTasks } from './tasks/release-ready-tasks.ts';
export { renewLease } from './tasks/renew-lease.ts';
export { restartRenditions, type RestartedJob } from './tasks/restart-renditions.ts';
export { revokeApiKey } from './access/revoke-api-key.ts';
export { sampleBacklog } from './samples/sample-backlog.ts';
export { sampleOutput } from './samples/sample-output.ts';
export { sampleStorage } from './samples/sample-storage.ts';
export { setJobPriority } from './jobs/set-job-priority.ts';
export { jobFraction } from './standing/job-fraction.ts';
export { keepStandings } from './standing/keep-standings.ts';
export { readJobOutlines, type TaskOutline } from './standing/read-job-outlines.ts';
export { readStandings } from './standing/read-standings.ts';
export { taskFraction, taskProgress } from './standing/task-fraction.ts';
export { stillQueued } from './tasks/still-queued.ts';
export { seed } from './seed/seed.ts';
export {
  surveyJobs,
  surveyWork,
  type OpenGroup,
  type OpenTotal,
  type RunningWork,
  type SeenWork,
  type WorkSurvey,
} from './measures/survey-work.ts';
export { liftControl, setControl } from './work-control.ts';
export {
  beatWorker,
  enlistWorker,
  loseSilentWorkers,
  retireWorker,
  type Control,
  type QuarantineState,
  type WorkerDescription,
} from './worker-row.ts';
export {
  writeWorkerSample,
  type GpuCondition,
  type GpuConditions,
  type WorkerCondition,
} from './samples/write-worker-sample.ts';
export { Prisma } from './generated/client.ts';
export type {
  ApiKey,
  Audit,
  BackupRunner,
  Chunk,
  Erasure,
  CopyTarget,
  GpuSample,
  Job,
  Membership,
  Operation,
  Outbox,
  Preset,
  Rendition,
  Session,
  ShareLink,
  Task,
  TaskAttempt,
  Upload,
  User,
  Video,
  WorkControl,
  Worker,
  WorkerSample,
  Workspace,
} from './generated/client.ts';
