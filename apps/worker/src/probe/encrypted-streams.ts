import { DEMUXERS } from '@transcode/planner';
import * as z from 'zod';
import type { Encryption } from '../sniff/encryption/encryption.ts';
import { MATROSKA_SCHEME } from '../sniff/encryption/matroska-encryption.ts';
import type { SourceRun } from './around/read-around.ts';
import type { DescribedStream } from './described.ts';
import { isCalledStill } from './picture/choose-pictures.ts';
import { playsAt } from './plays-at.ts';
import type { Programs } from './programs.ts';
import { probeJson, probeLines } from './run-ffprobe.ts';
import { soundsFor } from './sound/usable-sounds.ts';
import type { Trial } from './try-ffmpeg.ts';

type Run = Trial & SourceRun;

/** The share of a source behind which it is looked at again: many begin in the clear. */
const LATER = 0.6;
/** So many packets of a place are asked whether they are ciphertext. */
const TOLD_PACKETS = 48;
/** Containers that can be read from any byte on, and whose times may be of no use for finding a place. */
const READ_FROM_ANYWHERE = new Set(['mpegts', 'mpeg']);
/** Of so small a source all can be decoded to get to a place in it, where no key frame comes after that. */
const SMALL_BYTES = 64 * 1024 ** 2;

const Seconds = z.coerce.number().optional();
const Lengths = z.looseObject({
  format: z.looseObject({ duration: Seconds }).default({}),
  streams: z.array(z.looseObject({ index: z.int(), duration: Seconds })).default([]),
});

/**
 * The streams that are ciphertext, by their numbers, and the scheme of each. What a container is certain of is taken as it says; where flags
 * alone speak, a stream counts that cannot be decoded at its beginning or further on.
 */
export async function encryptedStreams(
  run: Run,
  streams: readonly DescribedStream[],
  {
    findings,
    bytes,
    programs,
  }: { readonly findings: readonly Encryption[]; readonly bytes: number; readonly programs: Programs },
): Promise<Map<number, string>> {
  const certain = findings.filter(({ isCertain }) => isCertain);
  const encrypted = new Map(
    streams.flatMap((stream) => {
      const scheme = certain.find((finding) => isAbout(finding, stream))?.scheme;
      return scheme === undefined ? [] : [[stream.index, scheme] as const];
    }),
  );
  const films = filmsOf(streams);
  const suspects = (among: readonly DescribedStream[]): (readonly [DescribedStream, string])[] =>
    among.flatMap((stream) => {
      const scheme = encrypted.has(stream.index) ? undefined : suspicion(findings, stream);
      return scheme === undefined ? [] : [[stream, scheme] as const];
    });
  for (const [stream, scheme] of suspects(films))
    if (!(await plays(run, stream, bytes))) encrypted.set(stream.index, scheme);
  if (films.every(({ index }) => encrypted.has(index))) return encrypted;
  for (const [stream, scheme] of suspects(soundsFor({ streams, programs }, films)))
    if (!(await plays(run, stream, bytes))) encrypted.set(stream.index, scheme);
  return encrypted;
}

/** The pictures of a source. Where streams are known by what is in them alone, as in a program stream, a picture may seem to be anything. */
export function filmsOf(streams: readonly DescribedStream[]): readonly DescribedStream[] {
  const pictures = streams.filter((stream) => stream.codec_type === 'video' && !isCalledStill(stream));
  return pictures.length > 0 ? pictures : streams;
}

/** ffmpeg keeps a Matroska's key in the tags, also where it has copied the stream elsewhere, or made another of it. */
function suspicion(findings: readonly Encryption[], stream: DescribedStream): string | undefined {
  const found = findings.find((finding) => !finding.isCertain && isAbout(finding, stream));
  if (found !== undefined) return found.scheme;
  const isTagged = Object.keys(stream.tags ?? {}).some((name) => name.toLowerCase() === 'enc_key_id');
  return isTagged ? MATROSKA_SCHEME : undefined;
}

function isAbout({ streams }: Encryption, { index, id }: DescribedStream): boolean {
  return streams === 'all' || streams.numbers.includes(streams.by === 'place' ? index : Number(id));
}

/** Whether a stream is decoded at the beginning, and still is further on. */
async function plays(run: Run, stream: DescribedStream, bytes: number): Promise<boolean> {
  if (await isToldCiphertext(run, stream, 0)) return false;
  if ((await playsAt(run, stream, { skippedBytes: 0 })) !== 'whole') return false;
  const laterBytes = Math.floor(bytes * LATER);
  if (!READ_FROM_ANYWHERE.has(run.demuxer)) {
    const seconds = await secondsOf(run, stream);
    // Nobody knows where in it that would be.
    if (seconds === undefined) return true;
    if (await isToldCiphertext(run, stream, seconds * LATER)) return false;
    // The last picture may be shown from before there to the end.
    return ['whole', 'none'].includes(await playsAt(run, stream, { soughtSeconds: seconds * LATER }));
  }
  const later = await playsAt(run, stream, { skippedBytes: laterBytes });
  if (later === 'whole' || later === 'broken' || bytes > SMALL_BYTES) return later === 'whole';
  return hasFramesBehind(run, stream, laterBytes);
}

/**
 * Whether the container tells a key for one of the next packets, as Common Encryption does where entries in the clear stand beside it. With
 * headers of slices in the clear, noise is taken for pictures now and then.
 */
async function isToldCiphertext(run: Run, { index }: DescribedStream, fromSeconds: number): Promise<boolean> {
  if (run.demuxer !== DEMUXERS.mp4) return false;
  let isTold = false;
  const from = fromSeconds === 0 ? '' : fromSeconds;
  const packets = ['-select_streams', String(index), '-read_intervals', `${from}%+#${TOLD_PACKETS}`];
  const show = [...packets, '-show_entries', 'packet_side_data=side_data_type', '-of', 'compact=p=0:nk=1'];
  await probeLines(run, show, (line) => {
    isTold ||= line.includes('Encryption info');
  });
  return isTold;
}

async function secondsOf(run: Run, { index }: DescribedStream): Promise<number | undefined> {
  if (run.around !== undefined) return undefined;
  const show = ['-show_entries', 'format=duration:stream=index,duration'];
  const { format, streams } = (await probeJson(run, show, Lengths)).answer;
  return streams.find((stream) => stream.index === index)?.duration ?? format.duration;
}

/** Whether frames come of what stands behind so many bytes, where everything before is decoded, too, and nothing is broken. */
async function hasFramesBehind(run: Run, { index }: DescribedStream, bytes: number): Promise<boolean> {
  let has = false;
  const show = ['-select_streams', String(index), '-show_entries', 'frame=pkt_pos', '-of', 'compact=p=0:nk=1'];
  const { reason } = await probeLines(run, show, (line) => {
    has ||= Number.parseInt(line) >= bytes;
  });
  return has && reason === '';
}
