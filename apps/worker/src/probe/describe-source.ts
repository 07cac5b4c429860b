import { SOURCE_LIMITS, TranscodeError, type Fraction } from '@transcode/contracts';
import { DescribedFile, PROGRAM_FIELDS, STREAM_FIELDS, type DescribedStream } from './described.ts';
import { listStreams } from './around/list-streams.ts';
import { parseFraction } from './parse-fraction.ts';
import type { Piped } from './around/pipe-source.ts';
import type { Programs } from './programs.ts';
import type { PipedPicture, SourceRun } from './around/read-around.ts';
import { probeJson, type Ffprobe } from './run-ffprobe.ts';
import { isFaultOfStream } from './run-reader.ts';
import { ffmpegLines } from './try-ffmpeg.ts';

export interface DescribedSource {
  /** How all that is asked further of it is to be asked. */
  readonly run: SourceRun;
  /** All of them, each at the place of its number. */
  readonly streams: readonly DescribedStream[];
  /** Those that cannot be opened, and why, as a sentence's end; of these nothing is known but what the container says. */
  readonly unopenable: ReadonlyMap<number, string>;
  readonly programs: Programs;
}

type Run = Ffprobe & { readonly ffmpeg: string };

const SHOW = ['-show_streams', '-show_programs', '-show_entries', `${STREAM_FIELDS}:${PROGRAM_FIELDS}`];
const TIME_BASE = /^#tb 0: (\d+\/\d+)$/;

/** The streams of a source. Where ffprobe cannot open one of them and shows none, ffmpeg reads around it. */
export async function describeSource(
  run: Ffprobe,
  { ffmpeg, isClear }: { readonly ffmpeg: string; readonly isClear: boolean },
): Promise<DescribedSource> {
  try {
    const { streams, programs: said } = (await probeJson(run, SHOW, DescribedFile)).answer;
    const programs = said.map((program) => new Set(program.streams.map(({ index }) => index)));
    return { run, streams, unopenable: new Map(), programs };
  } catch (error) {
    const around = isRefused(error) && isClear ? await describeAround({ ...run, ffmpeg }) : undefined;
    if (around === undefined) throw error;
    return around;
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof TranscodeError && (error.code === 'source_unreadable' || error.code === 'ffmpeg_crashed');
}

/** Undefined where there is no picture that could be read, so that there is nothing to be gained. */
async function describeAround(run: Run): Promise<DescribedSource | undefined> {
  const { ffmpeg } = run;
  const { streams, programs } = await listStreams(run);
  const pictures = streams.filter(({ codec_type: type }) => type === 'video');
  const sounds = streams.filter(({ codec_type: type }) => type === 'audio');
  if (pictures.length + sounds.length > SOURCE_LIMITS.streams) return undefined;
  const unopenable = new Map<number, string>();
  const pipes = new Map<number, PipedPicture>();
  for (const listed of [...pictures, ...sounds]) {
    const described = await describeAlone(run, listed);
    const pipe = described && listed.codec_type === 'video' ? await pipeOf(run, described) : undefined;
    if (described === undefined || (listed.codec_type === 'video' && pipe === undefined)) {
      unopenable.set(listed.index, 'no decoder here can open it');
      continue;
    }
    streams[listed.index] = described;
    if (pipe !== undefined) pipes.set(listed.index, pipe);
  }
  if (pipes.size === 0) return undefined;
  return { run: { ...run, around: { ffmpeg, pictures: pipes } }, streams, unopenable, programs };
}

/** What ffprobe says of a stream where it meets no other; undefined if it cannot open that. */
async function describeAlone(run: Run, listed: DescribedStream): Promise<DescribedStream | undefined> {
  // How pictures are turned, cropped and coloured is known best to a container of the source's own kind.
  const own = run.demuxer.startsWith('matroska') ? 'matroska' : 'mov';
  const described = (await showAs(run, listed, own)) ?? (await showAs(run, listed, 'nut'));
  if (described === undefined) return undefined;
  let base: Fraction | undefined;
  const one = ['-map', `0:${listed.index}`, '-frames', '1', '-c', 'copy', '-copyinkf', '-f', 'framecrc', 'pipe:1'];
  await unlessUnreadable(ffmpegLines(run, one, (line) => (base ??= parseFraction(TIME_BASE.exec(line)?.[1]))));
  return base && { ...described, index: listed.index, time_base: `${base.num}/${base.den}` };
}

/** How ffprobe gets at the frames of a picture, with times as exact as in the source. */
async function pipeOf(run: Run, stream: DescribedStream): Promise<PipedPicture | undefined> {
  const own = parseFraction(stream.time_base);
  for (const format of ['nut', 'mov'] as const) {
    const piped = parseFraction((await showAs(run, stream, format))?.time_base);
    if (own !== undefined && piped !== undefined) return { format, own, piped };
  }
  return undefined;
}

/** Undefined, too, where this container cannot tell the codec. */
async function showAs(
  run: Run,
  stream: DescribedStream,
  format: Piped['format'],
): Promise<DescribedStream | undefined> {
  const piped = { ffmpeg: run.ffmpeg, streamIndex: stream.index, format };
  const shown = await unlessUnreadable(probeJson({ ...run, piped }, SHOW, DescribedFile));
  const found = shown?.answer.streams[0];
  return found?.codec_name === stream.codec_name ? found : undefined;
}

/** One that crashes is as little as one that finds nothing, and no end of the others. */
async function unlessUnreadable<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isFaultOfStream(error)) return undefined;
    throw error;
  }
}
