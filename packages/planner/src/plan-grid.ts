import { GOP_SECONDS, GOPS_PER_SEGMENT, type Fraction, type Grid, type Probe } from '@transcode/contracts';
import { toNumber } from './fraction.ts';
import { publishedRate, rateDivisor } from './frame-rate.ts';

/** Sound that starts earlier than this before the picture is kept, and the first picture is held for it. */
const HELD_LEAD_SECONDS = 1;
const LEAST_TIMESCALE = 10_000;

/** The constant frame grid, its zero on the source's clock, and how it is cut into groups of pictures and segments. */
export function planGrid(probe: Probe): Grid {
  const { video } = probe;
  const rate = publishedRate(video);
  const perSecond = toNumber(rate);
  const leadFrames = framesBeforePicture(probe, perSecond);
  const gopFrames = Math.max(1, Math.round(GOP_SECONDS * perSecond));
  const scale = ticksScale(rate);
  return {
    rate,
    frames: leadFrames + pictureFrames(probe, rate),
    timescale: rate.num * scale,
    frameTicks: rate.den * scale,
    zeroSeconds: rounded(video.startSeconds - leadFrames / perSecond),
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

function pictureFrames({ video }: Probe, rate: Fraction): number {
  if (video.rateKind === 'variable') return variableFrames(video, toNumber(rate));
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
