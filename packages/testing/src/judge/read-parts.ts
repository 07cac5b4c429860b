import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PicturePart, PublishedExpectation } from '../media/corpus-case.ts';
import { readPattern, type PatternFrame } from '../media/read-pattern.ts';
import type { PublishedVariant } from './published.ts';

const run = promisify(execFile);

/** The brightest that coding leaves of a black bar, and how near to the pattern nothing is asked. */
const BLACK = 40;
const BLUR = 4;

export type ExpectedParts = Pick<PublishedExpectation, 'width' | 'height' | 'parts'>;

export interface ReadParts {
  readonly frames: readonly PatternFrame[];
  readonly complaints: readonly string[];
}

/** The pattern of a rendition's frames, part by part where it does not fill the picture; then there has to be black around it. */
export async function readParts(
  ffmpeg: string,
  { track: { joined: input }, width, height }: PublishedVariant,
  expected: ExpectedParts,
): Promise<ReadParts> {
  const { parts } = expected;
  if (parts === undefined) return { frames: await readPattern({ ffmpeg, input, width, height }), complaints: [] };
  const frames: PatternFrame[] = [];
  const complaints: string[] = [];
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const select = `select='between(n,${from},${from + part.frames - 1})'`;
    const box = boxWithin(part, { across: width / expected.width, down: height / expected.height });
    const crop = `${select},crop=${box.width}:${box.height}:${box.x}:${box.y}:exact=1`;
    frames.push(
      ...(await readPattern({ ffmpeg, input, width: box.width, height: box.height, filter: `format=yuv444p,${crop}` })),
    );
    const isFull = box.width >= width - BLUR && box.height >= height - BLUR;
    const brightest = isFull ? 0 : await brightestAround(ffmpeg, input, { select, box });
    if (brightest > BLACK) complaints.push(`around part ${index} there is a luma of ${brightest}`);
    from += part.frames;
  }
  return { frames, complaints };
}

function boxWithin({ box }: PicturePart, { across, down }: { across: number; down: number }): PicturePart['box'] {
  return {
    x: Math.round(box.x * across),
    y: Math.round(box.y * down),
    width: Math.round(box.width * across),
    height: Math.round(box.height * down),
  };
}

async function brightestAround(
  ffmpeg: string,
  input: string,
  { select, box }: { select: string; box: PicturePart['box'] },
): Promise<number> {
  const place = `x=${box.x - BLUR}:y=${box.y - BLUR}:w=${box.width + 2 * BLUR}:h=${box.height + 2 * BLUR}`;
  const print = 'signalstats,metadata=mode=print:key=lavfi.signalstats.YMAX:file=-';
  const filter = `${select},drawbox=${place}:color=black:t=fill,${print}`;
  const { stdout } = await run(ffmpeg, [
    '-v',
    'error',
    '-nostdin',
    '-i',
    input,
    '-vf',
    filter,
    '-f',
    'null',
    '/dev/null',
  ]);
  return Math.max(...[...stdout.matchAll(/YMAX=(\d+)/g)].map(([, luma]) => Number(luma)));
}
