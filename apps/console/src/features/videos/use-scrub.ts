'use client';
import type { StoryFrame } from '@transcode/ui';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';

interface Scrub {
  /** The place that is looked at; nothing while nobody looks for one. */
  readonly seconds: number | undefined;
  readonly handlers: {
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
  };
}

/** Goes through a video's storyboard with the pointer over what has the handlers, or with the arrows while it has the focus. */
export function useScrub(frames: readonly StoryFrame[] | undefined, durationSeconds: number | null): Scrub {
  const [seconds, setSeconds] = useState<number>();
  const isThere = frames !== undefined && frames.length > 0 && durationSeconds !== null;
  const stop = () => setSeconds(undefined);
  return {
    seconds: isThere ? seconds : undefined,
    handlers: {
      onPointerMove: ({ pointerType, currentTarget, clientX }) => {
        // A finger that moves scrolls the page.
        if (!isThere || pointerType === 'touch') return;
        const { left, width } = currentTarget.getBoundingClientRect();
        setSeconds(Math.min(1, Math.max(0, (clientX - left) / width)) * durationSeconds);
      },
      onPointerLeave: stop,
      onKeyDown: (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!isThere || by === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
        event.preventDefault();
        setSeconds(frameBeside(frames, seconds, by));
      },
      onBlur: stop,
    },
  };
}

/** Where the picture after or before the one at `seconds` begins; the first one, where none is looked at. */
export function frameBeside(frames: readonly StoryFrame[], seconds: number | undefined, by: number): number {
  if (seconds === undefined) return frames[0]?.start ?? 0;
  const at = frames.findLastIndex(({ start }) => start <= seconds);
  return frames[Math.min(frames.length - 1, Math.max(0, at + by))]?.start ?? 0;
}
