'use client';
import type { Quality } from '@transcode/contracts';
import {
  formatDuration,
  formatScore,
  frameAt,
  StoryPicture,
  Strip,
  useWidth,
  type StoryFrame,
  type StripCell,
} from '@transcode/ui';
import { useState, type PointerEvent, type RefObject } from 'react';
import { seekTo } from './player-keys.ts';
import { Playhead } from './playhead.tsx';
import { QualityCaption, QualityLine } from './quality-line.tsx';
import type { MediaState } from './use-media-state.ts';

const PREVIEW_WIDTH = 192;

interface TimelineProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: MediaState;
  readonly durationSeconds: number;
  readonly cells: readonly StripCell[];
  readonly frames: readonly StoryFrame[] | undefined;
  readonly quality: Quality | null;
}

/** The strip as the seek bar: quality as a line over it, the playhead through both, a picture where the pointer is. */
export function Timeline({ video, state, durationSeconds, cells, frames, quality }: TimelineProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hover, setHover] = useState<number>();
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setHover(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };
  const seek = (seconds: number) => {
    if (video.current) seekTo(video.current, seconds);
  };
  return (
    <>
      {quality && <QualityCaption quality={quality} onSeek={seek} />}
      <div ref={ref} onPointerMove={onPointerMove} onPointerLeave={() => setHover(undefined)} className="relative mt-1">
        {quality && <QualityLine quality={quality} durationSeconds={durationSeconds} />}
        <Strip size="full" cells={cells} frames={frames} />
        <Playhead video={video} durationSeconds={durationSeconds} />
        {hover !== undefined && (
          <Preview
            at={hover}
            seconds={hover * durationSeconds}
            trackWidth={width}
            frame={frames && frameAt(frames, hover * durationSeconds)}
            quality={quality}
          />
        )}
        <input
          type="range"
          min={0}
          max={durationSeconds}
          step="any"
          value={state.seconds}
          onChange={(event) => seek(Number(event.target.value))}
          data-keys="page"
          aria-label="Position"
          aria-valuetext={`${formatDuration(state.seconds)} of ${formatDuration(durationSeconds)}`}
          className="timeline-input"
        />
      </div>
    </>
  );
}

interface PreviewProps {
  readonly at: number;
  readonly seconds: number;
  readonly trackWidth: number;
  readonly frame: StoryFrame | undefined;
  readonly quality: Quality | null;
}

function Preview({ at, seconds, trackWidth, frame, quality }: PreviewProps) {
  const height = frame ? Math.round((PREVIEW_WIDTH * frame.height) / frame.width) : 0;
  const score = quality?.perSecond[Math.floor(seconds)];
  const left = Math.min(trackWidth - PREVIEW_WIDTH / 2, Math.max(PREVIEW_WIDTH / 2, at * trackWidth));
  return (
    <>
      <div className="pointer-events-none absolute inset-y-0 w-px bg-ink/60" style={{ left: `${at * 100}%` }} />
      <div
        className="pointer-events-none absolute bottom-full z-10 mb-2 flex -translate-x-1/2 justify-center"
        style={{ left }}
      >
        {frame && (
          <div
            className="strip-frame rounded-picture border border-line shadow-float"
            style={{ width: PREVIEW_WIDTH, height, flex: 'none' }}
          >
            <StoryPicture frame={frame} width={PREVIEW_WIDTH} height={height} />
          </div>
        )}
        <span className="absolute bottom-1.5 rounded-picture bg-veil px-1.5 text-small whitespace-nowrap text-on-veil">
          {formatDuration(seconds)}
          {quality &&
            typeof score === 'number' &&
            ` · ${formatScore(score, quality.metric)} ${quality.metric.toUpperCase()}`}
        </span>
      </div>
    </>
  );
}
