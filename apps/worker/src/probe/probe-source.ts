import { setTimeout as pause } from 'node:timers/promises';
import { Probe, SOURCE_LIMITS, TranscodeError, type AudioStream, type Container } from '@transcode/contracts';
import { DEMUXERS, toNumber } from '@transcode/planner';
import type { Encryption } from '../sniff/encryption/encryption.ts';
import { clockJumps } from './clock/clock-jumps.ts';
import { inTicks } from './clock/one-clock.ts';
import { soundTimes } from './clock/sound-times.ts';
import { hasProgramBreak } from './clock/program-breaks.ts';
import { hasTransportBreak } from './clock/transport-breaks.ts';
import { describeSource } from './describe-source.ts';
import { timeBaseOf, type DescribedStream } from './described.ts';
import { encryptedStreams } from './encrypted-streams.ts';
import { health } from './health.ts';
import { leftOutStreams } from './left-out-streams.ts';
import { findPicture, readThrough } from './picture/find-picture.ts';
import { pictureOf } from './picture/picture-of.ts';
import { languageOf, titleOf } from './plain-text.ts';
import { probeMilliseconds } from './probe-milliseconds.ts';
import { readPackets } from './read-packets.ts';
import { refuseEncrypted } from './refuse-encrypted.ts';
import type { Reading } from './run-reader.ts';
import { refuseLongHold, refuseLongTail } from './picture/refuse-long-still.ts';
import { ofSound, soundsFor, usableSounds } from './sound/usable-sounds.ts';

export interface ProbeRequest {
  readonly ffprobe: string;
  readonly ffmpeg: string;
  readonly source: Reading['source'];
  /** Bytes of the source, for what ffprobe does not tell. */
  readonly read: (range: { start: number; end: number }) => Promise<Buffer>;
  /** As sniffed. */
  readonly container: Container;
  readonly bytes: number;
  /** What its bytes say of it. */
  readonly encryption: readonly Encryption[];
  readonly signal: AbortSignal;
}

const RENEWAL_MS = 20;

/** How containers tell that what was joined are two recordings. */
const BREAKS: { readonly [C in Container]?: typeof hasTransportBreak } = {
  mpegts: hasTransportBreak,
  mpegps: hasProgramBreak,
};

/** Everything the planner has to know of a source: its streams, the times of every packet, what the first frames say. */
export function probeSource(request: ProbeRequest): Promise<Probe> {
  return probeOpened(request, false);
}

