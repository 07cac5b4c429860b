'use client';
import type { Quality } from '@transcode/contracts';
import { formatScore, useWidth } from '@transcode/ui';
import { qualityPath, qualityScale } from './quality-path.ts';

const HEIGHT = 44;

/** Quality over time, drawn over the strip it belongs to. */
export function QualityLine({ quality, durationSeconds }: { quality: Quality; durationSeconds: number }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const scale = qualityScale(quality);
  const name = quality.metric.toUpperCase();
  const label = `${name} over time: ${formatScore(quality.mean, quality.metric)} on average, ${formatScore(quality.min, quality.metric)} at worst`;
  return (
    <div ref={ref} className="relative mb-1 h-11">
      <div className="absolute inset-x-0 top-0 border-t border-line" />
      {width > 0 && (
        <svg
          aria-hidden="true"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          className="absolute inset-0 overflow-visible fill-none stroke-ink-2"
        >
          <path
            d={qualityPath(quality.perSecond, scale, durationSeconds, width, HEIGHT)}
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
        </svg>
      )}
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="absolute top-0.5 right-0 text-small text-ink-3">
        {scale.high} {name}
      </span>
      <span aria-hidden="true" className="absolute right-0 bottom-0 text-small text-ink-3">
        {scale.low}
      </span>
    </div>
  );
}
