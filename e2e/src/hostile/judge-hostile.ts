import type { FailureView, VideoDetail } from '@transcode/contracts';
import type { Client } from '../client.ts';
import type { HostileCase, HostileExpectation } from './hostile-case.ts';

/** What damage that nobody planned may be called. */
const DAMAGE = new Set([
  ...['source_unreadable', 'source_unrecognised', 'source_codec_unknown', 'source_has_no_video', 'source_too_large'],
]);

interface Way {
  /** Sends the file and answers the video's id. */
  readonly upload: () => Promise<string>;
  readonly client: Client;
  readonly patienceMs: number;
}

/** Sends a file of the corpus the whole way and answers what is not as it should be. */
export async function judgeHostile(
  { expect: expected }: HostileCase,
  { upload, client, patienceMs }: Way,
): Promise<string[]> {
  if (expected !== 'either' && 'status' in expected) return judgeUpload(upload, expected);
  const video = await client.ended(await upload(), patienceMs);
  if (expected === 'either') {
    if (video.failure === null) return judgePublished(video);
    return DAMAGE.has(video.failure.code) ? [] : [`it failed with ${video.failure.code}: ${toldOf(video.failure)}`];
  }
  return 'code' in expected ? judgeRefused(video, expected) : judgeReady(video, expected);
}

async function judgeUpload(
  upload: () => Promise<string>,
  { status, code }: { status: number; code: string },
): Promise<string[]> {
  try {
    return [`the upload was taken: ${await upload()}`];
  } catch (error) {
    const said = String(error);
    return said.includes(`${status} `) && said.includes(`"code":"${code}"`) ? [] : [said];
  }
}

/** It was the file, and one look was enough. */
function judgeRefused({ state, failure, job }: VideoDetail, expected: { code: string; says: RegExp }): string[] {
  if (state !== 'failed' || failure === null) return [`it is ${state}`];
  const tried = job?.tasks.filter((task) => task.failure !== null) ?? [];
  return [
    ...(failure.code === expected.code ? [] : [`it failed with ${failure.code}, not ${expected.code}`]),
    ...(expected.says.test(toldOf(failure)) ? [] : [`it says: ${toldOf(failure)}`]),
    ...tried
      .filter(({ attempts, infraAttempts }) => attempts !== 1 || infraAttempts !== 0)
      .map(({ stage, attempts, infraAttempts }) => `${stage} was tried ${attempts} + ${infraAttempts} times`),
  ];
}

function judgeReady(
  video: VideoDetail,
  { width, height, frames, wrong }: Extract<HostileExpectation, { width: number }>,
): string[] {
  const { state, failure, job } = video;
  if (state !== 'ready' || failure !== null)
    return [`it is ${state}: ${failure?.code} ${failure === null ? '' : toldOf(failure)}`];
  const top = job?.plan?.video[0];
  const long = job?.plan?.grid.frames;
  return [
    ...judgePublished(video),
    ...(top?.width === width && top.height === height ? [] : [`the picture is ${top?.width}x${top?.height}`]),
    ...(frames === undefined || long === frames ? [] : [`it has ${long} frames, not ${frames}`]),
    ...(wrong?.(video) ?? []),
  ];
}

function judgePublished({ state, playbackUrl, renditions, job }: VideoDetail): string[] {
  const isThere = state === 'ready' && playbackUrl !== null && renditions.length > 0;
  // Not even where the video can do without it.
  const failed = job?.tasks.filter((task) => task.failure !== null) ?? [];
  return [
    ...(isThere ? [] : [`it is ${state} and not published`]),
    ...failed.flatMap(({ stage, failure }) => (failure === null ? [] : [`${stage} failed: ${toldOf(failure)}`])),
  ];
}

function toldOf({ sentence, detail }: FailureView): string {
  return detail ?? sentence;
}
