import { Plan, PublishedFolder } from '@transcode/contracts';
import type { StageHandler } from '../task-context.ts';
import { finishedChunks } from '../published/finished-chunks.ts';
import { jobFolder } from '../published/job-folder.ts';
import { PublishedReader } from '../published/published-reader.ts';
import { comparePicture, decodePicture } from '../verify/check-picture.ts';
import type { CommittedHashes } from '../verify/check-segments.ts';
import { checkSound } from '../verify/check-sound.ts';
import { readPlaylists, type ListedTrack } from '../verify/read-playlists.ts';
import { verifyFailed } from '../verify/verify-failed.ts';

/**
 * Earns the word `ready`: reads what is published as a player would, decodes all of it, and compares picture and sound with the source.
 * Whatever does not fit fails the video with a sentence that names rendition and segment.
 */
export const verify: StageHandler = async (context) => {
  const { claim, db, storage } = context;
  const { job } = claim;
  const plan = Plan.parse(job.plan);
  const folder = jobFolder(job);
  const published = PublishedFolder.parse(job.published);
  const reader = new PublishedReader(storage, folder, published);
  for (const { name } of published.files) await reader.bytes(name);
  const tracks = await readPlaylists(reader);
  checkTracks(tracks, plan);
  const hashes = committedHashes(await finishedChunks(db, job));

  const pictures = new Map<string, Buffer[]>();
  const video = tracks.filter(({ kind }) => kind === 'video');
  for (const [position, track] of video.entries()) {
    const onFrames = (frames: number): void =>
      context.report({ fraction: Math.min(1, (position + frames / plan.grid.frames) / (video.length + 1)) });
    pictures.set(track.rendition, await decodePicture(context, track, { reader, plan, hashes, onFrames }));
  }
  await comparePicture(context, plan, pictures);

  const notes: string[] = [];
  for (const track of tracks.filter(({ kind }) => kind === 'audio')) {
    const { compared } = await checkSound(context, track, { reader, plan, hashes });
    if (compared === 0) {
      notes.push(
        `The sound of ${track.rendition} has no events by which its timing could be compared with the source.`,
      );
    }
  }
  return async (tx) => {
    if (notes.length > 0) await tx.job.update({ where: { id: job.id }, data: { notes: { push: notes } } });
  };
};

/** All renditions of the plan are there, and those of the picture are cut at the same moments. */
function checkTracks(tracks: readonly ListedTrack[], plan: Plan): void {
  const listed = tracks.map(({ rendition }) => rendition).toSorted();
  const planned = [...plan.video, ...plan.audio].map(({ name }) => name).toSorted();
  if (listed.join() !== planned.join())
    throw verifyFailed(`the playlists list ${listed.join()}, planned were ${planned.join()}`);
  const cuts = new Set(
    tracks.filter(({ kind }) => kind === 'video').map(({ segments }) => segments.map(({ seconds }) => seconds).join()),
  );
  if (cuts.size > 1) throw verifyFailed('the renditions are not cut at the same moments');
}

function committedHashes({ video, audio, folder }: Awaited<ReturnType<typeof finishedChunks>>): CommittedHashes {
  const renditions = [...video, ...(audio === undefined ? [] : [audio])].flatMap((chunk) => chunk.renditions);
  const objects = renditions.flatMap(({ init, segments }) => [init, ...segments]);
  return new Map(objects.map(({ key, sha256 }) => [key.slice(folder.length), sha256]));
}
