/** A chunk that a worker did; times in milliseconds since the epoch. */
export interface DoneChunk {
  readonly workerId: string;
  readonly start: number;
  readonly end: number;
  readonly frames: number;
}

/** A time in which these workers, and no others, might take chunks. */
export interface Stretch {
  readonly workers: readonly string[];
  readonly from: number;
  readonly to: number;
}

/**
 * The part of a stretch in which just its workers work: the others have done what they had, those have begun, and there is still more
 * to take. Absent where nothing is left of it.
 */
export function settled({ workers, from, to }: Stretch, chunks: readonly DoneChunk[]): Stretch | undefined {
  const begins = workers.map((id) => {
    const after = chunks.filter(({ workerId, end }) => workerId === id && end > from);
    return Math.min(...after.map(({ start }) => start));
  });
  const leftOvers = chunks.filter(
    ({ workerId, start, end }) => !workers.includes(workerId) && end > from && start < to,
  );
  const lastTaken = Math.max(...chunks.map(({ start }) => start));
  const clipped = {
    workers,
    from: Math.max(from, ...begins, ...leftOvers.map(({ end }) => end)),
    to: Math.min(to, lastTaken),
  };
  return clipped.from < clipped.to ? clipped : undefined;
}

/** Of all stretches together; a chunk that lies in one in part counts by that part. */
export function framesPerSecond(stretches: readonly Stretch[], chunks: readonly DoneChunk[]): number {
  let frames = 0;
  let ms = 0;
  for (const { from, to } of stretches) {
    ms += to - from;
    for (const { start, end, frames: whole } of chunks) {
      const common = Math.min(end, to) - Math.max(start, from);
      if (common > 0) frames += (whole * common) / (end - start);
    }
  }
  return (frames / ms) * 1000;
}
