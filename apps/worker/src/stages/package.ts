import { jobFolder, Plan, resolutionOf, type PublishedFolder } from '@transcode/contracts';
import type { Transaction } from '@transcode/db';
import { measure } from '@transcode/telemetry';
import { assemble } from '../packager/assemble.ts';
import { manifests } from '../packager/manifests/manifests.ts';
import { packageFailed } from '../packager/package-failed.ts';
import type { PackagedFile } from '../packager/packaged-file.ts';
import { makePoster } from '../packager/poster.ts';
import type { Publication } from '../packager/published-rendition.ts';
import { makeStoryboard } from '../packager/storyboard.ts';
import { finishedChunks } from '../published/finished-chunks.ts';
import type { StageHandler } from '../task-context.ts';

/** Everything of the published folder that is not a segment, over the segments that won. The video is playable then. */
export const packageStage: StageHandler = async (context) => {
  const { claim, db, storage } = context;
  const { job, task, token, video } = claim;
  const plan = Plan.parse(job.plan);
  const publication = assemble(plan, await finishedChunks(db, job));
  const folder = jobFolder(job);
  const smallest = publication.video.at(-1);
  if (smallest === undefined) throw packageFailed('there is no picture');

  const storyboard = await makeStoryboard(context, { plan, rendition: smallest });
  const poster = await makePoster(context, publication, video.posterSeconds);
  const files: PackagedFile[] = [
    ...manifests(publication),
    ...storyboard,
    { name: 'poster.jpg', bytes: poster, contentType: 'image/jpeg' },
  ];
  const published: PublishedFolder = { files: [], poster: 'poster.jpg', storyboard: 'storyboard.vtt' };
  for (const { name, bytes, contentType } of files) {
    const key = `${folder}package/${task.index}-${token}/${name}`;
    await storage.put(key, bytes, { contentType, bytes: bytes.length });
    published.files.push({ name, key, bytes: bytes.length, contentType });
  }
  context.onceCommitted(() => {
    for (const { planned, rates } of publication.video)
      measure.observe('renditionCapRatio', { resolution: resolutionOf(planned) }, rates.average / planned.bitRate);
  });
  return async (tx) => {
    await tx.job.update({ where: { id: job.id }, data: { published } });
    await writeMeasured(tx, job.id, publication);
    await tx.video.updateMany({
      where: { id: job.videoId, state: 'processing' },
      data: { state: 'playable', publishedJobId: job.id },
    });
  };
};

async function writeMeasured(tx: Transaction, jobId: string, { video, audio }: Publication): Promise<void> {
  for (const { planned, codec, rates } of [...video, ...audio]) {
    await tx.rendition.update({
      where: { jobId_name: { jobId, name: planned.name } },
      data: { codec, averageBitRate: rates.average, peakBitRate: rates.peak, bytes: BigInt(rates.bytes) },
    });
  }
}
