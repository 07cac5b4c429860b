import { publishedName, type Plan, type PublishedFolder } from '@transcode/contracts';
import type { FinishedChunks } from '../packager/assemble.ts';
import { PublishedReader } from '../published/published-reader.ts';
import { checkManifest } from './check-manifest.ts';
import { checkPicture } from './check-picture.ts';
import type { CommittedHashes } from './check-segments.ts';
import { checkSound } from './check-sound.ts';
import { makeReference } from './make-reference.ts';
import { readPlaylists, type ListedTrack } from './read-playlists.ts';
import type { VerifyContext } from './verify-context.ts';
import { verifyFailed } from './verify-failed.ts';

export interface ToVerify {
  readonly plan: Plan;
  readonly published: PublishedFolder;
  /** What was committed. */
  readonly chunks: FinishedChunks;
}

/**
 * Reads what is published as a player would, decodes all of it, and compares every frame and every second of sound with the source.
 * Whatever does not fit is an error whose sentence names rendition and segment. Answers what a person should know all the same.
 */
export async function verifyPublished(
  context: VerifyContext,
  { plan, published, chunks }: ToVerify,
): Promise<{ notes: string[] }> {
  const reader = new PublishedReader(context.storage, chunks.job, published);
  for (const { name, bytes } of published.files) {
    const found = (await reader.bytes(name)).length;
    if (found !== bytes) throw verifyFailed(`${name} has ${found} bytes, and was written with ${bytes}`);
  }
  const tracks = await readPlaylists(reader);
  checkTracks(tracks, plan);
  await checkManifest(reader, tracks);

  const hashes = committedHashes(chunks);
  const video = tracks.filter(({ kind }) => kind === 'video');
  const audio = tracks.filter(({ kind }) => kind === 'audio');
  // The source is read once, then each rendition; sound is over in no time.
  const passes = 1 + video.length;
  const frames =
    (pass: number) =>
    (done: number): void =>
      context.report({ fraction: Math.min(1, (pass + done / plan.grid.frames) / passes) });
  const reference = await makeReference(context, plan, frames(0));
  for (const [position, track] of video.entries())
    await checkPicture(context, track, {
      ...{ reader, plan, hashes, reference: reference.picture },
      onFrames: frames(1 + position),
    });
  const notes: string[] = [];
  for (const track of audio) {
    const samples = reference.sounds.get(track.rendition) ?? '';
    const { compared } = await checkSound(context, track, { reader, plan, hashes, reference: samples });
    if (compared === 0) notes.push(`The sound of ${track.rendition} is silent; its timing says nothing.`);
  }
  return { notes };
}

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

function committedHashes({ video, audio, job }: FinishedChunks): CommittedHashes {
  const renditions = [...video, ...(audio === undefined ? [] : [audio])].flatMap((chunk) => chunk.renditions);
  const objects = renditions.flatMap(({ init, segments }) => [init, ...segments]);
  return new Map(objects.map(({ key, sha256 }) => [publishedName(job, key) ?? key, sha256]));
}
