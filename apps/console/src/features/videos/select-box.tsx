'use client';
import { classNames } from '@transcode/ui';
import type { Selection } from './use-selection.ts';
import type { ShownVideo } from './with-uploads.ts';

interface SelectBoxProps {
  readonly video: Pick<ShownVideo, 'id' | 'title'>;
  readonly selection: Selection;
  /** Over a picture it is shown when it is needed: where the pointer or the focus is, and while something is chosen. */
  readonly onPicture?: boolean;
}

/** Chooses a video. */
export function SelectBox({ video, selection, onPicture = false }: SelectBoxProps) {
  return (
    <label
      className={classNames(
        'flex size-8 items-center justify-center',
        onPicture &&
          'absolute top-1.5 left-1.5 z-10 rounded-control bg-veil transition-opacity group-hover/card:opacity-100 has-focus-visible:opacity-100 pointer-coarse:opacity-100',
        onPicture && selection.videos.length === 0 && 'opacity-0',
      )}
    >
      <input
        type="checkbox"
        className="size-4 accent-accent"
        checked={selection.has(video.id)}
        onChange={() => selection.toggle(video.id)}
      />
      <span className="sr-only">Choose {video.title}</span>
    </label>
  );
}
