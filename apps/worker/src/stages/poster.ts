import { jobFolder, Plan, PublishedFolder } from '@transcode/contracts';
import { assemble } from '../packager/assemble.ts';
import { makePoster } from '../packager/poster.ts';
import { finishedChunks } from '../published/finished-chunks.ts';
import type { StageHandler } from '../task-context.ts';

/** Takes the poster from where somebody chose, in place of the one that there was. */
export const poster: StageHandler = async (context) => {
  const { claim, db, storage } = context;
  const { job, task, token, video } = claim;
  const { posterSeconds } = video;
  const publication = assemble(Plan.parse(job.plan), await finishedChunks(db, job));
  const bytes = await makePoster(context, publication, posterSeconds);
  // A name of its own: browsers keep what they have by the old one.
  const name = `poster-${task.index}-${token}.jpg`;
  const file = { name, key: `${jobFolder(job)}poster/${name}`, bytes: bytes.length, contentType: 'image/jpeg' };
  await storage.put(file.key, bytes, { contentType: file.contentType, bytes: file.bytes });
  return async (tx) => {
    const [now, folder] = [
      await tx.video.findUniqueOrThrow({ where: { id: video.id } }),
      await tx.job.findUniqueOrThrow({ where: { id: job.id } }),
    ];
    const published = PublishedFolder.parse(folder.published);
    // Somebody has chosen again meanwhile: then a later task makes the poster, and this one's is swept with the old.
    const isWanted = now.posterSeconds === posterSeconds;
    const files = [...published.files.filter((one) => one.name !== published.poster), file];
    await tx.job.update({
      where: { id: job.id },
      data: { sweptAt: null, ...(isWanted ? { published: { ...published, poster: name, files } } : {}) },
    });
  };
};
