'use client';
import type { Quality } from '@transcode/contracts';
import { formatScore, useWidth } from '@transcode/ui';
import { qualityPath, qualityScale } from './quality-path.ts';

const HEIGHT = 42;

/** Quality over time, drawn over the strip it belongs to. */
export function QualityLine({ quality, durationSeconds }: { quality: Quality; durationSeconds: number }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const scale = qualityScale(quality);
  return (
    <div ref={ref} className="mb-1 h-11 border-y border-line">
      {width > 0 && (
        <svg
          aria-hidden="true"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          className="overflow-visible fill-none stroke-ink-2"
        >
          <path
            d={qualityPath(quality.perSecond, scale, durationSeconds, width, HEIGHT)}
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
        </svg>
      )}
    </div>
  );
}

/** Says what the line shows. It stands above the part that the playhead moves through. */
export function QualityCaption({ quality }: { quality: Quality }) {
  const { low, high } = qualityScale(quality);
  return (
    <p className="pt-3 text-small text-ink-3">
      {quality.metric.toUpperCase()} over time, {low} to {high}
      <span className="sr-only">
        : {formatScore(quality.mean, quality.metric)} on average, {formatScore(quality.min, quality.metric)} at worst
      </span>
    </p>
  );
}
