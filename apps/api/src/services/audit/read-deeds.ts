import type { AuditAction, DeedView } from '@transcode/contracts';
import type { Audit, Database } from '@transcode/db';
import * as z from 'zod';
import { auditView } from '../../views/audit-view.ts';
import { namesIn } from './names-in.ts';

/** What is told to whoever sees the video: nothing of sessions, keys or accounts. */
const TOLD: readonly AuditAction[] = [
  ...(['video.rename', 'video.retry', 'job.cancel', 'job.setPriority', 'share.create', 'share.revoke'] as const),
];
const MOST = 200;

/** What people did to a video and to its work, newest first. */
export async function readVideoDeeds(db: Database, videoId: string): Promise<DeedView[]> {
  const jobs = await db.job.findMany({ where: { videoId }, select: { id: true }, orderBy: { id: 'desc' }, take: MOST });
  return deedsOf(db, await rowsOf(db, [videoId, ...jobs.map(({ id }) => id)]));
}

/** What people did to one run of a video, and who began it where somebody tried again; oldest first. */
export async function readJobDeeds(
  db: Database,
  { id, videoId }: { id: string; videoId: string },
): Promise<DeedView[]> {
  const rows = await rowsOf(db, [id, videoId]);
  const own = rows.filter(({ target, action, details }) => {
    return target === id || (action === 'video.retry' && Retried.parse(details).job === id);
  });
  return (await deedsOf(db, own)).toReversed();
}

const Retried = z.object({ job: z.string().optional().catch(undefined) }).catch({});

function rowsOf(db: Database, targets: readonly string[]): Promise<Audit[]> {
  const where = { target: { in: [...targets] }, action: { in: [...TOLD] } };
  return db.audit.findMany({ where, orderBy: { id: 'desc' }, take: MOST });
}

async function deedsOf(db: Database, rows: readonly Audit[]): Promise<DeedView[]> {
  const names = await namesIn(db, rows);
  return rows.map((row) => {
    const { id, at, action, sentence } = auditView(row, names, new Map());
    return { id, at, action, sentence };
  });
}
