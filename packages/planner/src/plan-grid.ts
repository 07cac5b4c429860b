import { GOP_SECONDS, GOPS_PER_SEGMENT, type Fraction, type Grid, type Probe } from '@transcode/contracts';
import { toNumber } from './fraction.ts';
import { publishedRate, rateDivisor } from './frame-rate.ts';
import { SHORTEST_TAIL_SECONDS } from './segments.ts';

/** Sound that starts earlier than this before the picture is kept, and the first picture is held for it. */
const HELD_LEAD_SECONDS = 1;
/**
 * Where sound ends later than this behind the picture, the last picture is held for it: players wait for a picture that never comes.
 * Less is no segment of its own.
 */
const HELD_TAIL_SECONDS = SHORTEST_TAIL_SECONDS;
const LEAST_TIMESCALE = 10_000;

/** The constant frame grid, its zero on the source's clock, and how it is cut into groups of pictures and segments. */
export function planGrid(probe: Probe): Grid {
  const { video } = probe;
  const rate = publishedRate(video);
  const perSecond = toNumber(rate);
  const leadFrames = framesBeforePicture(probe, perSecond);
  const gopFrames = Math.max(1, Math.round(GOP_SECONDS * perSecond));
  const scale = ticksScale(rate);
  const zeroSeconds = rounded(video.startSeconds - leadFrames / perSecond);
  const pictures = leadFrames + pictureFrames(probe, rate);
  const frames = Math.max(pictures, framesToSoundsEnd(probe, { zeroSeconds, perSecond, pictures }));
  return {
    rate,
    frames,
    ...(frames === pictures ? {} : { pictureFrames: pictures }),
    timescale: rate.num * scale,
    frameTicks: rate.den * scale,
    zeroSeconds,
    gopFrames,
    segmentFrames: gopFrames * GOPS_PER_SEGMENT,
  };
}

/** Whole frames, so that the source's own frames stay on the grid. */
function framesBeforePicture(probe: Probe, perSecond: number): number {
  const firstSound = Math.min(...probe.audio.map((stream) => stream.startSeconds));
  const lead = probe.video.startSeconds - firstSound;
  return lead > HELD_LEAD_SECONDS && Number.isFinite(lead) ? Math.ceil(lead * perSecond - 1e-6) : 0;
}

function framesToSoundsEnd(
  { audio }: Probe,
  { zeroSeconds, perSecond, pictures }: { zeroSeconds: number; perSecond: number; pictures: number },
): number {
  const seconds = Math.max(...audio.map((stream) => stream.endSeconds)) - zeroSeconds;
  return seconds - pictures / perSecond > HELD_TAIL_SECONDS ? Math.ceil(seconds * perSecond - 1e-6) : 0;
}

function pictureFrames({ video }: Probe, rate: Fraction): number {
  if (video.rateKind === 'variable') return variableFrames(video, toNumber(rate));
  // Each picture fills several places, and the last as many as it lasts.
  if (toNumber(rate) > toNumber(video.rate)) return variableFrames(video, toNumber(rate));
  const sourcePlaces = Math.max(1, Math.round((video.endSeconds - video.startSeconds) * toNumber(video.rate)));
  return Math.ceil(sourcePlaces / rateDivisor(video.rate, rate));
}

/** Up to the place of the last frame, and as many more as it fills by itself. */
function variableFrames({ startSeconds, endSeconds, lastSeconds, rate }: Probe['video'], perSecond: number): number {
  const last = lastSeconds ?? endSeconds - 1 / toNumber(rate);
  const lastPlace = Math.floor((last - startSeconds) * perSecond + 0.5 + 1e-6);
  return Math.max(0, lastPlace) + Math.max(1, Math.floor((endSeconds - last) * perSecond + 1e-3));
}

/** A frame lasts whole ticks, and sound or cuts can be told apart to 0.1 ms. */
function ticksScale(rate: Fraction): number {
  let scale = 1;
  while (rate.num * scale < LEAST_TIMESCALE) scale *= 10;
  return scale;
}

/** To the nanosecond: no container is finer, and command lines stay readable. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e9 + 0;
}
