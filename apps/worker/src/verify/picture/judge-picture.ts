import { REACH, type PictureFits } from './picture-fits.ts';

/** Frames that are judged together. */
const WINDOW = 12;
/** Frames on each side among which a frame's own difference is usual or not. */
const USUAL_WITHIN = 24;
/** Differences below this, in levels, are what coding and scaling leave. */
const LEAST_USUAL = 0.3;
/** A single frame is out of place if it differs by so much, so many times more than usual, and that much less from a neighbour. */
const SINGLE = { least: 2, times: 6, neighbour: 0.25 };
/** A window is out of place if the neighbours fit by this share of the right ones, and by so many levels in all. */
const TOGETHER = { share: 0.6, levels: 6 };
/** A window shows something else if it differs by so much, and so many times more than the source moves: a starved encoder lags. */
const FOREIGN = { least: 8, moves: 3 };

/** So many frames before a part are judged with it: then its parts find what the whole video would. */
export const FRAMES_BEFORE = 2 * USUAL_WITHIN;

/** The part of the video that is judged, and how long the video is. */
export interface JudgedPart {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly frames: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What is wrong with the order of a rendition's frames, as the end of a sentence; undefined if nothing is, or nothing moves enough to
 * tell. Measured on noise, cuts, fades and flashes at starved bit rates: none of those may be refused.
 *
 * `fits` begins `FRAMES_BEFORE` frames or more before the part, or with the video. Each frame and each window is judged by the part
 * that has all around it, so that a seam hides nothing and adds nothing.
 */
export function judgePicture(
  fits: PictureFits,
  part: JudgedPart,
  isStarved: (frame: number) => boolean,
): string | undefined {
  const windows = windowsOf(fits, part);
  return shifted(fits, windows) ?? outOfPlace(fits, singlesOf(part), isStarved) ?? foreign(fits, windows);
}

/** An encoder without bits to spend may skip a frame by itself. */
function outOfPlace(fits: PictureFits, { from, to }: Span, isStarved: (frame: number) => boolean): string | undefined {
  for (let frame = from; frame < to; frame += 1) {
    const same = fits.fit(frame);
    if (same < SINGLE.least || same < SINGLE.times * LEAST_USUAL) continue;
    const offset = bestNeighbour((at) => fits.fit(frame, at));
    if (fits.fit(frame, offset) > same * SINGLE.neighbour || same < SINGLE.times * usual(fits, frame)) continue;
    if (isStarved(frame)) continue;
    return `frame ${frame} shows what frame ${frame + offset} of the source does`;
  }
  return undefined;
}

/** The last frames of a part are judged with the next one, which knows what comes after them. */
function singlesOf({ startFrame, endFrame, frames }: JudgedPart): Span {
  return {
    from: Math.max(0, startFrame - USUAL_WITHIN),
    to: endFrame === frames ? frames : endFrame - USUAL_WITHIN,
  };
}

/** The median difference of the frames around. */
function usual(fits: PictureFits, frame: number): number {
  const from = Math.max(fits.from, frame - USUAL_WITHIN);
  const to = Math.min(fits.to, frame + USUAL_WITHIN + 1);
  const sorted = Array.from({ length: to - from }, (_, index) => fits.fit(from + index)).toSorted((a, b) => a - b);
  return Math.max(LEAST_USUAL, sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function shifted(fits: PictureFits, windows: readonly Span[]): string | undefined {
  for (const { from, to } of windows) {
    const same = total(from, to, (frame) => fits.fit(frame));
    const offset = bestNeighbour((at) => total(from, to, (frame) => fits.fit(frame, at)));
    const best = total(from, to, (frame) => fits.fit(frame, offset));
    if (best > same * TOGETHER.share || same - best < TOGETHER.levels) continue;
    const way = offset < 0 ? 'late' : 'early';
    const places = Math.abs(offset) === 1 ? '1 frame' : `${Math.abs(offset)} frames`;
    return `from frame ${from} on, the picture is ${places} ${way} against the source`;
  }
  return undefined;
}

function foreign(fits: PictureFits, windows: readonly Span[]): string | undefined {
  for (const { from, to } of windows) {
    const same = total(from, to, (frame) => fits.fit(frame)) / (to - from);
    const moves = total(from, to, (frame) => fits.move(frame)) / (to - from);
    if (same >= FOREIGN.least && same >= moves * FOREIGN.moves)
      return `from frame ${from} on, the picture is not the source's`;
  }
  return undefined;
}

/**
 * Overlapping by half, at the same places however the video is cut; the last ends with the last frame. Those before the part are
 * judged again: they tell whether this part counts the source's frames as the one before did.
 */
function windowsOf(fits: PictureFits, { endFrame, frames }: JudgedPart): Span[] {
  const length = Math.min(WINDOW, frames);
  const step = WINDOW / 2;
  const last = endFrame === frames ? [{ from: frames - length, to: frames }] : [];
  const found: Span[] = [];
  for (let from = Math.ceil(fits.from / step) * step; from + length <= endFrame; from += step)
    if (from + length < frames) found.push({ from, to: from + length });
  return [...found, ...last];
}

function total(from: number, to: number, of: (frame: number) => number): number {
  let sum = 0;
  for (let frame = from; frame < to; frame += 1) sum += of(frame);
  return sum;
}

function bestNeighbour(fit: (offset: number) => number): number {
  let best = -1;
  for (let offset = -REACH; offset <= REACH; offset += 1) if (offset !== 0 && fit(offset) < fit(best)) best = offset;
  return best;
}
