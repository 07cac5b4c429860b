import type { Shortcut } from '../command/shortcuts.tsx';

export const SPEEDS = [0.5, 1, 1.25, 1.5, 2] as const;

type Act = (video: HTMLVideoElement) => void;

/** The keys of a player, as everywhere; `onVideo` does something with its picture, if there is one. */
export function playerKeys(frameSeconds: number, onVideo: (act: Act) => () => void): Shortcut[] {
  const keys: [keys: string, words: string, act: Act][] = [
    ['Space', 'Play or pause', togglePlay],
    ['k', 'Play or pause', togglePlay],
    ['j', 'Back by 10 s', step(-10)],
    ['l', 'On by 10 s', step(10)],
    ['ArrowLeft', 'Back by 5 s', step(-5)],
    ['ArrowRight', 'On by 5 s', step(5)],
    [',', 'Back by a frame', step(-frameSeconds)],
    ['.', 'On by a frame', step(frameSeconds)],
    ['Home', 'To the start', step(-Infinity)],
    ['End', 'To the end', step(Infinity)],
    ['m', 'Sound on or off', toggleMuted],
    ['<', 'Slower', (video) => setSpeed(video, neighbour(video.playbackRate, -1))],
    ['>', 'Faster', (video) => setSpeed(video, neighbour(video.playbackRate, 1))],
  ];
  return keys.map(([key, words, act]) => ({ keys: key, words, part: 'Player', run: onVideo(act) }));
}

const step =
  (by: number): Act =>
  (video) =>
    seekTo(video, video.currentTime + by);

/** Before anything is loaded it is where to begin; where the end is, nobody knows then. */
export function seekTo(video: HTMLVideoElement, seconds: number): void {
  const wanted = Math.max(0, seconds);
  const at = Number.isNaN(video.duration) ? wanted : Math.min(video.duration, wanted);
  if (Number.isFinite(at)) video.currentTime = at;
}

export function toggleMuted(video: HTMLVideoElement): void {
  video.muted = !video.muted;
}

export function setSpeed(video: HTMLVideoElement, rate: number): void {
  video.playbackRate = rate;
}

/** The next speed up or down; the last stays. */
function neighbour(rate: number, by: 1 | -1): number {
  const further = by === 1 ? SPEEDS.find((one) => one > rate) : SPEEDS.findLast((one) => one < rate);
  return further ?? rate;
}

export function togglePlay(video: HTMLVideoElement): void {
  if (video.paused) void startPlaying(video);
  else video.pause();
}

async function startPlaying(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch (error) {
    // A pause, or another source, came before the first frame: nothing to tell.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}
