'use client';
import type { Quality, VideoDetail } from '@transcode/contracts';
import { Strip } from '@transcode/ui';
import { useRef } from 'react';
import { mediaPath, nameInFolder } from '../../lib/media-path.ts';
import { Player } from '../player/player.tsx';
import { usePinned } from '../player/use-pinned.ts';
import { stripOf } from '../videos/strip-of.ts';
import { useStoryboard } from '../videos/use-storyboard.ts';
import type { ShownVideo } from '../videos/with-uploads.ts';
import { PosterChoice } from './poster-choice.tsx';

interface ScreenProps {
  readonly video: VideoDetail;
  /** The same, with what this page knows better. */
  readonly shown: ShownVideo;
  readonly quality: Quality | null;
}

/** The player once there is something to play; until then the strip alone, as large. */
export function Screen({ video, shown, quality }: ScreenProps) {
  const key = `${video.id} ${video.jobId}`;
  const url = usePinned(video.playbackUrl && mediaPath(video.playbackUrl), key);
  const poster = usePinned(video.posterUrl && mediaPath(video.posterUrl), `${key} ${nameInFolder(video.posterUrl)}`);
  const element = useRef<HTMLVideoElement>(null);
  const frames = useStoryboard(video.storyboardUrl && mediaPath(video.storyboardUrl), key);
  const plan = video.job?.plan;
  if (url === null || video.durationSeconds === null) {
    // The panel above has told of a failure before there was anything to draw.
    return video.state === 'failed' && video.chunks.length === 0 ? null : <Strip size="full" cells={stripOf(shown)} />;
  }
  return (
    <div>
      <Player
        key={url}
        element={element}
        title={video.title}
        url={url}
        posterUrl={poster}
        width={plan?.reference.width ?? video.width ?? 16}
        height={plan?.reference.height ?? video.height ?? 9}
        durationSeconds={video.durationSeconds}
        frameSeconds={plan ? plan.grid.rate.den / plan.grid.rate.num : 1 / 25}
        cells={stripOf(shown)}
        frames={frames}
        quality={quality}
      />
      <PosterChoice videoId={video.id} frames={frames} element={element} />
    </div>
  );
}
