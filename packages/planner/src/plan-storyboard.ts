import type { Plan } from '@transcode/contracts';

type Storyboard = Plan['storyboard'];

/** Seconds between two pictures; the first step that keeps a video within this many pictures is taken. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];
const MOST_PICTURES = 200;
const LONG_SIDE = 160;

export function planStoryboard(size: { width: number; height: number }, seconds: number): Storyboard {
  const everySeconds = STEPS.find((step) => seconds / step <= MOST_PICTURES) ?? 600;
  const scale = LONG_SIDE / Math.max(size.width, size.height);
  const side = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2);
  return { everySeconds, width: side(size.width), height: side(size.height), columns: 10, rows: 10 };
}
