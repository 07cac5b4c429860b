'use client';
import { useEffect, useState, type RefObject } from 'react';

export interface MediaState {
  readonly playing: boolean;
  /** It has been played, or another place than its start was gone to. */
  readonly begun: boolean;
  readonly muted: boolean;
  readonly seconds: number;
  readonly rate: number;
}

const EVENTS = [
  'play',
  'pause',
  'ended',
  'timeupdate',
  'seeking',
  'volumechange',
  'ratechange',
  'loadedmetadata',
] as const;

/** What the controls show of a video element. */
export function useMediaState(video: RefObject<HTMLVideoElement | null>): MediaState {
  const [state, setState] = useState<MediaState>({ playing: false, begun: false, muted: false, seconds: 0, rate: 1 });
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    const read = () =>
      setState({
        playing: !element.paused,
        begun: !element.paused || element.currentTime > 0,
        muted: element.muted,
        seconds: element.currentTime,
        rate: element.playbackRate,
      });
    for (const name of EVENTS) element.addEventListener(name, read);
    return () => {
      for (const name of EVENTS) element.removeEventListener(name, read);
    };
  }, [video]);
  return state;
}
