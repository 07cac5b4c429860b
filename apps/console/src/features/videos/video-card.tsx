'use client';
import type { VideoView } from '@transcode/contracts';
import { formatDuration, formatExactDuration, frameAt, Icon, Strip, type IconName } from '@transcode/ui';
import Link from 'next/link';
import { besidePlaylist, mediaPath, nameInFolder } from '../../lib/media-path.ts';
import { usePinned } from '../player/use-pinned.ts';
import { stateColour, stateWords } from './state-words.ts';
import { stripOf } from './strip-of.ts';
import { ScrubbedPicture } from './scrubbed-picture.tsx';
import { SelectBox } from './select-box.tsx';
import { useScrub } from './use-scrub.ts';
import { useSeen } from './use-seen.ts';
import { useStoryboard } from './use-storyboard.ts';
import { VideoMenu } from './video-menu.tsx';
import type { Selection } from './use-selection.ts';
import type { ShownVideo } from './with-uploads.ts';

/** One video in the grid: its picture, its strip, its name, where it stands. */
export function VideoCard({ video, selection }: { video: ShownVideo; selection: Selection }) {
  const [ref, seen] = useSeen<HTMLElement>();
  const key = `${video.id} ${video.jobId}`;
  const poster = usePinned(video.posterUrl && mediaPath(video.posterUrl), `${key} ${nameInFolder(video.posterUrl)}`);
  const storyboard = seen && video.playbackUrl ? besidePlaylist(video.playbackUrl, 'storyboard.vtt') : null;
  const frames = useStoryboard(storyboard, key);
  const { seconds, handlers } = useScrub(frames, video.durationSeconds);
  const frame = seconds === undefined || frames === undefined ? undefined : frameAt(frames, seconds);
  return (
    <article ref={ref} className="group/card relative flex min-w-0 flex-col" data-video-state={video.state}>
      <SelectBox video={video} selection={selection} onPicture />
      <Link
        href={`/videos/${video.id}`}
        aria-label={nameOf(video)}
        className="group relative flex flex-col gap-0.5 rounded-picture"
        {...handlers}
      >
        <div className="relative aspect-video overflow-hidden rounded-t-picture bg-surface">
          {poster ? (
            // Next's own weighs more than all of the cards, and has nothing to do here: a poster has its size.
            // oxlint-disable-next-line nextjs/no-img-element
            <img
              src={poster}
              alt=""
              loading="lazy"
              decoding="async"
              className="absolute inset-0 size-full bg-picture object-contain"
            />
          ) : (
            <Placeholder video={video} />
          )}
          {frame && <ScrubbedPicture frame={frame} />}
          {video.durationSeconds !== null && (
            <span
              title={formatExactDuration(video.durationSeconds)}
              className="absolute right-2 bottom-2 rounded-picture bg-veil px-1.5 text-small text-on-veil"
            >
              {seconds !== undefined && `${formatDuration(seconds)} / `}
              {formatDuration(video.durationSeconds)}
            </span>
          )}
        </div>
        <Strip size="card" decorative cells={stripOf(video)} frames={frames} />
        {seconds !== undefined && video.durationSeconds !== null && (
          <span
            className="pointer-events-none absolute bottom-0 h-14 w-0.5 -translate-x-1/2 bg-accent"
            style={{ left: `${Math.min(1, seconds / video.durationSeconds) * 100}%` }}
          />
        )}
      </Link>
      <div className="flex items-start gap-1 pt-2">
        <div className="min-w-0 flex-1 py-1">
          <h2 className="line-clamp-2 font-medium" title={video.title}>
            <Link href={`/videos/${video.id}`} tabIndex={-1}>
              {video.title}
            </Link>
          </h2>
          <p className={`text-small ${stateColour(video) ?? 'text-ink-3'}`}>{stateWords(video)}</p>
          {video.failure && <p className="line-clamp-3 text-small text-ink-2">{video.failure.sentence}</p>}
        </div>
        <VideoMenu video={video} />
      </div>
    </article>
  );
}

/** What the link shows in words, besides the picture. */
function nameOf({ title, durationSeconds }: VideoView): string {
  return durationSeconds === null ? title : `${title}, ${formatDuration(durationSeconds)}`;
}

const SIGNS: Partial<Record<VideoView['state'], IconName>> = {
  uploading: 'upload',
  failed: 'alert',
  canceled: 'close',
};

/** Where there is no picture yet: a sign of what stopped it, else the size that the picture will have. */
function Placeholder({ video: { state, width, height } }: { video: VideoView }) {
  const sign = SIGNS[state];
  return (
    <div
      className={`flex size-full items-center justify-center text-small ${state === 'failed' ? 'text-red' : 'text-ink-3'}`}
    >
      {sign ? <Icon name={sign} className="size-7" /> : width !== null && height !== null && `${width} × ${height}`}
    </div>
  );
}
