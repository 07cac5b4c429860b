import type { StoryFrame } from './storyboard.ts';

/** A storyboard picture that covers `width` x `height` pixels. */
export function StoryPicture({ frame, width, height }: { frame: StoryFrame; width: number; height: number }) {
  const scale = Math.max(width / frame.width, height / frame.height);
  return (
    <div
      style={{
        width: frame.width,
        height: frame.height,
        backgroundImage: `url("${encodeURI(frame.url)}")`,
        backgroundPosition: `-${frame.x}px -${frame.y}px`,
        transform: `translate(-50%, -50%) scale(${scale})`,
      }}
    />
  );
}
