import { TranscodeError } from '@transcode/contracts';
import type { DescribedStream } from '../described.ts';
import type { PacketTimes } from '../read-packets.ts';

/** A stream with fewer pictures than this share of the longest one's is none that somebody wants to watch. */
const LEAST_SHARE = 0.05;

/**
 * The streams that may be the film, the likeliest first. A cover or a title picture is known by its being alone, whatever the file calls
 * it: one picture is published only where there is nothing else, and it is not said to be a cover.
 */
export function choosePictures(
  streams: readonly DescribedStream[],
  packets: ReadonlyMap<number, PacketTimes>,
): [DescribedStream, ...DescribedStream[]] {
  if (streams.length === 0) throw new TranscodeError('source_unreadable', { reason: 'it holds no streams' });
  const count = ({ index }: DescribedStream): number => packets.get(index)?.pts.length ?? 0;
  const pictures = streams.filter((stream) => stream.codec_type === 'video');
  const moving = pictures.filter((stream) => count(stream) > 1);
  const films = moving.filter((stream) => !isThumbnails(stream));
  const candidates = films.length > 0 ? films : pictures.filter((stream) => !isCalledStill(stream));
  const most = Math.max(...candidates.map(count));
  const [best, ...others] = candidates
    .filter((stream) => count(stream) >= most * LEAST_SHARE)
    .toSorted((a, b) => rank(a) - rank(b) || defaultness(b) - defaultness(a) || area(b) - area(a));
  if (best === undefined) throw new TranscodeError('source_has_no_video');
  if (count(best) === 0) throw new TranscodeError('source_unreadable', { reason: 'it holds no frames' });
  return [best, ...others];
}

/** The one that will most likely be chosen, by what is known before its packets are read. */
export function likeliestPicture(pictures: readonly DescribedStream[]): DescribedStream | undefined {
  return pictures
    .filter((stream) => !isCalledStill(stream))
    .toSorted((a, b) => defaultness(b) - defaultness(a) || area(b) - area(a))[0];
}

/** A cover or thumbnails, by its flags. */
export function isCalledStill(stream: DescribedStream): boolean {
  return isCover(stream) || isThumbnails(stream);
}

export function area({ width = 0, height = 0 }: DescribedStream): number {
  return width * height;
}

/** What is called a cover comes last, though it moves. */
function rank(stream: DescribedStream): number {
  return isCover(stream) ? 1 : 0;
}

function isCover({ disposition }: DescribedStream): boolean {
  return disposition?.['attached_pic'] === 1;
}

/** Many small pictures for a player's time line. */
function isThumbnails({ disposition }: DescribedStream): boolean {
  return disposition?.['timed_thumbnails'] === 1;
}

function defaultness({ disposition }: DescribedStream): number {
  return disposition?.['default'] ?? 0;
}
