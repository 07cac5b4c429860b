import type { PatternFrame, PublishedExpectation } from '@transcode/testing/media';
import { frameTimes, lastFrameSeconds, readBeeps, readPattern } from '@transcode/testing/media';
import { expectedNumbers } from './expected-numbers.ts';
import { judgeBandwidth } from './judge-bandwidth.ts';
import { judgeBoxes } from './judge-boxes.ts';
import { judgeDash } from './judge-dash.ts';
import { beepDistances, judgeSync } from './judge-sync.ts';
import { judgeVideo } from './judge-video.ts';
import { readPublished } from './published.ts';
import type { JudgeTools } from './tools.ts';

/** Moves a source's clock so that nothing of it is before 0. */
const SHIFT = 10;

/** Everything that is wrong with a published folder, judged by programs that are not ours; empty if it is right. */
export async function judgeFolder(
  tools: JudgeTools,
  source: string,
  folder: string,
  expected: PublishedExpectation,
): Promise<string[]> {
  const published = await readPublished(folder);
  const complaints: string[] = [];
  const { width, height } = expected;

  const sourceFrames = await readPattern({
    ffmpeg: tools.ffmpeg,
    input: source,
    width,
    height,
    filter: `scale=${width}:${height}:flags=area`,
  });
  const sourceTimes = (await frameTimes(tools.ffprobe, source)).map((time) => time + SHIFT);
  const lastSeconds = await lastFrameSeconds(tools.ffprobe, source);
  const numbers = expectedNumbers(expected, { frames: sourceFrames, times: sourceTimes, lastSeconds });

  const top = published.variants.toSorted((a, b) => b.height * b.width - a.height * a.width)[0];
  if (top?.width !== width || top.height !== height)
    complaints.push(`the top rendition is ${top?.width}x${top?.height}`);
  const starts = published.variants.map((variant) => variant.track.segments.map((segment) => segment.seconds).join());
  if (new Set(starts).size > 1) complaints.push('the renditions are not cut alike');

  for (const variant of published.variants) complaints.push(...(await judgeVideo(tools, variant, expected, numbers)));
  for (const entry of [...published.variants, ...published.audio]) complaints.push(...(await judgeBoxes(entry.track)));
  complaints.push(...judgeBandwidth(published), ...(await judgeDash(folder, published)));

  const languages = published.audio.map((audio) => audio.language);
  if (languages.join() !== expected.audio.join())
    complaints.push(`audio is in ${languages.join()}, expected ${expected.audio.join()}`);
  if (expected.beeps && top !== undefined) {
    const flashes = flashTimes(sourceFrames, sourceTimes);
    const frames = await readPattern({ ffmpeg: tools.ffmpeg, input: top.track.joined, width, height });
    const times = await frameTimes(tools.ffprobe, top.track.joined);
    const shown = flashTimes(frames, times);
    const known = expected.beepAfterFlash;
    const wanted = known === undefined ? await sourceDistances(tools, source, flashes) : shown.map(() => known);
    for (const audio of published.audio) {
      const { onsets } = await readBeeps({ ffmpeg: tools.ffmpeg, input: audio.track.joined });
      complaints.push(...judgeSync(audio.track.uri, wanted, beepDistances(shown, onsets)));
    }
  }
  return complaints;
}

async function sourceDistances(tools: JudgeTools, source: string, flashes: readonly number[]): Promise<number[]> {
  const { onsets } = await readBeeps({
    ffmpeg: tools.ffmpeg,
    input: source,
    inputOptions: ['-itsoffset', String(SHIFT)],
  });
  return beepDistances(flashes, onsets);
}

/** When each flash begins; a picture that is held goes on flashing. */
function flashTimes(frames: readonly PatternFrame[], times: readonly number[]): number[] {
  return frames.flatMap((frame, index) =>
    frame.flash && frames[index - 1]?.flash !== true ? [times[index] ?? 0] : [],
  );
}
