import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PublishedExpectation } from '../media/corpus-case.ts';
import { frameTimes, lastFrameSeconds } from '../media/frame-times.ts';
import { readBeeps } from '../media/read-beeps.ts';
import { readPattern, type PatternFrame } from '../media/read-pattern.ts';
import { expectedNumbers, heldForSound } from './expected-numbers.ts';
import { judgePublished, topVariant } from './judge-published.ts';
import { judgeSoundLength } from './judge-sound-length.ts';
import { beepDistances, judgeEachFlash, judgeSync } from './judge-sync.ts';
import { judgeTones } from './judge-tones.ts';
import { readPublished } from './published.ts';
import type { JudgeTools } from './tools.ts';

const run = promisify(execFile);

/** Moves a source's clock so that nothing of it is before 0. */
const SHIFT = 10;
const AT_SHIFT = ['-itsoffset', String(SHIFT)];

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
    filter: `${expected.sourceFilter ?? 'null'},scale=${width}:${height}:flags=area`,
  });
  const pictureSource = expected.isPictureReadAlone === true ? await pictureAlone(tools, source) : source;
  const sourceTimes = (await frameTimes(tools.ffprobe, pictureSource)).map((time) => time + SHIFT);
  const lastSeconds = await lastFrameSeconds(tools.ffprobe, pictureSource);
  const pictures = expectedNumbers(expected, { frames: sourceFrames, times: sourceTimes, lastSeconds });

  const top = topVariant(published);
  if (top === undefined) return ['no rendition is published'];
  const times = await frameTimes(tools.ffprobe, top.track.joined);
  const numbers = heldForSound(pictures, expected, times.length);
  const frames = expected.frames === undefined ? {} : { frames: numbers.length };
  complaints.push(...(await judgePublished(tools, { folder, published }, { ...expected, ...frames }, numbers)));
  const known = expected.beepAfterFlash;
  const isHeard = published.audio.length > 0 && known === undefined;
  const original = isHeard
    ? await readBeeps({ ffmpeg: tools.ffmpeg, input: source, inputOptions: AT_SHIFT })
    : undefined;
  const shownFrames = expected.beeps
    ? await readPattern({ ffmpeg: tools.ffmpeg, input: top.track.joined, width, height })
    : [];
  const shown = flashTimes(shownFrames, times);
  for (const { track } of published.audio) {
    const { onsets, endSeconds } = await readBeeps({ ffmpeg: tools.ffmpeg, input: track.joined });
    const sourceSeconds = original === undefined ? 0 : original.endSeconds - (sourceTimes[0] ?? 0);
    const lengths = { frames: times.length, sourceSeconds, seconds: endSeconds };
    complaints.push(...judgeSoundLength(track.uri, expected, lengths));
    if (!expected.beeps) continue;
    if (known !== undefined) complaints.push(...judgeEachFlash(track.uri, known, { flashes: shown, beeps: onsets }));
    if (original === undefined) continue;
    const wanted = beepDistances(flashTimes(sourceFrames, sourceTimes), original.onsets);
    complaints.push(...judgeSync(track.uri, wanted, beepDistances(shown, onsets)));
  }
  const all = [...new Set(expected.tones?.flat(2))];
  for (const [position, wanted] of (expected.tones ?? []).entries()) {
    const track = published.audio[position]?.track;
    if (track !== undefined) complaints.push(...(await judgeTones(tools, track, { wanted, all })));
  }
  return complaints;
}

/** When each flash begins; a picture that is held goes on flashing. */
function flashTimes(frames: readonly PatternFrame[], times: readonly number[]): number[] {
  return frames.flatMap((frame, index) =>
    frame.flash && frames[index - 1]?.flash !== true ? [times[index] ?? 0] : [],
  );
}

/** A copy beside the source of its first picture alone. */
async function pictureAlone({ ffmpeg }: Pick<JudgeTools, 'ffmpeg'>, source: string): Promise<string> {
  const picture = `${source}.picture.mov`;
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', '-i', source, '-map', '0:v:0', '-c', 'copy', picture]);
  return picture;
}
