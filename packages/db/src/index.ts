export { addTasks, type NewTask } from './add-tasks.ts';
export { backlogHistory, type BacklogPoint } from './backlog-history.ts';
export { cancelJob } from './cancel-job.ts';
export { claimTask, type Claim, type Claimant, type ClaimedTask } from './claim.ts';
export { claimFate, type ClaimFate } from './claim-fate.ts';
export { completeTask } from './complete-task.ts';
export { AHEAD_COUNTED, countAhead, type Ahead, type QueuePlace } from './count-ahead.ts';
export { countWaitingTasks, type WaitingTasks } from './count-waiting-tasks.ts';
export { createDatabase, type Database, type DatabaseOptions, type Transaction } from './database.ts';
export { createJob } from './create-job.ts';
export { deleteVideo, type DeletedVideo } from './delete-video.ts';
export { isDatabaseUnavailable, isUniqueViolation } from './database-errors.ts';
export { failTask, type FailureOutcome, type TaskFailure } from './fail-task.ts';
export { failuresByHour, type HourOfFailures } from './failures-by-hour.ts';
export { findFailedCauses, type FailedCause } from './find-failed-causes.ts';
export { findStuck, type Stuck } from './find-stuck.ts';
export { findFailureCauses, type FoundCause } from './find-failure-causes.ts';
export { findJobs } from './find-jobs/find-jobs.ts';
export type { JobFilter } from './find-jobs/job-filter.ts';
export type { FoundJobs } from './find-jobs/page.ts';
export { findPreset } from './find-preset.ts';
export { findUndelivered } from './find-undelivered.ts';
export { findUnsweptVideos, type UnsweptVideo } from './find-unswept-videos.ts';
export { forgetDeletedVideo } from './forget-deleted-video.ts';
export { forgetHistory } from './forget-history.ts';
export { forgetSamples } from './forget-samples.ts';
export { forgetSupersededJobs } from './forget-superseded-jobs.ts';
export { handBackTask } from './hand-back-task.ts';
export { lastGpuSamples } from './last-gpu-samples.ts';
export { lastWorkerSamples } from './last-worker-samples.ts';
export { lockVideo } from './lock-video.ts';
export { markLate, markSwept } from './mark-swept.ts';
export { measureBacklog, type ClassBacklog } from './measure-backlog.ts';
export { migrate } from './migrate.ts';
export { neededKeys } from './needed-keys.ts';
export { outputByHour, type HourOfOutput } from './output-by-hour.ts';
export { measureQueues, type QueueMeasure } from './measure-queues.ts';
export { nextTasks, type NextTask } from './next-tasks.ts';
export { readJobRows, type JobRow } from './read-job-rows.ts';
export { renameVideo } from './rename-video.ts';
export { reapExpiredLeases } from './reap-expired-leases.ts';
export type { ReadyTask } from './ready-task.ts';
export { releaseReadyTasks } from './release-ready-tasks.ts';
export { renewLease } from './renew-lease.ts';
export { restartRenditions, type RestartedJob } from './restart-renditions.ts';
export { sampleBacklog } from './sample-backlog.ts';
export { sampleOutput } from './sample-output.ts';
export { sampleStorage } from './sample-storage.ts';
export { setJobPriority } from './set-job-priority.ts';
export { jobFraction } from './standing/job-fraction.ts';
export { keepStandings } from './standing/keep-standings.ts';
export { readJobOutlines, type TaskOutline } from './standing/read-job-outlines.ts';
export { readStandings } from './standing/read-standings.ts';
export { taskFraction, taskProgress } from './standing/task-fraction.ts';
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
export {
  writeWorkerSample,
  type GpuCondition,
  type GpuConditions,
  type WorkerCondition,
} from './write-worker-sample.ts';
export { Prisma } from './generated/client.ts';
export type {
  ApiKey,
  Audit,
  Chunk,
  GpuSample,
  Job,
  Membership,
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
