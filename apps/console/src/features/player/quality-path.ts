import type { Quality } from '@transcode/contracts';

interface QualityScale {
  readonly low: number;
  readonly high: number;
}

/** From the top of the metric down to a round figure below the worst second, so that what happens can be seen. */
export function qualityScale(quality: Pick<Quality, 'metric' | 'perSecond' | 'min'>): QualityScale {
  const scores = quality.perSecond.filter((score) => score !== null);
  const worst = scores.length === 0 ? quality.min : Math.min(...scores);
  if (quality.metric === 'ssim') return { low: Math.max(0, Math.floor(worst * 20 - 0.5) / 20), high: 1 };
  return { low: Math.max(0, Math.floor((worst - 2) / 10) * 10), high: 100 };
}

/** An SVG path of `width` x `height`; a second that was not measured is bridged, never drawn as zero. */
export function qualityPath(
  perSecond: Quality['perSecond'],
  scale: QualityScale,
  durationSeconds: number,
  width: number,
  height: number,
): string {
  const x = (second: number) => (Math.min(durationSeconds, second) / durationSeconds) * width;
  const y = (score: number) => height * (1 - (score - scale.low) / (scale.high - scale.low));
  const points = perSecond.flatMap((score, second) => (score === null ? [] : [[x(second + 0.5), y(score)] as const]));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  // The ends reach the edges of the strip.
  const whole = [[0, first[1]] as const, ...points, [width, last[1]] as const];
  return whole.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`).join('');
}
