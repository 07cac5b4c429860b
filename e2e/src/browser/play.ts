import type { Page } from 'playwright-core';

export type PlayerName = 'hls.js' | 'shaka' | 'dash.js';

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

interface How {
  /** Times the speed of a person who watches. */
  readonly speed?: number;
  /** Where to begin, in seconds. */
  readonly from?: number;
  /** It has to have ended by then; in milliseconds. */
  readonly patienceMs?: number;
}

/** So long after the end a first picture may still come to the screen. */
const LAST_PICTURE_MS = 5_000;

/** Plays a manifest to its end in the page of `servePlayerPage` and tells what was seen. */
export async function play(
  page: Page,
  player: PlayerName,
  manifest: string,
  { speed = 1, from = 0, patienceMs = 120_000 }: How = {},
): Promise<Played> {
  return page.evaluate(
    async ([which, url, rate, start, patience, lastPictureMs]) => {
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
      const first = new Promise<void>((resolve) => {
        video.requestVideoFrameCallback(() => resolve());
      });
      const players = globalThis as unknown as {
        Hls: {
          new (config: { startPosition: number }): {
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
            load(url: string, startTime: number): Promise<void>;
            addEventListener(event: string, listener: (event: { detail: { code: number } }) => void): void;
          };
        };
        dashjs: {
          MediaPlayer: () => {
            create(): {
              initialize(video: HTMLVideoElement, url: string, autoPlay: boolean, startTime: number): void;
              updateSettings(settings: { debug: { logLevel: number } }): void;
              on(event: string, listener: (event: { error: { code: number; message: string } }) => void): void;
            };
          };
        };
      };
      // A player that loads its source sets the rate back to this one.
      video.defaultPlaybackRate = rate;
      video.playbackRate = rate;
      video.addEventListener(
        'playing',
        () =>
          video.addEventListener('waiting', () => {
            if (video.currentTime < video.duration - 0.1) stalls += 1;
          }),
        { once: true },
      );
      const ended = new Promise<void>((resolve, reject) => {
        video.addEventListener('ended', () => resolve(), { once: true });
        // Chromium sends no event where what a player says of the duration changes in the moment of the end.
        setInterval(() => {
          if (video.ended) resolve();
        }, 1_000);
        video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'unknown')), { once: true });
        setTimeout(() => {
          const buffered = Array.from({ length: video.buffered.length }, (_, index) =>
            [video.buffered.start(index), video.buffered.end(index)].join('-'),
          );
          const at = `${video.currentTime} of ${video.duration} s, readyState ${video.readyState}`;
          reject(
            new Error(`It stands still at ${at}, buffered ${buffered.join()}; said: ${errors.join() || 'nothing'}`),
          );
        }, patience);
      });
      const begin = async (): Promise<void> => {
        if (which === 'hls.js') {
          const hls = new players.Hls({ startPosition: start });
          hls.on(players.Hls.Events.ERROR, (_, { details, fatal }) =>
            errors.push(fatal ? `fatal ${details}` : details),
          );
          hls.loadSource(url);
          hls.attachMedia(video);
        } else if (which === 'shaka') {
          const shaka = new players.shaka.Player();
          shaka.addEventListener('error', (event) => errors.push(`shaka ${event.detail.code}`));
          for (const name of ['gapjumped', 'stalldetected']) shaka.addEventListener(name, () => errors.push(name));
          await shaka.attach(video);
          await shaka.load(url, start).catch((error: { code: number; data: unknown[] }) => {
            // An object of its own that says nothing where it is thrown.
            throw new Error(`shaka ${error.code} ${JSON.stringify(error.data)}`);
          });
        } else {
          const dash = players.dashjs.MediaPlayer().create();
          dash.updateSettings({ debug: { logLevel: 0 } });
          dash.on('error', ({ error }) => errors.push(`dash.js ${error.code} ${error.message}`));
          dash.initialize(video, url, true, start);
        }
        // dash.js attaches its source later, and begins to play by itself then.
        if (which !== 'dash.js') await video.play();
      };
      // A player that waits for ever where it loads is told as well.
      await Promise.all([begin(), ended]);
      // One picture may be over before it is on the screen, where it stays.
      await Promise.race([first, new Promise((resolve) => setTimeout(resolve, lastPictureMs))]);
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
    [player, manifest, speed, from, patienceMs, LAST_PICTURE_MS] as const,
  );
}
