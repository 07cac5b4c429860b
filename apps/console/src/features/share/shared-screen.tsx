'use client';
import type { SharedVideo } from '@transcode/contracts';
import { useMemo, useState } from 'react';
import { mediaPath } from '../../lib/media-path.ts';
import { CheatSheet } from '../command/cheat-sheet.tsx';
import { ShortcutsProvider, useShortcuts } from '../command/shortcuts.tsx';
import { Player } from '../player/player.tsx';
import { Wordmark } from '../shell/wordmark.tsx';
import { useStoryboard } from '../videos/use-storyboard.ts';
import { plainTitle } from './plain-title.ts';

interface SharedScreenProps {
  readonly video: SharedVideo;
  /** It fills a frame in somebody's page, which says itself what it shows. */
  readonly embedded?: boolean;
}

/** The picture first, as large as the window lets it be; then what it is called, and nothing else. */
export function SharedScreen({ video, embedded = false }: SharedScreenProps) {
  const url = mediaPath(video.playbackUrl);
  const frames = useStoryboard(video.storyboardUrl && mediaPath(video.storyboardUrl), url);
  const title = plainTitle(video.title);
  return (
    <ShortcutsProvider>
      <main className={embedded ? 'shared shared-embedded' : 'shared'}>
        <Player
          title={title}
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
        {embedded ? (
          <h1 className="sr-only">{title}</h1>
        ) : (
          <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 px-4 sm:px-0">
            <h1 className="text-title font-medium">{title}</h1>
            <p className="text-small text-ink-3">
              <Wordmark />
            </p>
          </div>
        )}
      </main>
      <Sheet />
    </ShortcutsProvider>
  );
}

/** What the player's keys are, here too. */
function Sheet() {
  const [open, setOpen] = useState(false);
  const shortcuts = useMemo(() => [{ keys: '?', words: 'Keyboard shortcuts', run: () => setOpen(true) }], []);
  useShortcuts(shortcuts);
  return <CheatSheet open={open} onClose={() => setOpen(false)} />;
}
