import type { Lsn } from './lsn.ts';
import { segmentStart } from './lsn.ts';
import type { Archive } from './read-archives.ts';
import type { Stretch } from './timeline.ts';

/**
 * Where an archive goes on by the history of the server, at the beginning of a segment; undefined where the server comes from nothing
 * that the archive has.
 */
export function whereToBegin(
  { pieces }: Pick<Archive, 'pieces'>,
  history: readonly Stretch[],
  segmentBytes: bigint,
): { timeline: number; from: Lsn } | undefined {
  const last = pieces.at(-1);
  const index = history.findIndex(({ timeline }) => timeline === last?.timeline);
  const stretch = history[index];
  if (last === undefined || stretch === undefined) return undefined;
  const reached = pieces.reduce((to, piece) => (piece.timeline === last.timeline && piece.to > to ? piece.to : to), 0n);
  if (stretch.end === undefined || reached < stretch.end)
    return { timeline: stretch.timeline, from: segmentStart(reached, segmentBytes) };
  // The file of the new timeline begins with what the old one has of that segment.
  const next = history[index + 1];
  return next === undefined ? undefined : { timeline: next.timeline, from: segmentStart(next.begin, segmentBytes) };
}
