import type { ChunkIndex, JobNames, Plan, PlannedChunk, Probe, PublishedFolder } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { PublishedReader } from '../published/published-reader.ts';
import { measuredCheck } from '../signals/measured-check.ts';
import { progressReporter } from '../stages/progress-reporter.ts';
import { checkPicture } from './picture/check-picture.ts';
import { committedPart } from './committed-part.ts';
import { readPictureReference } from './picture/picture-reference.ts';
import { readMaster, readTrack } from './read-playlists.ts';
import { referenceWindow } from './picture/reference-window.ts';
import type { VerifyContext } from './verify-context.ts';
import { verifyFailed } from './verify-failed.ts';

export interface ChunkToVerify {
  readonly plan: Plan;
  readonly published: PublishedFolder;
  readonly job: JobNames;
  /** Where the source's key frames are. */
  readonly probe: Probe;
  readonly chunk: PlannedChunk;
  /** What was committed of this chunk. */
  readonly committed: ChunkIndex;
}

/**
 * Reads one chunk of the published picture as a player would, decodes it in every rendition, and compares every frame with the source.
 * It has to begin and end at the plan's ticks: where all chunks do, no seam has a gap. Whatever does not fit is an error whose
 * sentence names the rendition, and the segment or frame.
 */
export function verifyChunk(context: VerifyContext, chunk: ChunkToVerify): Promise<void> {
  return measuredCheck('picture', () => checkChunk(context, chunk));
}

async function checkChunk(
  context: VerifyContext,
  { plan, published, job, probe, chunk, committed }: ChunkToVerify,
): Promise<void> {
  const reader = new PublishedReader(context.storage, job, published);
  const listed = await readMaster(reader);
  const window = referenceWindow(plan, chunk, probe);
  const seconds = (chunk.endFrame - chunk.startFrame) / toNumber(plan.grid.rate);
  const tell = progressReporter({ seconds }, (progress) => context.report(progress));
  // The source is read once, then each rendition.
  const passes = 1 + plan.video.length;
  const frames =
    (pass: number) =>
    (done: number): void =>
      tell({ seconds: (seconds * (pass + done / (window.endFrame - window.startFrame))) / passes });
  const reference = await readPictureReference(context, { plan, probe, window, onFrames: frames(0) });
  for (const [position, { name }] of plan.video.entries()) {
    const rendition = listed.find((each) => each.kind === 'video' && each.rendition === name);
    if (rendition === undefined) throw verifyFailed(`master.m3u8 does not list ${name}`);
    await checkPicture(context, await readTrack(reader, rendition), {
      ...{ plan, chunk, reader, reference },
      committed: committedPart(committed, name, job),
      onFrames: frames(1 + position),
    });
  }
}