async function probeOpened(request: ProbeRequest, isWithoutEdits: boolean): Promise<Probe> {
  const { ffprobe, ffmpeg, container, bytes, encryption, signal, source, read } = request;
  const milliseconds = probeMilliseconds(bytes);
  const opened = { ffprobe, signal, source, demuxer: DEMUXERS[container], isWithoutEdits, milliseconds };
  const { run, streams, unopenable, programs } = await describeSource(opened, {
    ffmpeg,
    isClear: encryption.every(({ isCertain }) => !isCertain),
  });
  const encrypted = await encryptedStreams({ ...run, ffmpeg }, streams, { findings: encryption, bytes, programs });
  refuseEncrypted(streams, encrypted, encryption);
  const clear = streams.filter((each) => !encrypted.has(each.index) && !unopenable.has(each.index));
  const pictures = ofType(clear, 'video');
  const used = soundsFor({ streams: clear, programs }, pictures);
  refuseTooMany(pictures.length + ofSound(clear).length);
  const reading = readPackets(run, { pictures: secondsPerTick(pictures), sounds: secondsPerTick(used) });
  const through = await readThrough(run, clear, reading);
  if (!isWithoutEdits && container === 'mp4' && through.packets.emptied.length > 0) return probeOpened(request, true);
  const found = await findPicture({ ...run, ffmpeg }, clear, through);
  const { stream, packets } = found;
  const jumps = await clockJumps({
    ...{ container, streams: packets.clocks, leading: stream.index },
    isBroken: (from, to) => BREAKS[container]?.(read, from, to) ?? Promise.resolve(false),
  });
  // Of six million pictures that took 3 s, and describing them takes 2: the leases of this worker are renewed between.
  await pause(RENEWAL_MS);
  const ticksOf = (index: number) => inTicks(index, jumps.get(index) ?? [], toNumber(timeBaseOf(streams[index])));
  const own = ticksOf(stream.index).jumps;
  const { video, undecodable, packets: frames, lateSeconds } = pictureOf(found, { container, jumps: own });
  if (lateSeconds > 0)
    for (const { index } of used)
      jumps.set(index, [{ fromPacket: 0, seconds: lateSeconds }, ...(jumps.get(index) ?? [])]);
  const heard = new Map(
    used.flatMap(({ index }) => {
      const its = packets.clocks.get(index);
      return its === undefined ? [] : [[index, soundTimes(its, jumps.get(index) ?? [])] as const];
    }),
  );
  const { audio, unusable } = await usableSounds(
    { ffmpeg, source, demuxer: run.demuxer, isWithoutEdits, signal, milliseconds },
    { container, streams: clear, programs, picture: stream.index, times: heard, lateSeconds },
  );
  refuseLongHold(video, audio);
  refuseLongTail(
    video,
    audio.map((sound) => ({ end: sound.endSeconds, seconds: heard.get(sound.index)?.seconds ?? 0 })),
  );
  const onTheirClocks = [...jumps.keys()]
    .filter((index) => index === stream.index || isTimed(audio, index))
    .map(ticksOf);
  return Probe.parse({
    container,
    bytes,
    durationSeconds: spanOf([video, ...audio]),
    video,
    audio,
    subtitles: ofType(streams, 'subtitle').map(({ index, codec_name: codec = 'unknown', tags }) => ({
      index,
      codec,
      language: languageOf(tags),
      title: titleOf(tags),
    })),
    leftOut: leftOutStreams({
      ...{ streams, video: video.index, audio: audio.map(({ index }) => index) },
      stills: new Set(
        pictures.map(({ index }) => index).filter((index) => (packets.pictures.get(index)?.pts.length ?? 0) < 2),
      ),
      why: ({ index }) => {
        const scheme = encrypted.get(index);
        if (scheme !== undefined) return `it is protected by encryption (${scheme})`;
        return unopenable.get(index) ?? unusable.get(index);
      },
    }),
    ...(isWithoutEdits ? { isWithoutEdits } : {}),
    ...(onTheirClocks.length === 0 ? {} : { clock: onTheirClocks }),
    warnings: health({
      ...{ streams, video, bytes },
      packets: { video: frames, complaint: packets.complaint, furthest: packets.furthest },
      ...{ undecodable, isWithoutEdits },
    }),
  });
}

/** A sound that is published, and whose timestamps count. */
function isTimed(audio: readonly AudioStream[], streamIndex: number): boolean {
  return audio.some(({ index, isCounted }) => index === streamIndex && isCounted !== true);
}

function ofType(streams: readonly DescribedStream[], type: string): DescribedStream[] {
  return streams.filter((stream) => stream.codec_type === type);
}

/** What is only carried along, such as fonts, costs nothing. */
function refuseTooMany(streams: number): void {
  if (streams <= SOURCE_LIMITS.streams) return;
  const limit = `${SOURCE_LIMITS.streams} streams`;
  throw new TranscodeError('source_too_large', { what: `${streams} streams of picture and sound`, limit });
}

function secondsPerTick(streams: readonly DescribedStream[]): Map<number, number> {
  return new Map(streams.map((stream) => [stream.index, toNumber(timeBaseOf(stream))]));
}

function spanOf(streams: readonly { startSeconds: number; endSeconds: number }[]): number {
  const start = Math.min(...streams.map((stream) => stream.startSeconds));
  return Math.max(...streams.map((stream) => stream.endSeconds)) - start;
}
