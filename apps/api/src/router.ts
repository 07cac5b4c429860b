import { list as listAudit } from './routers/audit/list.ts';
import { changePassword } from './routers/auth/change-password.ts';
import { signIn } from './routers/auth/sign-in.ts';
import { signOut } from './routers/auth/sign-out.ts';
import { get as getBackups } from './routers/backups/get.ts';
import { planRestore } from './routers/backups/plan-restore.ts';
import { restore } from './routers/backups/restore.ts';
import { run as runBackup } from './routers/backups/run.ts';
import { get as getErasure } from './routers/erasures/get.ts';
import { list as listErasures } from './routers/erasures/list.ts';
import { video } from './routers/events/video.ts';
import { workspace } from './routers/events/workspace.ts';
import { cancelMany } from './routers/jobs/cancel-many.ts';
import { cancel as cancelJob } from './routers/jobs/cancel.ts';
import { get as getJob } from './routers/jobs/get.ts';
import { list as listJobs } from './routers/jobs/list.ts';
import { history as gpuHistory } from './routers/gpus/history.ts';
import { list as listGpus } from './routers/gpus/list.ts';
import { log as jobLog } from './routers/jobs/log.ts';
import { retryMany } from './routers/jobs/retry-many.ts';
import { setPriority } from './routers/jobs/set-priority.ts';
import { create as createKey } from './routers/keys/create.ts';
import { list as listKeys } from './routers/keys/list.ts';
import { revoke as revokeKey } from './routers/keys/revoke.ts';
import { get as getLimits } from './routers/limits/get.ts';
import { get as getMe } from './routers/me/get.ts';
import { get as getMonitoring } from './routers/monitoring/get.ts';
import { history as platformHistory } from './routers/monitoring/history.ts';
import { testAlert } from './routers/monitoring/test-alert.ts';
import { cancel as cancelOperation } from './routers/operations/cancel.ts';
import { get as getOperation } from './routers/operations/get.ts';
import { list as listOperations } from './routers/operations/list.ts';
import { retry as retryOperation } from './routers/operations/retry.ts';
import { get as getOverview } from './routers/overview/get.ts';
import { create as createPreset } from './routers/presets/create.ts';
import { remove as deletePreset } from './routers/presets/delete.ts';
import { get as getPreset } from './routers/presets/get.ts';
import { list as listPresets } from './routers/presets/list.ts';
import { update as updatePreset } from './routers/presets/update.ts';
import { failures } from './routers/queues/failures.ts';
import { get as getQueues } from './routers/queues/get.ts';
import { next } from './routers/queues/next.ts';
import { endOthers } from './routers/sessions/end-others.ts';
import { end as endSession } from './routers/sessions/end.ts';
import { list as listSessions } from './routers/sessions/list.ts';
import { create as createShare } from './routers/shares/create.ts';
import { list as listShares } from './routers/shares/list.ts';
import { open as openShare } from './routers/shares/open.ts';
import { revoke as revokeShare } from './routers/shares/revoke.ts';
import { cancel as cancelUpload } from './routers/uploads/cancel.ts';
import { get as getUpload } from './routers/uploads/get.ts';
import { list as listUploads } from './routers/uploads/list.ts';
import { create as createUser } from './routers/users/create.ts';
import { disable } from './routers/users/disable.ts';
import { enable } from './routers/users/enable.ts';
import { erase as eraseUser } from './routers/users/erase.ts';
import { list as listUsers } from './routers/users/list.ts';
import { resetPassword } from './routers/users/reset-password.ts';
import { update as updateUser } from './routers/users/update.ts';
import { remove } from './routers/videos/delete.ts';
import { files } from './routers/videos/files.ts';
import { get as getVideo } from './routers/videos/get.ts';
import { history as videoHistory } from './routers/videos/history.ts';
import { list as listVideos } from './routers/videos/list.ts';
import { choosePoster } from './routers/videos/choose-poster.ts';
import { rename } from './routers/videos/rename.ts';
import { retry } from './routers/videos/retry.ts';
import { drain } from './routers/workers/drain.ts';
import { get as getWorker } from './routers/workers/get.ts';
import { list as listWorkers } from './routers/workers/list.ts';
import { pause } from './routers/workers/pause.ts';
import { resume } from './routers/workers/resume.ts';
import { addMember } from './routers/workspaces/add-member.ts';
import { create as createWorkspace } from './routers/workspaces/create.ts';
import { erase as eraseWorkspace } from './routers/workspaces/erase.ts';
import { list as listWorkspaces } from './routers/workspaces/list.ts';
import { removeMember } from './routers/workspaces/remove-member.ts';
import { rename as renameWorkspace } from './routers/workspaces/rename.ts';
import { router } from './trpc.ts';

/** Every procedure there is: tRPC's paths as written here, REST's as each declares. */
export const appRouter = router({
  auth: router({ signIn, signOut, changePassword }),
  me: router({ get: getMe }),
  videos: router({
    list: listVideos,
    get: getVideo,
    delete: remove,
    rename,
    retry,
    files,
    history: videoHistory,
    choosePoster,
  }),
  jobs: router({ list: listJobs, get: getJob, cancel: cancelJob, log: jobLog, cancelMany, retryMany, setPriority }),
  uploads: router({ list: listUploads, get: getUpload, cancel: cancelUpload }),
  queues: router({ get: getQueues, next, failures }),
  gpus: router({ list: listGpus, history: gpuHistory }),
  overview: router({ get: getOverview }),
  monitoring: router({ get: getMonitoring, history: platformHistory, testAlert }),
  presets: router({
    list: listPresets,
    get: getPreset,
    create: createPreset,
    update: updatePreset,
    delete: deletePreset,
  }),
  keys: router({ list: listKeys, create: createKey, revoke: revokeKey }),
  workers: router({ list: listWorkers, get: getWorker, pause, drain, resume }),
  users: router({
    list: listUsers,
    create: createUser,
    update: updateUser,
    disable,
    enable,
    resetPassword,
    erase: eraseUser,
  }),
  workspaces: router({
    list: listWorkspaces,
    create: createWorkspace,
    rename: renameWorkspace,
    addMember,
    removeMember,
    erase: eraseWorkspace,
  }),
  sessions: router({ list: listSessions, end: endSession, endOthers }),
  shares: router({ create: createShare, list: listShares, revoke: revokeShare, open: openShare }),
  audit: router({ list: listAudit }),
  backups: router({ get: getBackups, run: runBackup, planRestore, restore }),
  operations: router({ list: listOperations, get: getOperation, cancel: cancelOperation, retry: retryOperation }),
  erasures: router({ list: listErasures, get: getErasure }),
  limits: router({ get: getLimits }),
  events: router({ video, workspace }),
});
export type AppRouter = typeof appRouter;
