/** One sound of the video: a language, or a commentary. */
export interface Sound {
  readonly index: number;
  readonly name: string;
}

interface NativeTrack {
  readonly label: string;
  readonly language: string;
  enabled: boolean;
}

/** Safari's list of the sounds of what it plays by itself. */
interface NativeTracks extends EventTarget, ArrayLike<NativeTrack> {}

/** What Safari offers; other browsers have no such list. */
function tracksOf(video: HTMLVideoElement): NativeTracks | undefined {
  return (video as HTMLVideoElement & { readonly audioTracks?: NativeTracks }).audioTracks;
}

/** Tells the sounds that a browser found by itself, and which is heard, now and whenever that changes. */
export function followNativeSounds(
  video: HTMLVideoElement,
  tell: (sounds: readonly Sound[], heard: number) => void,
): () => void {
  const tracks = tracksOf(video);
  if (tracks === undefined) return () => undefined;
  const read = () => {
    const all = Array.from(tracks);
    tell(
      all.map(({ label, language }, index) => ({ index, name: label || language || `Sound ${index + 1}` })),
      all.findIndex(({ enabled }) => enabled),
    );
  };
  const events = ['addtrack', 'removetrack', 'change'];
  for (const name of events) tracks.addEventListener(name, read);
  read();
  return () => {
    for (const name of events) tracks.removeEventListener(name, read);
  };
}

/** The new one first, so that there is never none. */
export function hearNativeSound(video: HTMLVideoElement, index: number): void {
  const tracks = Array.from(tracksOf(video) ?? []);
  const wanted = tracks[index];
  if (wanted === undefined) return;
  wanted.enabled = true;
  for (const track of tracks) if (track !== wanted) track.enabled = false;
}
