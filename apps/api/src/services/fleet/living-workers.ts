import { WORKER_SILENT_MS } from '@transcode/contracts';
import type { Database, Worker } from '@transcode/db';

/** Those that were not silent for too long. */
export function livingWorkers(db: Database): Promise<Worker[]> {
  const seenAt = { gt: new Date(Date.now() - WORKER_SILENT_MS) };
  return db.worker.findMany({ where: { stoppedAt: null, seenAt }, orderBy: { id: 'asc' } });
}
