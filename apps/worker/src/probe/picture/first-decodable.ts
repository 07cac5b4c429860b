import { SOURCE_LIMITS, TranscodeError, type PictureDecoder } from '@transcode/contracts';
import { area } from './choose-pictures.ts';
import { decodeFirstPicture } from './decode-first-picture.ts';
import type { DescribedStream } from '../described.ts';
import type { SourceRun } from '../around/read-around.ts';
import { isFaultOfStream } from '../run-reader.ts';
import { hasAlpha } from './pixel-format.ts';
import { sampleFrames, type FrameSample } from './sample-frames.ts';

export interface DecodablePicture {
  readonly stream: DescribedStream;
  readonly sample: FrameSample;
  /** What has to decode it; the stream's pixel format is what that makes of it. */
  readonly decoder?: PictureDecoder;
}

/** Of codecs in which transparency is a picture beside the picture, which others do not look at. */
const SEE_ALPHA: ReadonlyMap<string | undefined, PictureDecoder> = new Map([
  ['vp8', 'libvpx'],
  ['vp9', 'libvpx-vp9'],
]);

/** The first of these pictures that can be decoded; where none can, the reason why the likeliest cannot. */
export async function firstDecodable(
  run: SourceRun & { readonly ffmpeg: string },
  candidates: readonly DescribedStream[],
): Promise<DecodablePicture> {
  let refusal: unknown;
  for (const candidate of candidates) {
    try {
      return await decodable(run, candidate);
    } catch (error) {
      if (!isFaultOfStream(error)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

async function decodable(
  run: SourceRun & { readonly ffmpeg: string },
  stream: DescribedStream,
): Promise<DecodablePicture> {
  if (area(stream) > SOURCE_LIMITS.pixels) throw tooManyPixels(`${stream.width}x${stream.height}`);
  const sample = await sampleFrames(run, stream.index);
  const seen = saysAlpha(stream) ? await withAlpha(run, stream) : undefined;
  if (seen !== undefined) return { ...seen, sample };
  return { sample, stream: sample.frames.length > 0 ? stream : await decodedBy(run, { stream, sample }) };
}

/** Matroska's word for it, as the file has it and as those write it who copy its tags. */
export function saysAlpha({ tags }: Pick<DescribedStream, 'tags'>): boolean {
  return (tags?.['alpha_mode'] ?? tags?.['ALPHA_MODE']) === '1';
}

/** Undefined where no decoder here sees that any of it is transparent. */
async function withAlpha(
  run: SourceRun & { readonly ffmpeg: string },
  stream: DescribedStream,
): Promise<Omit<DecodablePicture, 'sample'> | undefined> {
  const decoder = SEE_ALPHA.get(stream.codec_name);
  if (decoder === undefined) return undefined;
  const { described } = await decodeFirstPicture(run, stream.index, decoder);
  const format = described?.pix_fmt;
  return format !== undefined && hasAlpha(format) ? { decoder, stream: { ...stream, pix_fmt: format } } : undefined;
}

/** What a decoder says of a size that it does not take. */
const SIZE_REFUSED = /Picture size (\d+x\d+) (?:is invalid|exceeds)/;

/** What ffmpeg finds in a stream of which ffprobe could decode nothing. */
async function decodedBy(
  run: SourceRun & { readonly ffmpeg: string },
  { stream, sample }: DecodablePicture,
): Promise<DescribedStream> {
  const size = SIZE_REFUSED.exec(sample.tail)?.[1];
  if (size !== undefined) throw tooManyPixels(size);
  const { described, complaint } = await decodeFirstPicture(run, stream.index);
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

function tooManyPixels(size: string): TranscodeError {
  const limit = `${SOURCE_LIMITS.pixels.toLocaleString('en')} pixels`;
  return new TranscodeError('source_too_large', { what: `pictures of ${size}`, limit });
}
