/**
 * A picture that tells the truth about itself: its frame number in 16 blocks (bit set = white), a white square in its upper left
 * corner (upright, not mirrored, not stretched), and a band that flashes on the first frame of each second.
 * All of it is luma, so that it survives 4:2:0, grey and colour conversions.
 */

const BITS = 16;
/** How long a beep lasts, once a second. */
export const BEEP_SECONDS = 0.06;
const COLUMNS = 8;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where things are in an upright picture of `width` x `height` pixels. */
export function patternLayout(width: number, height: number) {
  const side = Math.round(Math.min(width, height) * 0.16);
  const inset = Math.round(Math.min(width, height) * 0.04);
  const cellWidth = width / COLUMNS;
  const cellHeight = (height / 2 / BITS) * COLUMNS;
  const bit = (index: number): Box => ({
    x: Math.round((index % COLUMNS) * cellWidth),
    y: Math.round(height / 2 + Math.floor(index / COLUMNS) * cellHeight),
    width: Math.floor(cellWidth),
    height: Math.floor(cellHeight),
  });
  return {
    strip: { x: 0, y: 0, width, height: side + 2 * inset },
    marker: { x: inset, y: inset, width: side, height: side },
    flash: { x: 0, y: Math.round(height * 0.38), width, height: Math.round(height * 0.12) },
    bits: Array.from({ length: BITS }, (_, index) => bit(index)),
  };
}

export interface PatternOptions {
  readonly width: number;
  readonly height: number;
  /** Frames per second as ffmpeg writes them: `25`, `30000/1001`. */
  readonly rate: string;
  readonly frames: number;
  /** Source pictures that carry the same number: 2 for the two fields of an interlaced frame. */
  readonly picturesPerNumber?: number;
  /** Number of the first frame. */
  readonly first?: number;
}

function drawBox(box: Box, colour: 'black' | 'white', enable?: string): string {
  const place = `drawbox=x=${box.x}:y=${box.y}:w=${box.width}:h=${box.height}:color=${colour}:t=fill`;
  return enable === undefined ? place : `${place}:enable='${enable}'`;
}

/** The lavfi graph that draws the pattern, without an output format. */
export function patternGraph({
  width,
  height,
  rate,
  frames,
  picturesPerNumber = 1,
  first = 0,
}: PatternOptions): string {
  const layout = patternLayout(width, height);
  const number = `(floor(n/${picturesPerNumber})+${first})`;
  const period = `${picturesPerNumber}*(${invert(rate)})`;
  return [
    `testsrc2=size=${width}x${height}:rate=${rate}`,
    'format=yuv444p',
    drawBox(layout.strip, 'black'),
    drawBox(layout.marker, 'white'),
    drawBox(layout.flash, 'black'),
    drawBox(layout.flash, 'white', `lt(mod(t+0.0001,1),${period})`),
    ...layout.bits.flatMap((box, index) => [
      drawBox(box, 'black'),
      drawBox(inside(box), 'white', `mod(floor(${number}/${2 ** index}),2)`),
    ]),
    `trim=end_frame=${frames * picturesPerNumber}`,
  ].join(',');
}

/** A beep of 1 kHz at the start of each second, as a lavfi source. */
export function beepGraph({ seconds, rate, channels }: { seconds: number; rate: number; channels: string }): string {
  const count = { mono: 1, stereo: 2, '5.1': 6, '7.1': 8 }[channels] ?? 2;
  const expression = Array.from({ length: count }, () => `0.5*sin(2*PI*1000*t)*lt(mod(t,1),${BEEP_SECONDS})`).join('|');
  return `aevalsrc='${expression}':c=${channels}:s=${rate}:d=${seconds}`;
}

export function inside(box: Box): Box {
  const marginX = Math.floor(box.width * 0.15);
  const marginY = Math.floor(box.height * 0.15);
  return { x: box.x + marginX, y: box.y + marginY, width: box.width - 2 * marginX, height: box.height - 2 * marginY };
}

function invert(rate: string): string {
  const [num, den = '1'] = rate.split('/');
  return `${den}/${num}`;
}
