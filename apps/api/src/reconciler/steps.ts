import {
  PLATFORM_SAMPLE_MS,
  PLATFORM_SAMPLES_KEPT_MS,
  REAP_MS,
  RECONCILE_MS,
  SAMPLES_KEPT_MS,
  SWEEP_MS,
  TIDY_AFTER_MS,
  TIDY_MS,
  WORKER_SILENT_MS,
  type ReconcilerStep,
} from '@transcode/contracts';
import { writeTombstones } from '@transcode/backup/erasures';
import {
  findUndelivered,
  forgetHistory,
  forgetSamples,
  loseSilentWorkers,
  restartRenditions,
  sampleBacklog,
  sampleOutput,
  sampleStorage,
} from '@transcode/db';
import { deliver } from '@transcode/queue';
import type { Services } from '../context.ts';
import { compareAll } from '../copies/compare-all.ts';
import { copyAll } from '../copies/copy-all.ts';
import { planAll } from '../copies/plan-all.ts';
import { finishReceivedUploads, sweepUploads } from '../upload/index.ts';
import { clearQueues } from './clear-queues.ts';
import { eraseWorkspaces } from './erase-workspaces.ts';
import { reapLeases } from './reap-leases.ts';
import { relayOutbox } from './relay-outbox.ts';
import type { Step } from './step.ts';
import { sweepVideos } from './sweep-videos.ts';
import { tellLackOfRoom } from './tell-lack-of-room.ts';

/** A store of backups that does not answer within this is away. */
const STORE_PATIENCE_MS = 20_000;
/** How often what changed is looked for: to be copied soon. Where nothing is copied, only whether something was before. */
const COPY_MS = 1_000;
const COPY_UNSET_MS = 60_000;

/** All that the reconciler does. Each step is a loop of its own, so that none waits for what another waits for. */
export function reconcilerSteps(
  services: Services,
  { database, historyKeptMs }: { database: { readonly steadyMs: number }; historyKeptMs: number },
): Readonly<Record<ReconcilerStep, Step>> {
  const { db, queues, storage, copier, log } = services;
  return {
    reapLeases: { everyMs: REAP_MS, run: reapLeases(services, database) },
    restartRenditions: {
      everyMs: RECONCILE_MS,
      run: async () => {
        for (const { jobId, released } of await restartRenditions(db)) {
          log.warn(
            { job_id: jobId },
            'No worker has the ffmpeg that began these renditions: they start again with another',
          );
          await deliver(services, released);
        }
      },
    },
    redeliver: {
      everyMs: RECONCILE_MS,
      run: async () => {
        const tasks = await queues.redeliver(await findUndelivered(db, { olderThanMs: RECONCILE_MS }));
        if (tasks > 0) log.warn({ count: tasks }, 'Tasks that the queue had lost were delivered again');
      },
    },
    clearQueues: { everyMs: SWEEP_MS, run: clearQueues(services) },
    finishUploads: {
      everyMs: RECONCILE_MS,
      run: async () => {
        const uploads = await finishReceivedUploads(services);
        if (uploads > 0) log.warn({ count: uploads }, 'Uploads whose request had died were finished');
      },
    },
    sweepUploads: {
      everyMs: RECONCILE_MS,
      run: async () => {
        const uploads = await sweepUploads(services);
        if (uploads > 0) log.info({ count: uploads }, 'Uploads that nobody goes on with were removed');
      },
    },
    relayOutbox: { everyMs: RECONCILE_MS, run: relayOutbox(services) },
    sweepVideos: { everyMs: SWEEP_MS, run: sweepVideos(services) },
    eraseWorkspaces: { everyMs: SWEEP_MS, run: eraseWorkspaces(services) },
    writeTombstones: {
      everyMs: RECONCILE_MS,
      run: async () => {
        const { backups } = services;
        if (backups === undefined) return;
        // While the store is away this fails again and again, which is counted; nothing is lost by it.
        const told = await writeTombstones(db, backups.store.until(AbortSignal.timeout(STORE_PATIENCE_MS)));
        if (told > 0) log.info({ count: told }, 'The store of backups was told what was erased');
      },
    },
    planCopies: { everyMs: copier === undefined ? COPY_UNSET_MS : COPY_MS, run: planAll(services) },
    copyObjects: { everyMs: COPY_MS, run: copyAll(services, copier) },
    compareCopies: { everyMs: SWEEP_MS, run: compareAll(services, copier) },
    tidyStorage: {
      everyMs: TIDY_MS,
      run: async () => {
        const before = new Date(Date.now() - TIDY_AFTER_MS);
        const begun = (await storage.tidy(before)) + ((await copier?.store.tidy(before)) ?? 0);
        if (begun > 0) log.info({ count: begun }, 'What writers had begun that died was removed from storage');
      },
    },
    tellLackOfRoom: { everyMs: RECONCILE_MS, run: tellLackOfRoom(services) },
    forgetHistory: {
      everyMs: Math.min(TIDY_MS, historyKeptMs),
      run: async () => {
        const rows = await forgetHistory(db, new Date(Date.now() - historyKeptMs));
        if (rows > 0) log.info({ count: rows }, 'Rows of what was over long ago were removed');
      },
    },
    sampleBacklog: { everyMs: PLATFORM_SAMPLE_MS, run: () => sampleBacklog(db) },
    sampleOutput: { everyMs: PLATFORM_SAMPLE_MS, run: () => sampleOutput(db, { atMostMs: PLATFORM_SAMPLES_KEPT_MS }) },
    sampleStorage: { everyMs: PLATFORM_SAMPLE_MS, run: () => sampleStorage(db) },
    forgetSamples: {
      everyMs: PLATFORM_SAMPLE_MS,
      run: async () => {
        const now = Date.now();
        await forgetSamples(db, {
          workers: new Date(now - Math.min(SAMPLES_KEPT_MS, historyKeptMs)),
          platform: new Date(now - Math.min(PLATFORM_SAMPLES_KEPT_MS, historyKeptMs)),
        });
      },
    },
    loseSilentWorkers: {
      everyMs: RECONCILE_MS,
      run: async () => {
        // While the database was away nobody could write that it lives.
        if (database.steadyMs < WORKER_SILENT_MS) return;
        for (const { id, host, pid, seenAt, silentMs } of await loseSilentWorkers(db, { silentMs: WORKER_SILENT_MS })) {
          const about = { worker_id: id, host, pid, seen_at: seenAt.toISOString() };
          const seconds = Math.round(silentMs / 1000);
          log.warn(about, `The worker ${id} is gone: no heartbeat for ${seconds} s. Others take its tasks`);
        }
      },
    },
  };
}
