'use client';
import type { Quality } from '@transcode/contracts';
import { Icon, type StoryFrame, type StripCell } from '@transcode/ui';
import { useRef, type RefObject } from 'react';
import { togglePlay } from './player-keys.ts';
import { PlayerControls } from './player-controls.tsx';
import { Timeline } from './timeline.tsx';
import { toggleFullscreen } from './toggle-fullscreen.ts';
import { useMediaState } from './use-media-state.ts';
import { usePlayback } from './use-playback.ts';
import { usePlayerKeys } from './use-player-keys.ts';

interface PlayerProps {
  /** Where the page wants to know the element that plays. */
  readonly element?: RefObject<HTMLVideoElement | null>;
  readonly title: string;
  readonly url: string;
  readonly posterUrl: string | null;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  readonly frameSeconds: number;
  readonly cells: readonly StripCell[];
  readonly frames: readonly StoryFrame[] | undefined;
  readonly quality: Quality | null;
}

/** The picture, its timeline below it, and the controls. In full screen all three come along. */
export function Player(props: PlayerProps) {
  const player = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLVideoElement>(null);
  const video = props.element ?? own;
  const playback = usePlayback(video, props.url);
  const state = useMediaState(video);
  const aspect = props.width / props.height;
  const fullscreen = () => toggleFullscreen(player.current, video.current);
  usePlayerKeys(player, video, props.frameSeconds);

  return (
    <section ref={player} aria-label={`Player: ${props.title}`} className="player flex flex-col">
      <div
        className="relative mx-auto flex items-center justify-center overflow-hidden rounded-picture bg-picture"
        style={{ aspectRatio: aspect, width: `min(100%, var(--picture-height) * ${aspect})` }}
      >
        {/* Captions come with the source's subtitles; the playlist lists them and the browser shows them. */}
        <video
          ref={video}
          poster={props.posterUrl ?? undefined}
          playsInline
          onClick={() => video.current && togglePlay(video.current)}
          className="size-full cursor-pointer object-contain"
        >
          <track kind="captions" />
        </video>
        {!state.begun && !playback.error && (
          // The picture itself takes the click; what a keyboard presses stands below it.
          <span
            aria-hidden="true"
            className="pointer-events-none absolute flex size-20 items-center justify-center rounded-full bg-veil text-on-veil"
          >
            <Icon name="play" className="size-9" />
          </span>
        )}
        {playback.error && (
          <p role="alert" className="absolute inset-x-4 rounded-control bg-veil p-4 text-center text-on-veil">
            {playback.error}
          </p>
        )}
      </div>
      <Timeline {...props} video={video} state={state} />
      <PlayerControls
        state={state}
        playback={playback}
        durationSeconds={props.durationSeconds}
        video={video}
        onFullscreen={fullscreen}
      />
    </section>
  );
}
