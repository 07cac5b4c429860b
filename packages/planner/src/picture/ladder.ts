import type { Preset, VideoStream } from '@transcode/contracts';

export interface LadderRung {
  readonly width: number;
  readonly height: number;
  /** Average cap, in bits per second. */
  readonly bitRate: number;
}

type Rung = Preset['ladder'][number];

/** Encoders and players agree on nothing smaller. */
const LEAST_SIDE = 16;
/** A rung this near below the source's own size would be the same picture twice. */
const NEAR = 1.1;

/**
 * The rungs of the preset, by the picture's short side, that the source fills, highest first. A source that lies between two
 * rungs gets its own size on top, with a cap between theirs.
 */
export function ladder(video: VideoStream, preset: Preset): LadderRung[] {
  const shortSide = Math.max(LEAST_SIDE, Math.min(video.displayWidth, video.displayHeight));
  const rungs = preset.ladder.toSorted((a, b) => b.height - a.height);
  const [top] = rungs;
  if (top === undefined || shortSide >= top.height) return rungs.map((rung) => sized(video, rung));
  const own = { height: shortSide, bitRate: capAt(rungs, shortSide, top) };
  const below = rungs.filter((rung) => rung.height * NEAR < shortSide);
  const exact = rungs.find((rung) => rung.height === shortSide);
  return [exact ?? own, ...below].map((rung) => sized(video, rung));
}

/** The rung's size: even, never larger than the source, its aspect kept within a pixel. */
function sized(video: VideoStream, { height: shortSide, bitRate }: Rung): LadderRung {
  const { displayWidth: width, displayHeight: height } = video;
  const scale = shortSide / Math.min(width, height);
  const side = (length: number) => Math.max(LEAST_SIDE, evenNear(length * scale, Math.max(length, LEAST_SIDE)));
  return { width: side(width), height: side(height), bitRate };
}

function evenNear(length: number, most: number): number {
  const even = Math.round(length / 2) * 2;
  return even > most ? Math.floor(most / 2) * 2 : even;
}

/**
 * Caps grow with size along a power curve between two rungs. Below the lowest its own holds: small pictures need more bits for a pixel,
 * and constant quality spends no more than that anyway (101x57 about 60 kbit/s, where a cap by area would leave 9).
 */
function capAt(rungs: readonly Rung[], height: number, top: Rung): number {
  const above = rungs.findLast((rung) => rung.height >= height) ?? top;
  const below = rungs.find((rung) => rung.height < height);
  if (below === undefined) return above.bitRate;
  const share = Math.log(height / below.height) / Math.log(above.height / below.height);
  return thousands(below.bitRate * (above.bitRate / below.bitRate) ** share);
}

function thousands(bitRate: number): number {
  return Math.round(bitRate / 1000) * 1000;
}
