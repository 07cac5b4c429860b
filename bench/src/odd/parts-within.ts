import type { PicturePart } from '@transcode/testing/media';
import type { Shape } from './recipe.ts';

/** Where each part is: as large as it can be, in the middle of the frame. The last one fills all that is shown. */
export function partsWithin(
  frame: { readonly width: number; readonly height: number },
  parts: readonly Shape[],
  shown: number,
): PicturePart[] {
  const before = parts.slice(0, -1).reduce((sum, { frames }) => sum + frames, 0);
  return parts.map(({ frames, width, height }, index) => {
    const scale = Math.min(frame.width / width, frame.height / height);
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const x = Math.floor((frame.width - size.width) / 2);
    const y = Math.floor((frame.height - size.height) / 2);
    const isLast = index === parts.length - 1;
    return { frames: isLast ? Math.max(1, shown - before) : frames, box: { x, y, ...size } };
  });
}
