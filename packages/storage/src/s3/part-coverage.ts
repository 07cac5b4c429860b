/** One object below `<key>.parts/`: it holds the bytes from `start` up to `end`. */
export interface Part {
  key: string;
  start: number;
  end: number;
}

/** The bytes from `from` up to `to` of the whole, which `part` holds. */
export interface Piece {
  part: Part;
  from: number;
  to: number;
}

export interface Coverage {
  /** Contiguous bytes from the beginning. */
  size: number;
  pieces: Piece[];
  /** Parts that add nothing: what a merge or a writer that died left behind. */
  unused: Part[];
}

/** Finds the longest whole that the parts make, whatever their overlaps and gaps. */
export function coverageOf(parts: readonly Part[]): Coverage {
  const sorted = parts.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Piece[] = [];
  let size = 0;
  let next = 0;
  let best: Part | undefined;
  for (;;) {
    for (let part = sorted[next]; part !== undefined && part.start <= size; part = sorted[next]) {
      if (part.end > (best?.end ?? 0)) best = part;
      next += 1;
    }
    if (best === undefined || best.end <= size) break;
    pieces.push({ part: best, from: size, to: best.end });
    size = best.end;
  }
  const used = new Set(pieces.map(({ part }) => part));
  return { size, pieces, unused: sorted.filter((part) => !used.has(part)) };
}

/** The small pieces at the end, which the next bytes are written together with: fewer than `limit` bytes in all. */
export function smallTail(pieces: readonly Piece[], limit: number): Piece[] {
  let bytes = 0;
  let first = pieces.length;
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index];
    if (piece === undefined || bytes + piece.to - piece.from >= limit) break;
    bytes += piece.to - piece.from;
    first = index;
  }
  return pieces.slice(first);
}

/** What of the whole lies between `from` and `to`. */
export function slice(pieces: readonly Piece[], from: number, to: number): Piece[] {
  return pieces.flatMap((piece) => {
    const clipped = { part: piece.part, from: Math.max(piece.from, from), to: Math.min(piece.to, to) };
    return clipped.from < clipped.to ? [clipped] : [];
  });
}
