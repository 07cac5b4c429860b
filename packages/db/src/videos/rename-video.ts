import type { Database, Transaction } from '../database.ts';
import { holdVideo } from './hold-video.ts';

/** Gives a video another title, in one transaction with what `also` writes; whether it was there. */
export async function renameVideo(
  db: Database,
  { id, title }: { id: string; title: string },
  also: (tx: Transaction) => Promise<void>,
): Promise<boolean> {
  const renamed = await holdVideo(db, id, async (tx) => {
    await tx.video.update({ where: { id }, data: { title } });
    await tx.job.updateMany({ where: { videoId: id }, data: { videoTitle: title } });
    await also(tx);
    return true;
  });
  return renamed ?? false;
}
