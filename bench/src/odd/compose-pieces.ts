import { beepGraph, patternGraph } from '@transcode/testing/media';
import type { Draft, Pieces } from './draft.ts';
import { encoderArgv, FORMATS, soundEncoder } from './formats.ts';
import type { Step } from './recipe.ts';

type Clocks = Extract<Pieces, { kind: 'clocks' }>;
type Shapes = Extract<Pieces, { kind: 'shapes' }>;

/** The steps for a source that is made of pieces whose numbers go on. */
export function composePieces(draft: Draft, pieces: Pieces, file: string): Step[] {
  return pieces.kind === 'clocks' ? composeClocks(draft, pieces, file) : composeShapes(draft, pieces, file);
}

/** Files of their own clocks, byte after byte: as recorders and ad splicers leave them. */
function composeClocks(draft: Draft, { parts }: Clocks, file: string): Step[] {
  const { ending } = FORMATS[draft.format];
  const names = parts.map((_, index) => `part-${index}.${ending}`);
  const first = firsts(parts);
  return [
    ...parts.map(({ frames, offset, picture = 0, sound = 0 }, index): Step => {
      const { width, height, rate } = draft;
      const graph = patternGraph({ width, height, rate, frames, first: first[index] ?? 0 });
      const seconds = frames / Number(rate);
      const sounds = draft.sounds.map(({ rate: samples, channels }) => {
        const beeps = beepGraph({ seconds, rate: samples, channels });
        return ['-itsoffset', String(sound), '-f', 'lavfi', '-i', beeps];
      });
      return {
        ffmpeg: [
          ...['-itsoffset', String(picture), '-f', 'lavfi', '-i', graph, ...sounds.flat(), '-vf', 'format=yuv420p'],
          ...['-fps_mode', 'passthrough'],
          ...encoderArgv(draft.codec, draft.bFrames),
          ...['-g', rate],
          ...draft.sounds.flatMap(({ codec }) => ['-c:a', soundEncoder(codec)]),
          ...['-output_ts_offset', String(offset), ...FORMATS[draft.format].muxer, names[index] ?? ''],
        ],
      };
    }),
    { join: names, into: file },
  ];
}

/** Pictures of their own shapes in one stream, with sound over all of them. */
function composeShapes(draft: Draft, { parts }: Shapes, file: string): Step[] {
  const { ending } = FORMATS[draft.format];
  const names = parts.map((_, index) => `part-${index}.${ending}`);
  const first = firsts(parts);
  const beeps = draft.sounds.map(({ seconds, rate, channels }) => beepGraph({ seconds, rate, channels }));
  return [
    ...parts.map(({ frames, width, height, stored }, index): Step => {
      const graph = patternGraph({ width, height, rate: draft.rate, frames, first: first[index] ?? 0 });
      const aspect = `${width * stored.height}/${height * stored.width}`;
      const filter = `scale=${stored.width}:${stored.height},setsar=${aspect},format=yuv420p`;
      const argv = ['-f', 'lavfi', '-i', graph, '-vf', filter, ...encoderArgv(draft.codec, 0), '-g', draft.rate];
      return { ffmpeg: [...argv, names[index] ?? ''] };
    }),
    { write: 'list.txt', text: names.map((name) => `file ${name}\n`).join('') },
    {
      ffmpeg: [
        ...['-f', 'concat', '-safe', '0', '-i', 'list.txt', ...beeps.flatMap((graph) => ['-f', 'lavfi', '-i', graph])],
        ...['-map', '0:v', ...beeps.flatMap((_, index) => ['-map', `${index + 1}:a`]), '-c:v', 'copy'],
        ...draft.sounds.flatMap(({ codec }) => ['-c:a', soundEncoder(codec)]),
        file,
      ],
    },
  ];
}

/** The number with which each part begins. */
export function firsts(parts: readonly { readonly frames: number }[]): number[] {
  let next = 0;
  return parts.map(({ frames }) => {
    const first = next;
    next += frames;
    return first;
  });
}
