import type { Page } from 'playwright-core';

interface Painted {
  /** Frames that reached the screen, by requestVideoFrameCallback. */
  readonly painted: number;
  readonly decoded: number;
  readonly endedAt: number;
}

/** Counts what the page's own player paints until the video has ended. */
export function countPainted(page: Page): Promise<Painted> {
  return page.locator('video').evaluate(
    (video: HTMLVideoElement) =>
      new Promise<Painted>((resolve, reject) => {
        let painted = 0;
        const count = () => {
          painted += 1;
          video.requestVideoFrameCallback(count);
        };
        video.requestVideoFrameCallback(count);
        const finish = () =>
          resolve({ painted, decoded: video.getVideoPlaybackQuality().totalVideoFrames, endedAt: video.currentTime });
        if (video.ended) finish();
        video.addEventListener('ended', finish, { once: true });
        video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'unknown')), { once: true });
      }),
  );
}

/** Plays from the beginning until so many frames of this height have reached the screen; rejects where the video ends before. */
export function paintedAt(page: Page, height: number, frames = 5): Promise<void> {
  return page.locator('video').evaluate(
    (video: HTMLVideoElement, wanted) =>
      new Promise<void>((resolve, reject) => {
        const seen: number[] = [];
        const look = (_now: number, shown: VideoFrameCallbackMetadata) => {
          seen.push(shown.height);
          if (seen.filter((each) => each === wanted.height).length >= wanted.frames) resolve();
          else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
        video.addEventListener('ended', () => reject(new Error(`Heights seen: ${seen.join(' ')}`)), { once: true });
        video.currentTime = 0;
        video.play().catch(reject);
      }),
    { height, frames },
  );
}
