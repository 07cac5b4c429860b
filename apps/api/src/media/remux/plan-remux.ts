import type { ChunkIndex, RenditionChunkIndex } from '@transcode/contracts';
import { unreadable } from './boxes.ts';

/** One published segment as a part of the joined file. Its length stays; only numbers in it change. */
interface RemuxPart {
  readonly key: string;
  readonly bytes: number;
  readonly track: number;
  /** Of its first fragment; each further one has the next. */
  readonly sequence: number;
}

interface RemuxPlan {
  readonly initKeys: readonly string[];
  /** In the order of time, so that a player has sound and picture together. */
  readonly parts: readonly RemuxPart[];
  readonly seconds: number;
}

/** How the segments of some renditions become one file. Pure. */
export function planRemux(chunks: readonly ChunkIndex[], names: readonly string[]): RemuxPlan {
  const tracks = names.map((name) => partsOf(chunks, name));
  const timed = tracks.flatMap((track, at) =>
    track.flatMap(({ timescale, segments }) =>
      segments.map((segment) => ({
        ...{ key: segment.key, bytes: segment.bytes, track: at + 1 },
        ...{ startSeconds: segment.tick / timescale, endSeconds: (segment.tick + segment.ticks) / timescale },
        // One for each group of pictures, one for a segment of sound.
        fragments: Math.max(1, segment.keyPictures.length),
      })),
    ),
  );
  const ordered = timed.toSorted((a, b) => a.startSeconds - b.startSeconds || a.track - b.track);
  let sequence = 1;
  const parts = ordered.map(({ key, bytes, track, fragments }) => {
    const part = { key, bytes, track, sequence };
    sequence += fragments;
    return part;
  });
  return {
    initKeys: tracks.map(([first]) => first?.init.key ?? ''),
    parts,
    seconds: timed.reduce((longest, { endSeconds }) => Math.max(longest, endSeconds), 0),
  };
}

function partsOf(chunks: readonly ChunkIndex[], name: string): RenditionChunkIndex[] {
  const parts = chunks.flatMap(({ renditions }) => renditions.filter(({ rendition }) => rendition === name));
  if (parts.length === 0) throw unreadable(`${name} has no segments`);
  return parts;
}
