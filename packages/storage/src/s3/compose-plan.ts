import { slice, type Coverage, type Piece } from './part-coverage.ts';

/** Amazon refuses a part below this, unless it is the last, copied ones too. */
export const MIN_PART_BYTES = 5 * 1024 ** 2;
/** And more parts than this. */
export const MAX_PARTS = 10_000;

/** One part of the finished object: copied inside the server, or, where pieces are too small for that, sent by us. */
export interface ComposeStep {
  kind: 'copy' | 'send';
  pieces: Piece[];
}

/** How pieces become one object with no byte sent twice, the few around small pieces aside. */
export function composePlan({ pieces, size }: Coverage): ComposeStep[] {
  const steps: ComposeStep[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.to <= at) continue;
    const rest = { part: piece.part, from: Math.max(piece.from, at), to: piece.to };
    const last = rest.to === size;
    // Amazon copies a range only out of more than the least part.
    const whole = rest.from === rest.part.start && rest.to === rest.part.end;
    if (rest.to - rest.from >= MIN_PART_BYTES || (last && whole)) {
      steps.push({ kind: 'copy', pieces: [rest] });
      at = rest.to;
    } else {
      at = Math.min(rest.from + MIN_PART_BYTES, size);
      steps.push({ kind: 'send', pieces: slice(pieces, rest.from, at) });
    }
  }
  return steps;
}
