import { Probe, SOURCE_LIMITS, TranscodeError, type Container, type Fraction } from '@transcode/contracts';
import { DEMUXERS, toNumber } from '@transcode/planner';
import type { Source } from '@transcode/storage';
import { describeAudio } from './describe-audio.ts';
import { DescribedFile, STREAM_FIELDS, type DescribedStream } from './described.ts';
import { describeVideo } from './describe-video.ts';
import { health, isStill } from './health.ts';
import { parseFraction } from './parse-fraction.ts';
import { plainText } from './plain-text.ts';
import { presentationTimes } from './presentation-times.ts';
import { readPackets } from './read-packets.ts';
import { refuseClockJump } from './refuse-clock-jump.ts';
import { refuseLongStill } from './refuse-long-still.ts';
import { probeJson, type Ffprobe } from './run-ffprobe.ts';
import { sampleFrames, type FrameSample } from './sample-frames.ts';

export interface ProbeRequest {
  readonly ffprobe: string;
  readonly source: Pick<Source, 'input' | 'protocols' | 'file' | 'enter'>;
  /** As sniffed. */
  readonly container: Container;
  readonly bytes: number;
  readonly signal: AbortSignal;
}

/** Everything the planner has to know of a source: its streams, the times of every packet, what the first frames say. */
export async function probeSource({ ffprobe, container, bytes, signal, source }: ProbeRequest): Promise<Probe> {
  const run: Ffprobe = { ffprobe, signal, source, demuxer: DEMUXERS[container] };
  const show = ['-show_streams', '-show_entries', STREAM_FIELDS];
  const { streams } = (await probeJson(run, show, DescribedFile)).answer;
  if (streams.length > SOURCE_LIMITS.streams) {
    const limit = `${SOURCE_LIMITS.streams} streams`;
    throw new TranscodeError('source_too_large', { what: `${streams.length} streams`, limit });
  }
  const stream = bestPicture(streams);
  const sounds = streams.filter((each) => each.codec_type === 'audio').slice(0, SOURCE_LIMITS.audioStreams);
  const sample = await sampleFrames(run, stream.index);
  refuseUndecodable(stream, sample);
  const packets = await readPackets(run, { video: stream.index, sound: sounds.map(({ index }) => index) });
  refuseClockJump(packets.video.dts, toNumber(timeBaseOf(stream)));
  const decoded = sample.frames.map((frame) => frame.best_effort_timestamp).filter((time) => time !== undefined);
  const shown = presentationTimes(packets.video, decoded);
  if (shown.times.length === 0) throw new TranscodeError('source_unreadable', { reason: 'it holds no frames' });
  refuseLongStill(shown.times, toNumber(timeBaseOf(stream)));
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

function refuseUndecodable({ codec_name: codec }: DescribedStream, { frames, complaint, tail }: FrameSample): void {
  if (frames.length > 0) return;
  const size = SIZE_REFUSED.exec(tail)?.[1];
  if (size !== undefined) throw tooManyPixels(size);
  // This ffprobe knows the codec and decodes it by hardware alone (AV1): ffmpeg decodes it, or says later why not.
  if (tail.includes('hardware accelerated')) return;
  const noDecoder =
    codec === undefined || codec === 'unknown' || /unsupported codec|decoder not found/i.test(complaint);
  if (noDecoder) throw new TranscodeError('source_codec_unknown', { codec: codec ?? 'an unknown codec' });
  throw new TranscodeError('source_unreadable', { reason: complaint || 'none of its first pictures can be decoded' });
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
