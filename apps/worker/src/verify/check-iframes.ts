import { boxesIn, type Box } from '../packager/mp4/box.ts';
import { readFragment } from '../packager/mp4/fragment.ts';
import { readTrack } from '../packager/mp4/track.ts';
import type { ListedTrack } from './read-playlists.ts';
import { verifyFailed } from './verify-failed.ts';

/** The I-frame playlist names every key picture of this segment: the bytes of a fragment's header and of its first picture. */
export function checkIframes(
  { kind, rendition, iframes }: ListedTrack,
  name: string,
  { init, bytes }: { init: Buffer; bytes: Buffer },
): void {
  if (kind === 'audio') return;
  const listed = iframes
    .filter((picture) => picture.name === name)
    .map(({ offset, bytes: size }) => `${size}@${offset}`);
  const found = keyPictures(init, bytes);
  if (listed.join() !== found.join())
    throw verifyFailed(
      `the I-frame playlist of ${rendition} lists ${listed.join() || 'nothing'} of ${name}, and its key pictures are ${found.join()}`,
    );
}

function keyPictures(init: Buffer, segment: Buffer): string[] {
  const moov = [...boxesIn(init)].find(({ type }) => type === 'moov');
  if (moov === undefined) throw verifyFailed('there is an initialisation segment without a track');
  const track = readTrack(moov);
  return [...boxesIn(segment)]
    .filter(({ type }) => type === 'moof')
    .flatMap((moof) => {
      const [first] = readFragment(moof, track);
      return first?.isSync === true ? [`${first.offset + first.bytes}@${startOf(moof, segment)}`] : [];
    });
}

/** A box's body is a part of the segment's own memory; its header of eight bytes lies before. */
function startOf({ body }: Box, segment: Buffer): number {
  return body.byteOffset - segment.byteOffset - 8;
}
