import type { PictureDecoder } from '@transcode/contracts';
import type { DescribedStream } from '../described.ts';
import { complaintOf } from '../run-reader.ts';
import { hearFfmpeg, type Trial } from '../try-ffmpeg.ts';

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

const PICTURE = /\bfmt:(\w+) .*?\bs:(\d+)x(\d+) /;
/** The line after it. */
const COLOUR = /\bcolor_range:(\w+) color_space:(\w+) color_primaries:(\w+) color_trc:(\w+)/;

/**
 * Has ffmpeg decode one picture: our ffprobe was built with fewer decoders (no AV1 in software, none that needs zlib, such as PNG, ZMBV
 * and Flash Screen Video).
 */
export async function decodeFirstPicture(
  run: Trial,
  streamIndex: number,
  decoder?: PictureDecoder,
): Promise<FirstPicture> {
  let picture: Described | undefined;
  const found = await hearFfmpeg(run, {
    before: decoder === undefined ? [] : [`-c:${streamIndex}`, decoder],
    output: ['-map', `0:${streamIndex}`, '-frames:v', '1', '-vf', 'showinfo=checksum=0', '-f', 'null', '-'],
    hear: (line) => {
      picture ??= pictureIn(line);
      if (picture !== undefined) picture = { ...colourIn(line), ...picture };
    },
  });
  return { described: picture, complaint: complaintOf(found) };
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
