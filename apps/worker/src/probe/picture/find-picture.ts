import type { SourceRun } from '../around/read-around.ts';
import type { DescribedStream } from '../described.ts';
import type { Packets } from '../read-packets.ts';
import { choosePictures, likeliestPicture } from './choose-pictures.ts';
import { findShapes, type SeenShapes } from './find-shapes.ts';
import { firstDecodable, type DecodablePicture } from './first-decodable.ts';

/** All packets of a source, and the shapes of the picture that is likely to be its film. */
interface ReadThrough {
  readonly packets: Packets;
  readonly seen: SeenShapes;
  readonly likeliest: DescribedStream | undefined;
}

export interface FoundPicture extends DecodablePicture, SeenShapes {
  readonly packets: Packets;
}

/** Shapes are looked for while packets are read. */
export async function readThrough(
  run: SourceRun,
  streams: readonly DescribedStream[],
  reading: Promise<Packets>,
): Promise<ReadThrough> {
  const likeliest = likeliestPicture(streams.filter((stream) => stream.codec_type === 'video'));
  const [packets, seen] = await findShapes(run, likeliest, reading);
  return { packets, seen, likeliest };
}

/** The film among the pictures of a source. */
export async function findPicture(
  run: SourceRun & { readonly ffmpeg: string },
  streams: readonly DescribedStream[],
  { packets, seen, likeliest }: ReadThrough,
): Promise<FoundPicture> {
  const found = await firstDecodable(run, choosePictures(streams, packets.pictures));
  const isSame = found.stream.index === likeliest?.index;
  const shapes = isSame ? seen : (await findShapes(run, found.stream, Promise.resolve()))[1];
  return { ...found, packets, ...shapes };
}
