/** The keys of a player, as everywhere: space or k, j and l, arrows, m, comma and full stop for one frame. */
export function playerKey(key: string, video: HTMLVideoElement, frameSeconds: number): (() => void) | undefined {
  const step = (by: number) => () => seekTo(video, video.currentTime + by);
  const actions: Record<string, () => void> = {
    ' ': () => togglePlay(video),
    k: () => togglePlay(video),
    j: step(-10),
    l: step(10),
    ArrowLeft: step(-5),
    ArrowRight: step(5),
    Home: step(-Infinity),
    End: step(Infinity),
    ',': step(-frameSeconds),
    '.': step(frameSeconds),
    m: () => toggleMuted(video),
  };
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}

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
