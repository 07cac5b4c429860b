import { RECONCILE_MS, WORKER_SILENT_MS } from '@transcode/contracts';
import { findUndelivered, reapExpiredLeases, restartRenditions } from '@transcode/db';
import type { Services } from '../context.ts';
import { finishReceivedUploads, sweepExpiredUploads } from '../upload/index.ts';

type Step = () => Promise<void>;

/** What a round of the reconciler does, in order. Each step may be done twice, or by two at once, without harm. */
export function reconcileSteps(services: Services): Readonly<Record<string, Step>> {
  const { db, queues, log } = services;
  return {
    reapLeases: async () => {
      const released = await reapExpiredLeases(db);
      if (released.length === 0) return;
      log.warn({ tasks: released.map((task) => task.id) }, 'Tasks of workers that went silent are queued again');
      await queues.deliver(released);
    },
    restartRenditions: async () => {
      for (const { jobId, released } of await restartRenditions(db)) {
        log.warn(
          { job_id: jobId },
          'No worker has the ffmpeg that began these renditions: they start again with another',
        );
        await queues.deliver(released);
      }
    },
    redeliver: async () => {
      await queues.deliver(await findUndelivered(db, { olderThanMs: RECONCILE_MS }));
    },
    finishUploads: async () => {
      const uploads = await finishReceivedUploads(services);
      if (uploads > 0) log.warn({ uploads }, 'Uploads whose request had died were finished');
    },
    sweepUploads: async () => {
      const uploads = await sweepExpiredUploads(services);
      if (uploads > 0) log.info({ uploads }, 'Uploads that nobody went on with have expired');
    },
    markDeadWorkers: async () => {
      const seenAt = { lt: new Date(Date.now() - WORKER_SILENT_MS) };
      await db.worker.updateMany({ where: { stoppedAt: null, seenAt }, data: { stoppedAt: new Date() } });
    },
  };
}
