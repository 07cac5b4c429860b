import type { ReactNode } from 'react';

/** Room around the plot, in px, which both drawings of a chart leave: the scale is at its left, the times are below. */
export const ROOM = { top: 6, right: 4, bottom: 30, left: 64 } as const;
/** Of the drawing within: it is stretched to the room that there is. */
export const DRAWING = { width: 1000, height: 1000 } as const;

interface Tick {
  /** 0..1, from the left or from the bottom. */
  readonly share: number;
  readonly words: string;
}

interface ChartFrameProps {
  readonly times: readonly Tick[];
  readonly scale: readonly Tick[];
  /** What is drawn, in `DRAWING`. */
  readonly children: ReactNode;
}

/** A chart as it is until somebody touches it: plain lines, and words that keep their size. */
export function ChartFrame({ times, scale, children }: ChartFrameProps) {
  return (
    <div aria-hidden="true" className="relative h-full text-small text-ink-3">
      <div className="absolute" style={ROOM}>
        <svg
          viewBox={`0 0 ${DRAWING.width} ${DRAWING.height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          {scale.map(({ share }) => (
            <path
              key={share}
              d={`M0 ${(1 - share) * DRAWING.height}H${DRAWING.width}`}
              className={share === 0 ? 'stroke-edge' : 'stroke-line'}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {children}
        </svg>
        {scale.map(({ share, words }) => (
          <span
            key={share}
            className="absolute right-full translate-y-1/2 pr-2 whitespace-nowrap"
            style={{ bottom: `${share * 100}%` }}
          >
            {words}
          </span>
        ))}
        {times.map(({ share, words }) => (
          <span
            key={share}
            className="absolute top-full -translate-x-1/2 pt-2 whitespace-nowrap"
            style={{ left: `${share * 100}%` }}
          >
            {words}
          </span>
        ))}
      </div>
    </div>
  );
}
