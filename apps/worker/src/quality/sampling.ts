/** CPU seconds that measuring a megapixel of one frame costs: VMAF itself, and bringing a rendition to the reference's size. */
const VMAF_COST = 0.0215;
const SCALE_COST = 0.0022;
/** CPU seconds a megapixel of every frame of the reference: decoding and filtering the source, decoding the renditions. */
const PASS_COST = 0.006;
/** The share of the encode's CPU time that may be spent. */
const SHARE = 0.25;
/** So little is always spent, in CPU seconds: short videos are measured whole. */
const ALWAYS_SECONDS = 6;
/**
 * However dear: on hard pictures the mean of fewer frames is not within half a point (0.3 RMS with 80, 0.6 with 40). Videos of up to
 * some 90 s cost more than the share for it.
 */
const LEAST_SAMPLES = 80;
/** More tell nothing new, and their scores would fill memory: of a day, one every 4 s. */
const MOST_SAMPLES = 20_000;
/** Frames in a row that are looked at for each one measured: VMAF sees motion from one frame to the next. */
const RUN_FRAMES = 2;

export interface SamplingInput {
  readonly frames: number;
  readonly renditions: number;
  /** Pixels of one reference picture. */
  readonly pixels: number;
  /** CPU seconds that encoding took. */
  readonly encodeSeconds: number;
}

/** Every how many frames one is measured, so that it costs at most a quarter of what encoding did. */
export function chooseSampling({ frames, renditions, pixels, encodeSeconds }: SamplingInput): number {
  const megapixels = pixels / 1e6;
  const budget = Math.max(ALWAYS_SECONDS, encodeSeconds * SHARE);
  const pass = frames * PASS_COST * megapixels;
  const whole = pass + frames * renditions * (VMAF_COST + SCALE_COST) * megapixels;
  if (whole <= budget && frames <= MOST_SAMPLES) return 1;
  const sample = renditions * (VMAF_COST + RUN_FRAMES * SCALE_COST) * megapixels;
  const affordable = Math.min(MOST_SAMPLES, Math.max(LEAST_SAMPLES, Math.floor((budget - pass) / sample)));
  return spacing(Math.floor(frames / affordable));
}

/**
 * A prime that is not part of a group of pictures: other spacings would meet the same place of each group, or the same kind of
 * B-frame, again and again.
 */
function spacing(wanted: number): number {
  if (wanted < 3) return 1;
  if (wanted < 7) return 3;
  let nth = wanted;
  while (!isPrime(nth)) nth -= 1;
  return nth;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) if (value % divisor === 0) return false;
  return true;
}

/** Which frames of a video are measured, and which have to be looked at for that. */
export interface SamplingPlan {
  readonly nth: number;
  /** The first measured frame; then every `nth`. */
  readonly first: number;
  readonly measured: number;
  /** ffmpeg's expression of the frames to look at; undefined where all are. */
  readonly select: string | undefined;
}

/**
 * VMAF sees motion from one frame to the next, and takes the lesser of the motion into a frame and out of it. So each measured frame is
 * looked at with the one before it. One more frame comes first, since the very first has no motion and a lower score.
 */
export function planSampling(frames: number, nth: number): SamplingPlan {
  if (nth < 3 || frames < 3) return { nth: 1, first: 0, measured: frames, select: undefined };
  const first = Math.min(Math.max(2, Math.floor(nth / 2)), frames - 1);
  return {
    nth,
    first,
    measured: Math.floor((frames - 1 - first) / nth) + 1,
    select: `eq(n,${first - 2})+gte(n,${first - 1})*lt(mod(n-${first - 1},${nth}),${RUN_FRAMES})`,
  };
}
