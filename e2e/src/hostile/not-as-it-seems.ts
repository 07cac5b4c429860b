import { bodyOf, box, boxesIn, edited, u16, u32 } from './boxes.ts';
import type { HostileCase } from './hostile-case.ts';
import { made, picture, SOUND, X264 } from './run-tool.ts';

const PLAIN = { width: 160, height: 90, frames: 25 } as const;
const STSD = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];

/** Files that are whole and are not, or not only, what they say. */
export const NOT_AS_IT_SEEMS: readonly HostileCase[] = [
  {
    // A crop that only the container tells: the left half of the picture.
    name: 'half of the picture cut off',
    fileName: 'crop.mov',
    make: ({ plain }) =>
      edited(plain, STSD, (body) =>
        Buffer.concat([
          body.subarray(0, 8),
          edited(body.subarray(8), ['avc1'], (entry) =>
            Buffer.concat([entry, box('clap', u32(80, 1, 90, 1, 0, 1, 0, 1))]),
          ),
        ]),
      ),
    expect: { ...PLAIN, width: 80 },
  },
  {
    name: 'sound alone that says it is a film',
    fileName: 'silent-film.mp4',
    make: (bench) => made(bench, 'mp4', [...SOUND, '-c:a', 'aac']),
    expect: { code: 'source_has_no_video', says: /no video/ },
  },
  {
    name: 'a Matroska that is called MP4',
    fileName: 'really-matroska.mp4',
    make: (bench) => made(bench, 'mkv', [...picture(), ...X264]),
    expect: PLAIN,
  },
  {
    name: 'a film that is called a text',
    fileName: 'film.txt',
    make: ({ plain }) => plain,
    expect: PLAIN,
  },
  {
    name: 'two films, one behind the other',
    fileName: 'twice.mp4',
    make: ({ plain }) => Buffer.concat([plain, plain]),
    expect: 'either',
  },
  {
    name: 'a film with a codec that nobody has',
    fileName: 'unknown.mp4',
    make: ({ plain }) =>
      edited(plain, STSD, (body) => {
        body.write('zzzz', 12, 'latin1');
        return body;
      }),
    expect: { code: 'source_codec_unknown', says: /cannot decode/ },
  },
  {
    name: 'channels in numbers that nobody hears',
    fileName: 'channels.mp4',
    make: ({ plain }) => {
      const [, sound] = boxesIn(bodyOf(plain, ['moov'])).filter(({ type }) => type === 'trak');
      if (sound === undefined) throw new Error('There is no sound');
      const at = plain.indexOf('mp4a', 0, 'latin1');
      const changed = Buffer.from(plain);
      u16(0xffff, 16, 0xffff, 0, 0xffff).copy(changed, at + 20);
      return changed;
    },
    expect: 'either',
  },
];
