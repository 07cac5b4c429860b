import { describe, expect, test } from 'vitest';
import { FRAMES_BEFORE, judgePicture } from '../../../src/verify/picture/judge-picture.ts';
import { PictureFits } from '../../../src/verify/picture/picture-fits.ts';

const FRAMES = 400;
/** Whole groups of 25 frames; one chunk is shorter than what a frame is judged with, the last is a single frame. */
const CUTS = [0, 25, 200, 225, 375, 399, FRAMES];
const GROUP = 25;

type Shown = (frame: number) => number;

/** What coding leaves: what is usual depends on the frames around. */
const noise = (frame: number): number => (Math.floor(frame / 17) % 2 === 0 ? 0.1 : 0.9) + 0.05 * Math.sin(frame * 7);

/** Fits of frames that show what `shown` says, of a source that moves by `moves` levels from frame to frame. */
function fitsOf(shown: Shown, moves: number, { from, to }: { from: number; to: number }): PictureFits {
  const fits = new PictureFits(from);
  for (let frame = from; frame < to; frame += 1) {
    const places = [-2, -1, 0, 1, 2].map((offset) => frame + offset);
    fits.add(
      places.map((place) =>
        place < 0 || place >= FRAMES ? Infinity : noise(frame) + moves * Math.abs(place - shown(frame)),
      ),
      moves,
    );
  }
  return fits;
}

const never = (): boolean => false;

function whole(shown: Shown, moves: number): string | undefined {
  const fits = fitsOf(shown, moves, { from: 0, to: FRAMES });
  return judgePicture(fits, { startFrame: 0, endFrame: FRAMES, frames: FRAMES }, never);
}

function inParts(shown: Shown, moves: number): (string | undefined)[] {
  return CUTS.slice(1).map((endFrame, index) => {
    const startFrame = CUTS[index] ?? 0;
    const from = startFrame - Math.ceil(Math.min(startFrame, FRAMES_BEFORE) / GROUP) * GROUP;
    const fits = fitsOf(shown, moves, { from: Math.max(0, from), to: endFrame });
    return judgePicture(fits, { startFrame, endFrame, frames: FRAMES }, never);
  });
}

const isBetween = (frame: number, from: number, count: number): boolean => frame >= from && frame < from + count;

/** Each at every place around the seams. */
const FAULTS: Readonly<Record<string, (at: number) => Shown>> = {
  'one frame early': (at) => (frame) => (frame === at ? frame + 1 : frame),
  'one frame late': (at) => (frame) => (frame === at ? frame - 1 : frame),
  'seven frames early': (at) => (frame) => (isBetween(frame, at, 7) ? frame + 1 : frame),
  'eight frames late': (at) => (frame) => (isBetween(frame, at, 8) ? frame - 1 : frame),
  'twelve frames two early': (at) => (frame) => (isBetween(frame, at, 12) ? frame + 2 : frame),
  'all late from here': (at) => (frame) => (frame >= at ? frame - 1 : frame),
  'frozen for ten': (at) => (frame) => (isBetween(frame, at, 10) ? at : frame),
  'something else for ten': (at) => (frame) => (isBetween(frame, at, 10) ? frame + 1000 : frame),
};

describe('parts find what the whole would', () => {
  test.each(Object.entries(FAULTS))('%s', (_, fault) => {
    let found = 0;
    for (const moves of [0.5, 4]) {
      for (const seam of CUTS) {
        for (let at = Math.max(0, seam - 30); at < Math.min(FRAMES, seam + 30); at += 1) {
          const verdict = whole(fault(at), moves);
          const parts = inParts(fault(at), moves).filter((each) => each !== undefined);
          expect([at, moves, parts.length > 0]).toEqual([at, moves, verdict !== undefined]);
          if (verdict === undefined) continue;
          found += 1;
          expect(parts).toContain(verdict);
        }
      }
    }
    expect(found).toBeGreaterThan(100);
  });

  test('and nothing where nothing is wrong', () => {
    for (const moves of [0, 0.3, 4])
      expect(inParts((frame) => frame, moves)).toEqual(CUTS.slice(1).map(() => undefined));
  });
});
