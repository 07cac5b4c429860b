'use client';
import { StoryPicture, useWidth, type StoryFrame } from '@transcode/ui';

const SHAPE = 16 / 9;

/** A storyboard's picture in the place of a card's poster, whole, as that is. */
export function ScrubbedPicture({ frame }: { frame: StoryFrame }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const aspect = frame.width / frame.height;
  const [shownWidth, shownHeight] =
    aspect > SHAPE ? [width, width / aspect] : [(width / SHAPE) * aspect, width / SHAPE];
  return (
    <div ref={ref} className="absolute inset-0 flex items-center justify-center bg-picture" data-scrubbed={frame.start}>
      <div className="strip-frame" style={{ width: shownWidth, height: shownHeight, flex: 'none' }}>
        <StoryPicture frame={frame} width={shownWidth} height={shownHeight} />
      </div>
    </div>
  );
}
