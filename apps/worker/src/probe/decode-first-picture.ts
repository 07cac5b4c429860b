import { sourceArgv } from '@transcode/planner';
import type { Source } from '@transcode/storage';
import { networkOf } from '../ffmpeg/child-limits.ts';
import { startChild } from '../ffmpeg/child-process.ts';
import { readDiagnostics } from '../ffmpeg/diagnostics.ts';
import type { DescribedStream } from './described.ts';

type Described = Partial<
  Pick<
    DescribedStream,
    'width' | 'height' | 'pix_fmt' | 'color_range' | 'color_space' | 'color_primaries' | 'color_transfer'
  >
>;

export interface FirstPicture {
  /** What the picture says of itself; undefined where none could be decoded. */
  readonly described: Described | undefined;
  /** Why not. */
  readonly complaint: string;
}

interface Opened {
  readonly ffmpeg: string;
  readonly source: Pick<Source, 'input' | 'protocols' | 'file' | 'enter'>;
  readonly demuxer: string;
  readonly signal: AbortSignal;
}

const SECONDS = 60;
const PICTURE = /\bfmt:(\w+) .*?\bs:(\d+)x(\d+) /;
/** The line after it. */
const COLOUR = /\bcolor_range:(\w+) color_space:(\w+) color_primaries:(\w+) color_trc:(\w+)/;

/**
 * Has ffmpeg decode one picture: our ffprobe was built with fewer decoders (no AV1 in software, none that needs zlib, such as PNG, ZMBV
 * and Flash Screen Video).
 */
export async function decodeFirstPicture(run: Opened, streamIndex: number): Promise<FirstPicture> {
  const { ffmpeg, source, demuxer, signal } = run;
  const argv = [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats'],
    ...sourceArgv({ demuxer, source: source.input, protocols: source.protocols }),
    ...['-map', `0:${streamIndex}`, '-frames:v', '1', '-vf', 'showinfo=checksum=0', '-f', 'null', '-'],
  ];
  const child = startChild({
    ...{ file: ffmpeg, argv, limits: { seconds: SECONDS, fileBytes: 0, network: networkOf(source) }, signal },
    stdin: source.file === undefined ? 'none' : { file: source.file },
  });
  child.stdout.resume();
  let picture: Described | undefined;
  const hear = (line: string): void => {
    picture ??= pictureIn(line);
    if (picture !== undefined) picture = { ...colourIn(line), ...picture };
  };
  const [diagnostics] = await Promise.all([readDiagnostics(child.stderr, source.input, hear), child.exited]);
  signal.throwIfAborted();
  return { described: picture, complaint: diagnostics.reason };
}

function pictureIn(line: string): Described | undefined {
  const [, format, width, height] = PICTURE.exec(line) ?? [];
  return format === undefined ? undefined : { pix_fmt: format, width: Number(width), height: Number(height) };
}

function colourIn(line: string): Described {
  const [, range, space, primaries, transfer] = COLOUR.exec(line) ?? [];
  if (range === undefined) return {};
  return { color_range: range, color_space: space, color_primaries: primaries, color_transfer: transfer };
}
