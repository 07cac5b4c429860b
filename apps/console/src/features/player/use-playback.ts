'use client';
import type Hls from 'hls.js';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { patiently } from '../shell/patiently.ts';
import { followNativeSounds, hearNativeSound, type Sound } from './native-sounds.ts';
import { Recovery } from './recovery.ts';
import { useIsWanted } from './use-is-wanted.ts';

interface Level {
  readonly index: number;
  readonly height: number;
  readonly bitRate: number;
}

export interface Playback {
  /** Renditions to choose from; none where the browser plays HLS by itself. */
  readonly levels: readonly Level[];
  /** The chosen one; -1 lets the player choose. */
  readonly chosen: number;
  /** The one on the screen. */
  readonly shown: number;
  readonly choose: (index: number) => void;
  /** The sounds that the video has: several where it has several languages. */
  readonly sounds: readonly Sound[];
  /** The one that is heard. */
  readonly heard: number;
  readonly hear: (index: number) => void;
  readonly error: string | undefined;
}

/** What plays where the browser cannot by itself; it weighs as much as a page, so it comes once the video is wanted. */
const loadHls = async () => (await import('hls.js')).default;
const NOT_LOADED = 'The player could not be loaded. Reload the page.';
const AUTO = -1;
const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

/** Feeds the video element once it is wanted: by the browser's own HLS on Apple's systems, by hls.js elsewhere. */
export function usePlayback(video: RefObject<HTMLVideoElement | null>, url: string): Playback {
  const hls = useRef<Hls>(undefined);
  const [levels, setLevels] = useState<readonly Level[]>([]);
  const [chosen, setChosen] = useState(AUTO);
  const [shown, setShown] = useState(AUTO);
  const [sounds, setSounds] = useState<readonly Sound[]>([]);
  const [heard, setHeard] = useState(0);
  const [error, setError] = useState<string>();
  const isWanted = useIsWanted(video);

  useEffect(() => {
    const element = video.current;
    if (!element || !isWanted) return undefined;
    let isOver = false;
    let unfollow = (): void => undefined;
    const recovery = new Recovery(setError);
    const showSounds = (found: readonly Sound[], index: number) => {
      setSounds(found);
      setHeard(index);
    };
    const attach = async () => {
      const Player = await patiently(loadHls, () => !isOver);
      if (isOver) return;
      if (prefersNative(element, Player.isSupported())) {
        element.setAttribute('src', url);
        unfollow = followNativeSounds(element, showSounds);
        return;
      }
      if (!Player.isSupported()) {
        setError('This browser cannot play the video. A current Chrome, Edge, Firefox or Safari can.');
        return;
      }
      const player = new Player({ capLevelToPlayerSize: true, startPosition: element.currentTime || -1 });
      hls.current = player;
      player.on(Player.Events.MANIFEST_PARSED, (_, { levels: found }) =>
        setLevels(found.map(({ height, bitrate }, index) => ({ index, height, bitRate: bitrate }))),
      );
      player.on(Player.Events.LEVEL_SWITCHED, (_, { level }) => setShown(level));
      player.on(Player.Events.AUDIO_TRACKS_UPDATED, (_, { audioTracks }) => {
        const found = audioTracks.map(({ name, lang }, index) => ({ index, name: name || (lang ?? '') }));
        showSounds(found, Math.max(0, player.audioTrack));
      });
      player.on(Player.Events.AUDIO_TRACK_SWITCHING, (_, { id }) => setHeard(id));
      player.on(Player.Events.ERROR, (_, { fatal, type }) => {
        if (!fatal) return;
        const isMedia = type === Player.ErrorTypes.MEDIA_ERROR;
        recovery.failed(isMedia ? 'media' : 'line', () => {
          if (isMedia) player.recoverMediaError();
          else if (player.levels.length > 0) player.startLoad();
          else player.loadSource(url);
        });
      });
      player.on(Player.Events.FRAG_BUFFERED, () => recovery.moved());
      player.loadSource(url);
      player.attachMedia(element);
    };
    attach().catch(() => {
      if (!isOver) setError(NOT_LOADED);
    });
    return () => {
      isOver = true;
      recovery.stop();
      unfollow();
      hls.current?.destroy();
      hls.current = undefined;
      element.removeAttribute('src');
    };
  }, [video, url, isWanted]);

  const choose = (index: number) => {
    setChosen(index);
    if (hls.current) hls.current.currentLevel = index;
  };
  const hear = (index: number) => {
    setHeard(index);
    if (hls.current) hls.current.audioTrack = index;
    else if (video.current) hearNativeSound(video.current, index);
  };
  return { levels, chosen, shown, choose, sounds, heard, hear, error };
}

/** Chrome has begun to say that it plays HLS, too; it does not let a rendition be chosen. */
function prefersNative(element: HTMLVideoElement, hasMediaSource: boolean): boolean {
  const isApple = navigator.vendor.startsWith('Apple');
  return element.canPlayType(PLAYLIST_TYPE) !== '' && (isApple || !hasMediaSource);
}
