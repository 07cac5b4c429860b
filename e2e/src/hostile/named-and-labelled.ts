import type { HostileCase } from './hostile-case.ts';
import { made, picture, SOUND, X264 } from './run-tool.ts';

const PLAIN = { width: 160, height: 90, frames: 25 } as const;

const NAMES: readonly (readonly [name: string, fileName: string, kept: string])[] = [
  ['an option of ffmpeg', '-i.mp4', '-i.mp4'],
  ['a way up', '../../x.mp4', 'x.mp4'],
  ['a pattern', '%d.mp4', '%d.mp4'],
  ['a command', '$(touch x).mp4', '$(touch x).mp4'],
  ['an address', 'http:%2f%2f127.0.0.1.mp4', 'http:%2f%2f127.0.0.1.mp4'],
  ['a face', '\u{1f3ac}\u{1f1e9}\u{1f1ea}.mp4', '\u{1f3ac}\u{1f1e9}\u{1f1ea}.mp4'],
  ['250 characters', `${'n'.repeat(246)}.mp4`, `${'n'.repeat(246)}.mp4`],
  ['markup', '"><img src=x onerror=alert(1)>.mp4', '"><img src=x onerror=alert(1)>.mp4'],
];

/** Files whose names, and words inside, are more than words to somebody. */
export const NAMED_AND_LABELLED: readonly HostileCase[] = [
  ...NAMES.map(([name, fileName, kept]): HostileCase => ({
    name: `a name that is ${name}`,
    fileName,
    make: ({ plain }) => plain,
    expect: { ...PLAIN, wrong: (video) => (video.fileName === kept ? [] : [`it is called ${video.fileName}`]) },
  })),
  {
    name: 'a name of two lines',
    fileName: 'two\nlines.mp4',
    make: ({ plain }) => plain,
    expect: { status: 400, code: 'upload_metadata_invalid' },
  },
  {
    name: 'a name with an end in it',
    fileName: 'end\0.mp4',
    make: ({ plain }) => plain,
    expect: { status: 400, code: 'upload_metadata_invalid' },
  },
  {
    name: 'a language with more to it than a name',
    fileName: 'language.mkv',
    make: (bench) =>
      made(bench, 'mkv', [
        ...[...SOUND, ...picture(), '-map', '1:v', '-map', '0:a', ...X264, '-c:a', 'aac'],
        ...['-metadata:s:a', 'language=en-u-hebrew'],
      ]),
    expect: PLAIN,
  },
  {
    name: 'words inside that are markup, options and turns of direction',
    fileName: 'words.mkv',
    make: (bench) =>
      made(bench, 'mkv', [
        ...[...SOUND, ...picture(), '-map', '1:v', '-map', '0:a', ...X264, '-c:a', 'aac'],
        ...['-metadata', 'title=<script>alert(1)</script>', '-metadata', 'comment=-i /etc/passwd'],
        ...['-metadata:s:a', 'language=../', '-metadata:s:v', 'title=$(id)'],
        ...['-metadata:s:a', 'title=<b onload=alert(1)>\u{202e}\u{7}"; drop table\u{feff}'],
      ]),
    expect: {
      ...PLAIN,
      wrong: ({ probe, renditions }) => {
        const titles = probe?.audio.map(({ title }) => title).join();
        const names = renditions.map(({ name }) => name).filter((name) => !/^[a-z0-9-]+$/.test(name));
        return [
          ...(titles === '<b onload=alert(1)>; drop table' ? [] : [`the sound is called ${titles}`]),
          ...names.map((name) => `a rendition is called ${name}`),
        ];
      },
    },
  },
];
