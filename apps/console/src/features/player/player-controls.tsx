'use client';
import { Button, formatDuration, formatExactDuration } from '@transcode/ui';
import type { RefObject } from 'react';
import { PlaybackMenu } from './playback-menu.tsx';
import { setSpeed, toggleMuted, togglePlay } from './player-keys.ts';
import type { MediaState } from './use-media-state.ts';
import type { Playback } from './use-playback.ts';

interface PlayerControlsProps {
  readonly state: MediaState;
  readonly playback: Playback;
  readonly durationSeconds: number;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly onFullscreen: () => void;
}

export function PlayerControls({ state, playback, durationSeconds, video, onFullscreen }: PlayerControlsProps) {
  const act = (action: (element: HTMLVideoElement) => void) => () => {
    if (video.current) action(video.current);
  };
  return (
    <div className="flex items-center pt-2 sm:gap-1">
      <Button
        kind="quiet"
        icon={state.playing ? 'pause' : 'play'}
        aria-label={state.playing ? 'Pause' : 'Play'}
        title={state.playing ? 'Pause (k)' : 'Play (k)'}
        onClick={act(togglePlay)}
      />
      <Button
        kind="quiet"
        icon={state.muted ? 'muted' : 'volume'}
        aria-label={state.muted ? 'Sound on' : 'Sound off'}
        title={state.muted ? 'Sound on (m)' : 'Sound off (m)'}
        onClick={act(toggleMuted)}
      />
      <span className="px-2 text-small text-ink-2" title={formatExactDuration(state.seconds)}>
        {formatDuration(state.seconds)}{' '}
        <span className="hidden text-ink-3 sm:inline">/ {formatDuration(durationSeconds)}</span>
      </span>
      <span className="flex-1" />
      <PlaybackMenu
        playback={playback}
        speed={state.rate}
        onSpeed={(rate) => act((element) => setSpeed(element, rate))()}
      />
      <Button kind="quiet" icon="fullscreen" aria-label="Full screen" title="Full screen (f)" onClick={onFullscreen} />
    </div>
  );
}
