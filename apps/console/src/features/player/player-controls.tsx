'use client';
import { Button, formatBitRate, formatDuration, formatExactDuration, Menu, MenuItem } from '@transcode/ui';
import type { RefObject } from 'react';
import { setSpeed, toggleMuted, togglePlay } from './player-keys.ts';
import type { MediaState } from './use-media-state.ts';
import type { Playback } from './use-playback.ts';

const SPEEDS = [0.5, 1, 1.25, 1.5, 2];

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
      <RenditionMenu playback={playback} />
      <span className="hidden sm:inline">
        <Menu label={state.rate === 1 ? 'Speed' : `${state.rate}×`} side="above">
          {SPEEDS.map((rate) => (
            <MenuItem key={rate} checked={rate === state.rate} onSelect={act((element) => setSpeed(element, rate))}>
              {rate === 1 ? 'As recorded' : `${rate}×`}
            </MenuItem>
          ))}
        </Menu>
      </span>
      <Button kind="quiet" icon="fullscreen" aria-label="Full screen" title="Full screen (f)" onClick={onFullscreen} />
    </div>
  );
}

function RenditionMenu({ playback }: { playback: Playback }) {
  const { levels, chosen, shown, choose } = playback;
  if (levels.length === 0) return null;
  const height = levels[shown]?.height;
  const name = height === undefined ? 'Auto' : `${height}p`;
  return (
    <Menu label={chosen === -1 && height !== undefined ? `Auto, ${name}` : name} side="above">
      <MenuItem checked={chosen === -1} onSelect={() => choose(-1)}>
        Auto
      </MenuItem>
      {levels.toReversed().map((level) => (
        <MenuItem key={level.index} checked={chosen === level.index} onSelect={() => choose(level.index)}>
          <span className="flex-1">{level.height}p</span>
          <span className="text-ink-3">{formatBitRate(level.bitRate)}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
