'use client';
import { useEffect, useRef, type RefObject } from 'react';

/** Follows the picture frame by frame, without React in between. */
export function Playhead({
  video,
  durationSeconds,
}: {
  video: RefObject<HTMLVideoElement | null>;
  durationSeconds: number;
}) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let request = 0;
    const follow = () => {
      const seconds = video.current?.currentTime ?? 0;
      if (line.current) line.current.style.left = `${Math.min(100, (seconds / durationSeconds) * 100)}%`;
      request = requestAnimationFrame(follow);
    };
    request = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(request);
  }, [video, durationSeconds]);
  return (
    <div
      ref={line}
      className="pointer-events-none absolute -inset-y-1 w-0.5 -translate-x-1/2 bg-accent ring-1 ring-ground"
    >
      <div className="absolute -top-1 left-1/2 size-2.5 -translate-x-1/2 rotate-45 bg-accent" />
    </div>
  );
}
