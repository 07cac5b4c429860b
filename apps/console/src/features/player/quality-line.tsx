'use client';
import type { Quality } from '@transcode/contracts';
import { formatDuration, formatScore, useWidth } from '@transcode/ui';
import { qualityPath, qualityScale } from './quality-path.ts';
import { worstSecond } from './worst-second.ts';

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

/** Says what the line shows, and leads to its lowest point. It stands above the part that the playhead moves through. */
export function QualityCaption({ quality, onSeek }: { quality: Quality; onSeek: (seconds: number) => void }) {
  const { low, high } = qualityScale(quality);
  const worst = worstSecond(quality);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 pt-2 text-small text-ink-3">
      <p>
        {quality.metric.toUpperCase()} over time, {low} to {high}
        <span className="sr-only">
          : {formatScore(quality.mean, quality.metric)} on average, {formatScore(quality.min, quality.metric)} at worst
        </span>
      </p>
      {worst && (
        <button
          type="button"
          onClick={() => onSeek(worst.second)}
          className="h-8 underline decoration-edge decoration-dotted underline-offset-4 hover:text-ink hover:decoration-ink"
        >
          Go to the worst second, {formatScore(worst.score, quality.metric)} at {formatDuration(worst.second)}
        </button>
      )}
    </div>
  );
}
