import { frameTimes } from '../media/frame-times.ts';
import { idrFrames } from './idr-frames.ts';
import type { PublishedVariant } from './published.ts';
import { readParts, type ExpectedParts } from './read-parts.ts';
import { packagerDump, streamFacts, type JudgeTools } from './tools.ts';

/** RFC 6381 profile bytes of H.264 as ffprobe names them. */
const PROFILES: Readonly<Record<string, string>> = { '42': 'Baseline', '4d': 'Main', '64': 'High' };

/** Level 1; 1b has a lower number in some profiles. */
const LOWEST_LEVEL = 10;

export interface ExpectedVideo extends ExpectedParts {
  /** Frames a second, as a fraction. */
  readonly rate: string;
  readonly frames?: number;
}

/** What is wrong with the pictures of one rendition: nothing, if the answer is empty. */
export async function judgeVideo(
  tools: JudgeTools,
  variant: PublishedVariant,
  expected: ExpectedVideo,
  numbers: readonly number[] | 'unread',
): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (text: string) => complaints.push(`${variant.track.uri}: ${text}`);
  const { joined } = variant.track;
  const [facts] = await streamFacts(tools.ffprobe, joined);
  if (facts === undefined) return [`${variant.track.uri}: ffprobe sees no stream`];

  if (facts.width !== variant.width || facts.height !== variant.height) {
    complain(`RESOLUTION ${variant.width}x${variant.height} but the init segment says ${facts.width}x${facts.height}`);
  }
  if (!['1:1', undefined].includes(facts.sample_aspect_ratio))
    complain(`pixels are not square: ${facts.sample_aspect_ratio}`);
  const profile = /avc1\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})/i.exec(variant.codecs);
  const named = PROFILES[profile?.[1]?.toLowerCase() ?? ''];
  if (profile === null || named === undefined || !(facts.profile ?? '').includes(named)) {
    complain(`CODECS ${variant.codecs} but the profile is ${facts.profile}`);
  } else if (Number.parseInt(profile[2] ?? '', 16) !== facts.level) {
    complain(`CODECS ${variant.codecs} but the level is ${facts.level}`);
  } else if (facts.level < LOWEST_LEVEL) {
    complain(`level ${facts.level}, which browsers do not know`);
  }
  const colour = [
    facts.pix_fmt,
    facts.color_primaries,
    facts.color_transfer,
    facts.color_space,
    facts.color_range,
  ].join(' ');
  if (colour !== 'yuv420p bt709 bt709 bt709 tv') complain(`colour is ${colour}`);
  if ((facts.side_data_list ?? []).some((entry) => entry.side_data_type.includes('Matrix')))
    complain('has a display matrix');

  const [num = 0, den = 1] = expected.rate.split('/').map(Number);
  if (Math.abs(variant.frameRate - num / den) > 0.001)
    complain(`FRAME-RATE ${variant.frameRate}, expected ${num / den}`);

  const times = await frameTimes(tools.ffprobe, joined);
  const off = times.findIndex((time, index) => Math.abs(time - (index * den) / num) > 0.0006);
  if (off !== -1) complain(`frame ${off} is at ${times[off]}`);
  if (expected.frames !== undefined && times.length !== expected.frames) {
    complain(`has ${times.length} frames, expected ${expected.frames}`);
  }

  const idr = await idrFrames(tools.ffmpeg, joined);
  if (idr.length !== times.length) complain(`has ${idr.length} pictures in its bitstream, ${times.length} decoded`);
  let start = 0;
  for (const [index, segment] of variant.track.segments.entries()) {
    if (idr[Math.round((start * num) / den)] !== true)
      complain(`segment ${index} at ${start} does not start with an IDR picture`);
    start += segment.seconds;
  }
  if (Math.abs(start - (times.length * den) / num) > 0.01) complain(`EXTINFs add up to ${start}`);

  const dump = await packagerDump(tools.packager, joined);
  if (!dump.includes('H264')) complain(`Shaka Packager sees no H.264: ${dump}`);

  if (numbers !== 'unread') {
    const { frames, complaints: around } = await readParts(tools.ffmpeg, variant, expected);
    for (const text of around) complain(text);
    // A source in which nobody reads a number cannot tell that there is none to be read.
    const wrong = frames.findIndex(({ number }, index) => number === -1 || number !== numbers[index]);
    if (wrong !== -1 || frames.length !== numbers.length) {
      const seen = frames.slice(Math.max(0, wrong - 2), wrong + 4).map((frame) => frame.number);
      const wanted = numbers.slice(Math.max(0, wrong - 2), wrong + 4);
      complain(
        `${frames.length}/${numbers.length} frames; around ${wrong} the numbers are ${seen.join()}, expected ${wanted.join()}`,
      );
    }
    if (!frames.every((frame) => frame.upright)) complain('the picture is not upright or not square');
  }
  return complaints;
}
