import { isGood } from '../backup-store.ts';
import type { Base } from './base.ts';
import { parseLsn, segmentStart, type Lsn } from './lsn.ts';
import { cover, type Piece } from './piece.ts';
import type { Archive } from './read-archives.ts';
import type { Stretch } from './timeline.ts';

/** The file of a segment, and what it is put together from. */
export interface Segment {
  timeline: number;
  start: Lsn;
  parts: readonly Piece[];
}

/** The way from a base backup along a timeline up to the first hole in the WAL. */
export interface Route {
  archive: Archive;
  base: Base;
  timeline: number;
  segments: readonly Segment[];
  /** Any moment from here on to `until` can be restored. */
  from: Date;
  until: Date;
}

/** All ways that there are: from each good base along each timeline that goes on from it. */
export function routesOf(archives: readonly Archive[], bases: readonly Base[]): Route[] {
  return archives.flatMap((archive) => {
    const own = bases.filter((base) => isGood(base) && base.manifest.archive === archive.id);
    const segmentBytes = BigInt(own[0]?.manifest.segmentBytes ?? 1);
    const pieces = Map.groupBy(archive.pieces, ({ timeline, from }) =>
      place(timeline, segmentStart(from, segmentBytes)),
    );
    return own.flatMap((base) =>
      [...archive.timelines.values()].flatMap((stretches) => routeOf(archive, base, stretches, pieces) ?? []),
    );
  });
}

const place = (timeline: number, start: Lsn): string => `${timeline} ${start}`;

function routeOf(
  archive: Archive,
  base: Base,
  stretches: readonly Stretch[],
  pieces: ReadonlyMap<string, readonly Piece[]>,
): Route | undefined {
  const { manifest } = base;
  const segmentBytes = BigInt(manifest.segmentBytes);
  const stop = parseLsn(manifest.stopLsn);
  const own = stretches.find(({ timeline }) => timeline === manifest.timeline);
  const last = stretches.at(-1);
  // A timeline that left before it was consistent does not go on from it.
  if (own === undefined || last === undefined || (own.end !== undefined && own.end < stop)) return undefined;
  const segments: Segment[] = [];
  // What comes before lies in the base itself.
  for (let start = segmentStart(stop, segmentBytes); ; start += segmentBytes) {
    // The segment of a switch is there once more, whole, on the timeline that it leads to.
    const timeline = stretches.findLast(({ begin }) => segmentStart(begin, segmentBytes) <= start)?.timeline ?? 0;
    const { parts, reached } = cover(pieces.get(place(timeline, start)) ?? [], start);
    if (parts.length > 0) segments.push({ timeline, start, parts });
    if (reached < start + segmentBytes) break;
  }
  const from = new Date(manifest.consistentAt);
  const until = lastBefore(segments.at(-1)?.parts.at(-1)) ?? from;
  return { archive, base, timeline: last.timeline, segments, from, until: until < from ? from : until };
}

/** The last moment of which all is in a piece, or in what comes before it. */
export const lastBefore = (piece: Piece | undefined): Date | undefined =>
  piece === undefined ? undefined : new Date(piece.until.getTime() - 1);

/** The way to a moment: along the timeline that was written to then, from the newest base before; undefined where there is none. */
export function routeTo(routes: readonly Route[], time: Date): Route | undefined {
  const leading = routes.filter(({ from, until }) => from <= time && time <= until);
  // Of those that were left, the one that was left next.
  const first = Math.min(...leading.map(({ until }) => until.getTime()));
  const route = leading
    .filter(({ until }) => until.getTime() === first)
    .toSorted((a, b) => b.timeline - a.timeline || b.base.number - a.base.number)[0];
  return route === undefined ? undefined : { ...route, segments: upTo(route.segments, time) };
}

/** No more than it takes: up to the first piece that goes beyond. */
function upTo(segments: readonly Segment[], time: Date): Segment[] {
  const needed: Segment[] = [];
  for (const segment of segments) {
    const end = segment.parts.findIndex(({ until }) => until > time);
    needed.push(end < 0 ? segment : { ...segment, parts: segment.parts.slice(0, end + 1) });
    if (end >= 0) break;
  }
  return needed;
}

export interface Span {
  from: Date;
  until: Date;
}

/** The times that can be restored, the oldest first: usually one span. */
export function spansOf(routes: readonly Route[]): Span[] {
  const spans: Span[] = [];
  for (const { from, until } of routes.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last.until)
      spans[spans.length - 1] = { from: last.from, until: later(last, until) };
    else if (from < until) spans.push({ from, until });
  }
  return spans;
}

const later = ({ until }: Span, other: Date): Date => (other > until ? other : until);
