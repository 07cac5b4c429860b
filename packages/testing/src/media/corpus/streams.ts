import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

const COVER = ['-f', 'lavfi', '-i', 'testsrc2=size=300x420:rate=25'];
/** So many attached files that are called fonts. */
const fonts = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => [
    ...['-attach', '{0}.mp4', `-metadata:s:t:${n}`, 'mimetype=font/ttf'],
    ...[`-metadata:s:t:${n}`, `filename=font-${n}.ttf`],
  ]).flat();
const WORDS = Buffer.from('1\n00:00:00,500 --> 00:00:02,000\nHello\n').toString('base64');
const FILM = [...inputs(), ...X264, ...AAC, '{0}.mp4'];

/** One picture as a track like any other, before the film or behind it. */
function withCover(name: string, file: string, order: readonly string[], more: readonly string[] = []): CorpusCase {
  return {
    name,
    file,
    steps: [
      FILM,
      [...COVER, '-frames:v', '1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-y', '{0}.mov'],
      ['-i', '{0}.mov', '-i', '{0}.mp4', ...order.flatMap((input) => ['-map', input]), '-c', 'copy', ...more, '{}'],
    ],
    expect: { ...USUAL, beepAfterFlash: 0 },
  };
}

/** Sources with more in them than one picture and its sound. */
export const STREAMS: CorpusCase[] = [
  withCover('cover-first-mkv', 'cover-first.mkv', ['0', '1']),
  withCover('cover-first-mov', 'cover-first.mov', ['0', '1'], ['-disposition:v:0', 'default', '-disposition:v:1', '0']),
  withCover(
    'cover-default-last',
    'cover-last.mkv',
    ['1', '0'],
    ['-disposition:v:0', '0', '-disposition:v:1', 'default'],
  ),
  ...[62, 300].map((count): CorpusCase => ({
    name: `fonts-${count}`,
    file: `fonts-${count}.mkv`,
    steps: [FILM, ['-i', '{0}.mp4', '-c', 'copy', ...fonts(count), '{}']],
    expect: USUAL,
  })),
  {
    name: 'subtitles-in-70-languages',
    file: 'subtitles.mkv',
    steps: [
      FILM,
      ['-i', '{0}.mp4', '-f', 'srt', '-i', `data:text/plain;base64,${WORDS}`, '-map', '0'].concat(
        Array.from({ length: 70 }, () => ['-map', '1']).flat(),
        ['-c', 'copy', '-c:s', 'srt', '{}'],
      ),
    ],
    expect: USUAL,
  },
  {
    // A broadcast of two programmes, each of a picture and its sound.
    name: 'two-programmes',
    file: 'two-programmes.ts',
    steps: [
      [
        ...[...inputs(), '-f', 'lavfi', '-i', 'testsrc2=size=160x90:duration=3', '-f', 'lavfi', '-i', 'sine=d=3'],
        ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', ...X264, '-c:a', 'mp2'],
        ...['-program', 'title=One:st=0:st=1', '-program', 'title=Other:st=2:st=3', '{}'],
      ],
    ],
    expect: USUAL,
  },
];
