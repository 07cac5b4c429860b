import type { ChunkIndex, JobNames, Plan, PublishedFolder } from '@transcode/contracts';
import { segmentsOf } from '@transcode/planner';
import { PublishedReader } from '../published/published-reader.ts';
import { measuredCheck } from '../signals/measured-check.ts';
import { checkManifest } from './check-manifest.ts';
import { checkSounds } from './sound/check-sounds.ts';
import { readPlaylists, type ListedTrack } from './read-playlists.ts';
import type { VerifyContext } from './verify-context.ts';
import { verifyFailed } from './verify-failed.ts';

export interface FolderToVerify {
  readonly plan: Plan;
  readonly published: PublishedFolder;
  readonly job: JobNames;
  /** What was committed of the sound; absent where the plan has none. */
  readonly sound: ChunkIndex | undefined;
}

/**
 * All of a published video that is not a picture: its files, playlists and manifest against each other and the plan, and every second
 * of all sound against the source. Answers what a person should know though nothing is wrong.
 */
export async function verifyFolder(
  context: VerifyContext,
  { plan, published, job, sound }: FolderToVerify,
): Promise<{ notes: string[] }> {
  const reader = new PublishedReader(context.storage, job, published);
  const tracks = await measuredCheck('folder', () => checkFolder(reader, { plan, published }));
  if (sound === undefined) return { notes: [] };
  const audio = tracks.filter(({ kind }) => kind === 'audio');
  const silent = await measuredCheck('sound', () => checkSounds(context, audio, { plan, reader, job, sound }));
  return { notes: silent.map((rendition) => `The sound of ${rendition} is silent; its timing says nothing.`) };
}

async function checkFolder(
  reader: PublishedReader,
  { plan, published }: Pick<FolderToVerify, 'plan' | 'published'>,
): Promise<ListedTrack[]> {
  for (const { name, bytes } of published.files) {
    const found = (await reader.bytes(name)).length;
    if (found !== bytes) throw verifyFailed(`${name} has ${found} bytes, and was written with ${bytes}`);
  }
  const tracks = await readPlaylists(reader);
  checkTracks(tracks, plan);
  await checkManifest(reader, tracks);
  checkIframeNames(tracks);
  return tracks;
}

/** All renditions of the plan are there, and those of the picture are cut at the same moments, as often as planned. */
function checkTracks(tracks: readonly ListedTrack[], { video, audio, grid, chunks }: Plan): void {
  const listed = tracks.map(({ rendition }) => rendition).toSorted();
  const planned = [...video, ...audio].map(({ name }) => name).toSorted();
  if (listed.join() !== planned.join())
    throw verifyFailed(`the playlists list ${listed.join()}, planned were ${planned.join()}`);
  const pictures = tracks.filter(({ kind }) => kind === 'video');
  const cuts = new Set(pictures.map(({ segments }) => segments.map(({ seconds }) => seconds).join()));
  if (cuts.size > 1) throw verifyFailed('the renditions are not cut at the same moments');
  const wanted = chunks.reduce((sum, { startFrame, endFrame }) => sum + segmentsOf(endFrame - startFrame, grid), 0);
  for (const { rendition, segments } of pictures)
    if (segments.length !== wanted)
      throw verifyFailed(`${rendition} has ${segments.length} segments, planned were ${wanted}`);
}

/** What is listed of a segment, its chunk's check compares with the pictures in it. */
function checkIframeNames(tracks: readonly ListedTrack[]): void {
  for (const { rendition, segments, iframes } of tracks) {
    const names = new Set(segments.map(({ name }) => name));
    const stray = iframes.find(({ name }) => !names.has(name));
    if (stray !== undefined)
      throw verifyFailed(`the I-frame playlist of ${rendition} lists ${stray.name}, which is none of its segments`);
  }
}
