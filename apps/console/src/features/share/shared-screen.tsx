'use client';
import type { SharedVideo } from '@transcode/contracts';
import { mediaPath } from '../../lib/media-path.ts';
import { Player } from '../player/player.tsx';
import { Wordmark } from '../shell/wordmark.tsx';
import { useStoryboard } from '../videos/use-storyboard.ts';

/** The player and the name of the video, and nothing else. */
export function SharedScreen({ video }: { video: SharedVideo }) {
  const url = mediaPath(video.playbackUrl);
  const frames = useStoryboard(video.storyboardUrl && mediaPath(video.storyboardUrl), url);
  return (
    <main className="mx-auto flex max-w-[1400px] flex-col gap-6 px-4 py-8 sm:px-8">
      <h1 className="text-title font-medium">{video.title}</h1>
      <Player
        title={video.title}
        url={url}
        posterUrl={video.posterUrl && mediaPath(video.posterUrl)}
        width={video.width}
        height={video.height}
        durationSeconds={video.durationSeconds}
        frameSeconds={video.frameSeconds}
        cells={[{ state: 'done', fraction: 1, takenOver: false, seconds: video.durationSeconds }]}
        frames={frames}
        quality={null}
      />
      <p className="text-small text-ink-3">
        <Wordmark />
      </p>
    </main>
  );
}
