import { expectedNumbers, judgePublished, readPublished, topVariant, type JudgeTools } from '@transcode/testing/judge';
import { frameTimes, readBeeps, readPattern } from '@transcode/testing/media';
import { perSecond } from './draft.ts';
import { partsWithin } from './parts-within.ts';
import { judgeBeeps } from './judge-beeps.ts';
import { judgeAscending, wantedNumbers, type Wanted } from './judge-numbers.ts';
import { readSource, type SourceFacts } from './read-source.ts';
import type { ExpectedPicture, ExpectedRate, ReadyExpectation } from './recipe.ts';

const NONE = { least: 0, most: 0 };
/** Silence may end so much before the picture does. */
const SILENCE_SECONDS = 0.1;

/** Everything that is wrong with what was published of an odd source; empty if it is right. */
export async function judgeOdd(
  tools: JudgeTools,
  source: string,
  folder: string,
  expected: ReadyExpectation,
): Promise<string[]> {
  const published = await readPublished(folder);
  const top = topVariant(published);
  if (top === undefined) return ['no rendition is published'];
  const { picture, sound, width, height } = expected;
  const rate = publishedRate(top.frameRate, expected.rate);
  const input = top.track.joined;
  const isWhole = picture.kind === 'numbers' || picture.kind === 'grid';
  const frames = await readPattern({ ffmpeg: tools.ffmpeg, input, width: top.width, height: top.height });
  const times = await frameTimes(tools.ffprobe, input);
  const isReadable = picture.kind === 'grid' || (isWhole && sound?.isReadable === true);
  const facts = isReadable
    ? await readSource(tools, source, { width, height, hasSound: sound !== undefined })
    : undefined;
  const shown = frames.map(({ number }) => number);
  const { numbers, complaints } = judgeNumbers(picture, { shown, rate, facts });
  const parts = picture.kind === 'shapes' ? { parts: partsWithin(expected, picture.parts, shown.length) } : {};
  const wanted = { ...expected, ...parts, rate };
  complaints.push(...(await judgePublished(tools, { folder, published }, wanted, numbers)));
  if (complaints.length > 0 && picture.kind === 'numbers') {
    const { frames: own } = facts ?? (await readSource(tools, source, { width, height, hasSound: false }));
    const missing = picture.numbers.find((number) => !own.some((frame) => frame.number === number));
    if (missing !== undefined) complaints.push(`RECIPE: the source itself has no picture ${missing}`);
  }
  if (sound === undefined) return complaints;

  const seconds = times.length / perSecond(rate);
  for (const { track } of published.audio) {
    const { onsets, endSeconds } = await readBeeps({ ffmpeg: tools.ffmpeg, input: track.joined });
    if (endSeconds < seconds - SILENCE_SECONDS)
      complaints.push(`${track.uri}: ends at ${endSeconds.toFixed(2)} s, the picture at ${seconds.toFixed(2)} s`);
    // In bars nobody finds a flash.
    if (picture.kind === 'shapes') continue;
    complaints.push(...judgeBeeps(track.uri, sound, { frames, times, onsets, facts }));
  }
  return complaints;
}

function judgeNumbers(
  picture: ExpectedPicture,
  { shown, rate, facts }: { shown: readonly number[]; rate: string; facts: SourceFacts | undefined },
): Wanted {
  if (picture.kind === 'numbers') return wantedNumbers(picture, shown);
  if (picture.kind === 'held') {
    const [least, most] = [picture.seconds.least, picture.seconds.most].map((end) => end * perSecond(rate));
    const tail = { least: Math.max(0, Math.floor(least ?? 0) - 2), most: Math.ceil(most ?? 0) };
    return wantedNumbers({ numbers: [0], lead: NONE, tail }, shown);
  }
  if (picture.kind === 'ascending')
    return { numbers: 'unread', complaints: judgeAscending(picture, shown, perSecond(rate)) };
  if (picture.kind === 'shapes') {
    const count = picture.parts.reduce((sum, { frames }) => sum + frames, 0);
    // In bars there is no pattern to look for, so that how many are shown has to do here.
    const places = shown.map((_, place) => Math.min(place, count - 1));
    return wantedNumbers(
      { numbers: Array.from({ length: count }, (_, n) => n), lead: NONE, tail: picture.tail },
      places,
    );
  }
  if (facts === undefined) return { numbers: 'unread', complaints: [] };
  const form = { rate, numbers: 'grid', width: 0, height: 0, audio: [], beeps: false } as const;
  // Containers do not agree on how long the last one lasts.
  const { lead, tail: foreseen } = picture;
  const tail = { least: foreseen.least - 1, most: foreseen.most + 1 };
  return wantedNumbers({ numbers: expectedNumbers(form, facts), lead, tail }, shown);
}

/** The published rate as a fraction, where it is near enough to the recipe's; else the recipe's, which others then complain about. */
function publishedRate(published: number, { rate, within }: ExpectedRate): string {
  const wanted = perSecond(rate);
  if (Math.abs(published - wanted) <= 0.001 || Math.abs(published / wanted - 1) > within) return rate;
  // Told to a thousandth: whole frames a second, or as in television.
  const whole = [`${Math.round(published)}/1`, `${Math.round(published * 1.001) * 1000}/1001`];
  return whole.find((each) => Math.abs(perSecond(each) - published) < 0.001) ?? `${Math.round(published * 1000)}/1000`;
}
