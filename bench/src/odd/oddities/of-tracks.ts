import { isIn, type Oddity } from './oddity.ts';

/** In which order, and beside what else, picture and sound lie. */
export const OF_TRACKS: readonly Oddity[] = [
  {
    name: 'sound first',
    group: 'tracks',
    fits: (draft) => draft.sounds.length > 0 && !isIn(draft, 'ps', 'flv', 'mxf') && draft.pieces?.kind !== 'shapes',
    change: (draft) => ({ ...draft, tracks: { ...draft.tracks, soundFirst: true } }),
  },
  {
    name: 'a cover first',
    group: 'tracks',
    fits: (draft) =>
      isIn(draft, 'mkv', 'mov') &&
      draft.pieces === undefined &&
      draft.turn === undefined &&
      draft.cut === undefined &&
      !draft.isVariable &&
      draft.frames > 1,
    change: (draft) => ({ ...draft, tracks: { ...draft.tracks, cover: true } }),
  },
  {
    name: 'several sounds',
    group: 'tracks',
    fits: (draft) => draft.sounds.length === 1 && isIn(draft, 'mkv', 'mp4', 'mov', 'ts') && draft.pieces === undefined,
    change: (draft, random) => {
      const languages = random.pick([
        ['eng', 'ger'],
        ['jpn', 'eng', 'ger'],
      ]);
      return {
        ...draft,
        sounds: draft.sounds.flatMap((sound) => languages.map((language) => ({ ...sound, language }))),
      };
    },
  },
  {
    name: 'left and right in tracks of their own',
    group: 'tracks',
    fits: (draft) => isIn(draft, 'mov') && draft.sounds.length === 1,
    change: (draft) => ({
      ...draft,
      sounds: draft.sounds.flatMap((sound) =>
        (['FL', 'FR'] as const).map((channels) => ({ ...sound, codec: 'pcm_s16le' as const, rate: 48_000, channels })),
      ),
    }),
  },
  {
    name: 'fonts',
    group: 'tracks',
    fits: (draft) => isIn(draft, 'mkv') && draft.pieces === undefined,
    change: (draft, random) => ({ ...draft, tracks: { ...draft.tracks, fonts: random.pick([1, 12, 62, 90]) } }),
  },
  {
    name: 'subtitles',
    group: 'tracks',
    fits: (draft) => isIn(draft, 'mkv', 'mp4', 'mov') && draft.pieces === undefined,
    change: (draft) => ({
      ...draft,
      tracks: { ...draft.tracks, subtitles: draft.format === 'mkv' ? 'srt' : 'mov_text' },
    }),
  },
  {
    name: 'a time code',
    group: 'tracks',
    fits: (draft) => isIn(draft, 'mov', 'mxf') && ['24', '25', '30000/1001'].includes(draft.rate),
    change: (draft) => ({ ...draft, tracks: { ...draft.tracks, timecode: true } }),
  },
];
