import type { Page } from 'playwright-core';

export interface Played {
  /** Frames that reached the screen, by requestVideoFrameCallback. */
  readonly painted: number;
  readonly dropped: number;
  readonly total: number;
  readonly endedAt: number;
  readonly duration: number;
  /** Everything that a player or the browser said about it, warnings and gaps that were jumped included. */
  readonly errors: string[];
  /** How often the picture stood still for want of data once it had begun to play. */
  readonly stalls: number;
  /** How many pieces what was buffered lay in at the end. */
  readonly ranges: number;
  readonly width: number;
}

/** Plays a manifest to its end in the page of `servePlayerPage` and tells what was seen. */
export async function play(page: Page, player: 'hls.js' | 'shaka', manifest: string): Promise<Played> {
  return page.evaluate(
    async ([which, url]) => {
      const video = document.querySelector('video');
      if (video === null) throw new Error('The page has no video');
      const errors: string[] = [];
      let painted = 0;
      let stalls = 0;
      const count = () => {
        painted += 1;
        video.requestVideoFrameCallback(count);
      };
      video.requestVideoFrameCallback(count);
      const players = globalThis as unknown as {
        Hls: {
          new (): {
            on(event: string, listener: (event: string, data: { details: string; fatal: boolean }) => void): void;
          } & {
            loadSource(url: string): void;
            attachMedia(video: HTMLVideoElement): void;
          };
          Events: { ERROR: string };
        };
        shaka: {
          Player: new () => {
            attach(video: HTMLVideoElement): Promise<void>;
            load(url: string): Promise<void>;
            addEventListener(event: string, listener: (event: { detail: { code: number } }) => void): void;
          };
        };
      };
      if (which === 'hls.js') {
        const hls = new players.Hls();
        hls.on(players.Hls.Events.ERROR, (_, data) => errors.push(data.details));
        hls.loadSource(url);
        hls.attachMedia(video);
      } else {
        const shaka = new players.shaka.Player();
        shaka.addEventListener('error', (event) => errors.push(`shaka ${event.detail.code}`));
        for (const name of ['gapjumped', 'stalldetected']) shaka.addEventListener(name, () => errors.push(name));
        await shaka.attach(video);
        await shaka.load(url);
      }
      await video.play();
      video.addEventListener('waiting', () => {
        if (video.currentTime < video.duration - 0.1) stalls += 1;
      });
      await new Promise<void>((resolve, reject) => {
        video.addEventListener('ended', () => resolve(), { once: true });
        video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'unknown')), { once: true });
      });
      const quality = video.getVideoPlaybackQuality();
      return {
        painted,
        dropped: quality.droppedVideoFrames,
        total: quality.totalVideoFrames,
        endedAt: video.currentTime,
        duration: video.duration,
        errors,
        stalls,
        ranges: video.buffered.length,
        width: video.videoWidth,
      };
    },
    [player, manifest] as const,
  );
}
