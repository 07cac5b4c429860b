import { setTimeout as pause } from 'node:timers/promises';
import { Probe, SOURCE_LIMITS, TranscodeError, type Container, type Fraction } from '@transcode/contracts';
import { DEMUXERS, toNumber } from '@transcode/planner';
import type { Source } from '@transcode/storage';
import { decodeFirstPicture } from './decode-first-picture.ts';
import { describeAudio } from './describe-audio.ts';
import { DescribedFile, STREAM_FIELDS, type DescribedStream } from './described.ts';
import { describeVideo } from './describe-video.ts';
import { health, isStill } from './health.ts';
import { parseFraction } from './parse-fraction.ts';
import { plainText } from './plain-text.ts';
import { presentationTimes } from './presentation-times.ts';
import { probeMilliseconds } from './probe-milliseconds.ts';
import { readPackets } from './read-packets.ts';
import { refuseClockJump } from './refuse-clock-jump.ts';
import { refuseLongHold, refuseLongStills } from './refuse-long-still.ts';
import { probeJson, type Ffprobe } from './run-ffprobe.ts';
import { sampleFrames, type FrameSample } from './sample-frames.ts';

export interface ProbeRequest {
  readonly ffprobe: string;
  readonly ffmpeg: string;
  readonly source: Pick<Source, 'input' | 'protocols' | 'file' | 'enter'>;
  /** As sniffed. */
  readonly container: Container;
  readonly bytes: number;
  readonly signal: AbortSignal;
}

const RENEWAL_MS = 20;

/** Everything the planner has to know of a source: its streams, the times of every packet, what the first frames say. */
export async function probeSource({ ffprobe, ffmpeg, container, bytes, signal, source }: ProbeRequest): Promise<Probe> {
  const demuxer = DEMUXERS[container];
  const run: Ffprobe = { ffprobe, signal, source, demuxer, milliseconds: probeMilliseconds(bytes) };
  const show = ['-show_streams', '-show_entries', STREAM_FIELDS];
  const { streams } = (await probeJson(run, show, DescribedFile)).answer;
  if (streams.length > SOURCE_LIMITS.streams) {
    const limit = `${SOURCE_LIMITS.streams} streams`;
    throw new TranscodeError('source_too_large', { what: `${streams.length} streams`, limit });
  }
  const best = bestPicture(streams);
  const sounds = streams.filter((each) => each.codec_type === 'audio').slice(0, SOURCE_LIMITS.audioStreams);
  const sample = await sampleFrames(run, best.index);
  const stream = sample.frames.length > 0 ? best : await decodedBy(ffmpeg, run, { stream: best, sample });
  const packets = await readPackets(run, { video: stream.index, sound: sounds.map(({ index }) => index) });
  refuseClockJump(packets.video.dts, toNumber(timeBaseOf(stream)));
  const decoded = sample.frames.map((frame) => frame.best_effort_timestamp).filter((time) => time !== undefined);
  const secondsPerTick = toNumber(timeBaseOf(stream));
  const shown = presentationTimes(packets.video, decoded, 1 / secondsPerTick);
  // Of six million pictures that took 3 s, and describing them takes 2: the leases of this worker are renewed between.
  await pause(RENEWAL_MS);
  if (shown.times.length === 0) throw new TranscodeError('source_unreadable', { reason: 'it holds no frames' });
  refuseLongStills(shown.times, secondsPerTick);
  const { lastDuration } = packets.video;
  const video = describeVideo({
    container,
    stream,
    timeBase: timeBaseOf(stream),
    frames: sample.frames,
    shown,
    lastDuration,
  });
  const audio = sounds
    .map((sound) => describeAudio(sound, packets.sound.get(sound.index)))
    .filter((described) => described !== undefined);
  refuseLongHold(video, audio);
  const { undecodable } = shown;
  return Probe.parse({
    container,
    bytes,
    durationSeconds: spanOf([video, ...audio]),
    video,
    audio,
    subtitles: streams
      .filter((each) => each.codec_type === 'subtitle')
      .map(({ index, codec_name: codec = 'unknown', tags }) => ({
        index,
        codec,
        language: plainText(tags?.['language'], 35),
      })),
    warnings: health({ streams, video, audio, packets, undecodable }),
  });
}

/** The default picture, else the largest. Covers and thumbnails are none. */
function bestPicture(streams: readonly DescribedStream[]): DescribedStream {
  if (streams.length === 0) throw new TranscodeError('source_unreadable', { reason: 'it holds no streams' });
  const [best] = streams
    .filter((stream) => stream.codec_type === 'video' && !isStill(stream))
    .toSorted((a, b) => defaultness(b) - defaultness(a) || area(b) - area(a));
  if (best === undefined) throw new TranscodeError('source_has_no_video');
  if (area(best) > SOURCE_LIMITS.pixels) throw tooManyPixels(`${best.width}x${best.height}`);
  return best;
}

function defaultness({ disposition }: DescribedStream): number {
  return disposition?.['default'] ?? 0;
}

function area({ width = 0, height = 0 }: DescribedStream): number {
  return width * height;
}

function tooManyPixels(size: string): TranscodeError {
  const limit = `${SOURCE_LIMITS.pixels.toLocaleString('en')} pixels`;
  return new TranscodeError('source_too_large', { what: `pictures of ${size}`, limit });
}

/** What a decoder says of a size that it does not take. */
const SIZE_REFUSED = /Picture size (\d+x\d+) (?:is invalid|exceeds)/;

/** What ffmpeg finds in a stream of which ffprobe could decode nothing. */
async function decodedBy(
  ffmpeg: string,
  run: Ffprobe,
  { stream, sample }: { stream: DescribedStream; sample: FrameSample },
): Promise<DescribedStream> {
  const size = SIZE_REFUSED.exec(sample.tail)?.[1];
  if (size !== undefined) throw tooManyPixels(size);
  const { described, complaint } = await decodeFirstPicture({ ...run, ffmpeg }, stream.index);
  if (described !== undefined) return { ...stream, ...described };
  const { codec_name: codec } = stream;
  const said = `${sample.complaint}\n${complaint}`;
  const noDecoder =
    codec === undefined || codec === 'unknown' || /unsupported codec|decoder not found|no decoder found/i.test(said);
  if (noDecoder) throw new TranscodeError('source_codec_unknown', { codec: codec ?? 'an unknown codec' });
  const isByHardware = sample.tail.includes('hardware accelerated');
  const reason = (isByHardware ? complaint : sample.complaint) || 'none of its first pictures can be decoded';
  throw new TranscodeError('source_unreadable', { reason });
}

function timeBaseOf(stream: DescribedStream): Fraction {
  const timeBase = parseFraction(stream.time_base);
  if (timeBase === undefined) throw new TranscodeError('source_unreadable', { reason: 'its clock makes no sense' });
  return timeBase;
}

function spanOf(streams: readonly { startSeconds: number; endSeconds: number }[]): number {
  const start = Math.min(...streams.map((stream) => stream.startSeconds));
  return Math.max(...streams.map((stream) => stream.endSeconds)) - start;
}
