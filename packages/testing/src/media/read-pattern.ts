import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inside, patternLayout, type Box } from './pattern.ts';

export interface PatternFrame {
  /** The burned-in number; -1 where white and black are too alike for there to be one. */
  readonly number: number;
  readonly flash: boolean;
  /** White and square where it belongs, black right of it and below it. */
  readonly upright: boolean;
}

export interface ReadPatternOptions {
  readonly ffmpeg: string;
  readonly input: string;
  /** Of the decoded picture as it should be seen. */
  readonly width: number;
  readonly height: number;
  readonly inputOptions?: readonly string[];
  /** Filter before reading, for sources that are not upright or square themselves. */
  readonly filter?: string;
}

/** Decodes with ffmpeg and reads the pattern of each frame in the order of presentation. */
export async function readPattern(options: ReadPatternOptions): Promise<PatternFrame[]> {
  const { width, height } = options;
  const filter = [options.filter, 'format=gray'].filter((part) => part !== undefined).join(',');
  const child = spawn(
    options.ffmpeg,
    ['-v', 'error', '-nostdin', ...(options.inputOptions ?? []), '-i', options.input]
      .concat(['-map', '0:v:0', '-an', '-vf', filter, '-fps_mode', 'passthrough'])
      .concat(['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1']),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const closed = once(child, 'close');
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const frames: PatternFrame[] = [];
  const size = width * height;
  let rest: Buffer = Buffer.alloc(0);
  for await (const data of child.stdout as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    while (rest.length >= size) {
      frames.push(readFrame(rest.subarray(0, size), width, height));
      rest = rest.subarray(size);
    }
  }
  const [code] = (await closed) as [number | null];
  if (code !== 0 || rest.length > 0) {
    throw new Error(
      `ffmpeg could not read ${options.input} as ${width}x${height} (exit ${code}): ${errors.slice(-800)}`,
    );
  }
  return frames;
}

/** White is at least so much lighter than black, of 255. */
const CONTRAST = 60;

function readFrame(grey: Buffer, width: number, height: number): PatternFrame {
  const layout = patternLayout(width, height);
  const { marker } = layout;
  const right = { ...marker, x: marker.x + Math.round(marker.width * 1.25), width: Math.round(marker.width * 0.5) };
  const opposite = { ...marker, x: width - marker.x - marker.width };
  const black = mean(grey, width, centre(opposite));
  const contrast = mean(grey, width, centre(marker)) - black;
  // Half between the two, whatever a source's colours make of them.
  const white = (box: Box) => mean(grey, width, centre(box)) > black + contrast / 2;
  const read = layout.bits.reduce((sum, box, index) => sum + (white(inside(box)) ? 2 ** index : 0), 0);
  const number = contrast < CONTRAST ? -1 : read;
  const upright = white(marker) && !white(right) && !white(opposite) && isSquare(grey, width, layout);
  return { number, flash: white(layout.flash), upright };
}

/** Share of a side by which the marker may be longer than wide, beyond what rounding to pixels and blur do. */
const STRETCHED = 0.03;
const BLUR_PIXELS = 0.8;

/**
 * Measured by the light through the marker's middle beyond that of the black around it, so that soft edges count for what they are,
 * whatever a source's colours make of black and white.
 */
function isSquare(grey: Buffer, width: number, { strip, marker }: ReturnType<typeof patternLayout>): boolean {
  const middleX = marker.x + Math.floor(marker.width / 2);
  const middleY = marker.y + Math.floor(marker.height / 2);
  const at = (x: number, y: number): number => grey[y * width + x] ?? 0;
  const black = mean(grey, width, centre({ ...marker, x: width - marker.x - marker.width }));
  const white = mean(grey, width, centre(marker));
  const light = (x: number, y: number): number => (at(x, y) - black) / Math.max(1, white - black);
  let [across, down] = [0, 0];
  for (let x = 0; x < marker.x + 2 * marker.width; x += 1) across += light(x, middleY);
  for (let y = 0; y < strip.height; y += 1) down += light(middleX, y);
  return Math.abs(across - down) <= BLUR_PIXELS + STRETCHED * Math.max(across, down);
}

function centre(box: Box): Box {
  return {
    x: box.x + Math.floor(box.width / 4),
    y: box.y + Math.floor(box.height / 4),
    width: Math.max(1, Math.ceil(box.width / 2)),
    height: Math.max(1, Math.ceil(box.height / 2)),
  };
}

function mean(grey: Buffer, width: number, box: Box): number {
  let sum = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) sum += grey[y * width + x] ?? 0;
  }
  return sum / (box.width * box.height);
}
