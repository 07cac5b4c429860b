import { bodyOf, box, boxesIn, edited, u32 } from './boxes.ts';
import type { HostileCase } from './hostile-case.ts';
import { made, picture, SOUND, X264 } from './run-tool.ts';
import { aviWithSubtitles } from './avi.ts';

const PLAIN = { width: 160, height: 90, frames: 25 } as const;
const MDIA = ['moov', 'trak', 'mdia'];

/** Files that are small and ask for much. */
export const TOO_MUCH: readonly HostileCase[] = [
  {
    name: 'a thousand tracks',
    fileName: 'tracks.mp4',
    make: ({ plain }) =>
      edited(plain, ['moov'], (body) => {
        const track = boxesIn(body).find(({ type }) => type === 'trak');
        if (track === undefined) throw new Error('There is no track');
        return Buffer.concat([body, ...Array.from({ length: 1_000 }, () => body.subarray(track.start, track.end))]);
      }),
    expect: { code: 'source_too_large', says: /more than 1000 streams, more than the 64 of picture and sound we take/ },
  },
  {
    name: 'a hundred tracks',
    fileName: 'hundred.mkv',
    make: (bench) =>
      made(bench, 'mkv', [
        ...picture({ frames: 5 }),
        ...Array.from({ length: 100 }, () => ['-map', '0']).flat(),
        '-c:v',
        'mjpeg',
      ]),
    expect: { code: 'source_too_large', says: /100 streams of picture and sound, more than the 64 streams we take/ },
  },
  {
    name: 'pictures that say they are 20,000 by 20,000',
    fileName: 'claimed.avi',
    make: async (bench) => {
      const frame = await made(bench, 'mjpeg', [...picture({ frames: 1 }), '-c:v', 'mjpeg']);
      return aviWithSubtitles(sizedJpeg(frame, 20_000), { size: [20_000, 20_000], frames: 25, subtitles: '' });
    },
    expect: { code: 'source_too_large', says: /pictures of 20000x20000, more than the 67,108,864 pixels we take/ },
  },
  {
    name: 'a film that says it is 20,000 by 20,000 and is not',
    fileName: 'boasting.mp4',
    make: ({ plain }) =>
      edited(plain, [...MDIA, 'minf', 'stbl', 'stsd'], (body) => {
        body.writeUInt32BE(20_000 * 65_536 + 20_000, 8 + 8 + 24);
        return body;
      }),
    expect: PLAIN,
  },
  {
    name: 'a GIF of 65,535 by 65,535',
    fileName: 'screen.gif',
    make: async (bench) => {
      const gif = await made(bench, 'gif', picture({ frames: 3 }));
      gif.writeUInt16LE(65_535, 6);
      gif.writeUInt16LE(65_535, 8);
      return gif;
    },
    expect: { code: 'source_too_large', says: /pictures of 65535x65535/ },
  },
  {
    name: 'a bomb: nothing at all, 8192 by 8192',
    fileName: 'bomb.mp4',
    make: (bench) => made(bench, 'mp4', ['-f', 'lavfi', '-i', 'color=s=8192x8192:r=25', '-frames:v', '4', ...X264]),
    expect: { width: 360, height: 360, frames: 4 },
  },
  {
    name: 'one frame that lasts ten hours',
    fileName: 'one-frame.mp4',
    make: async (bench) => {
      const one = await made(bench, 'mp4', [...picture({ frames: 1 }), ...X264, '-bf', '0', '-use_editlist', '0']);
      return edited(one, [...MDIA, 'minf', 'stbl', 'stts'], () => u32(0, 1, 1, 12_800 * 36_000));
    },
    expect: { width: 160, height: 90, frames: 1 },
  },
  {
    name: 'three frames, the last of which lasts 23 hours',
    fileName: 'last-frame.mp4',
    make: async (bench) => {
      const three = await made(bench, 'mp4', [...picture({ frames: 3 }), ...X264, '-bf', '0', '-use_editlist', '0']);
      return edited(three, [...MDIA, 'minf', 'stbl', 'stts'], () =>
        u32(0, 3, 1, 205, 1, 1_243, 1, 12_800 * 3_600 * 23),
      );
    },
    expect: { code: 'source_too_large', says: /a picture that stays for 23\.0 hours/ },
  },
  {
    name: 'a picture a day after its sound',
    fileName: 'late-picture.mkv',
    make: (bench) =>
      made(bench, 'mkv', [
        ...[...SOUND, ...picture(), '-map', '1:v', '-map', '0:a', '-vf', 'setpts=PTS+80000/TB'],
        ...['-fps_mode', 'passthrough', '-c:v', 'mpeg4', '-c:a', 'flac'],
      ]),
    expect: { code: 'source_too_large', says: /a picture that stays for 22\.2 hours/ },
  },
  {
    name: 'a picture wider than any encoder takes',
    fileName: 'wide.mkv',
    make: (bench) => made(bench, 'mkv', ['-f', 'lavfi', '-i', 'color=s=20000x200:r=25:d=0.2', '-c:v', 'ffv1']),
    expect: { code: 'source_too_large', says: /pictures of 20000x200, more than the 16384 pixels a side we take/ },
  },
  {
    name: 'two frames, ten hours apart',
    fileName: 'ten-hours.mp4',
    make: async (bench) => {
      const two = await made(bench, 'mp4', [...picture({ frames: 2 }), ...X264, '-bf', '0', '-use_editlist', '0']);
      return edited(two, [...MDIA, 'minf', 'stbl', 'stts'], () => u32(0, 2, 1, 12_800 * 36_000, 1, 512));
    },
    expect: { code: 'source_too_large', says: /a picture that stays for 10\.0 hours, more than the 1 hour we take/ },
  },
  {
    name: 'thirty hours with a picture each half hour',
    fileName: 'thirty-hours.mp4',
    make: async (bench) => {
      const some = await made(bench, 'mp4', [...picture({ frames: 61 }), ...X264, '-bf', '0', '-use_editlist', '0']);
      return edited(some, [...MDIA, 'minf', 'stbl', 'stts'], () => u32(0, 1, 61, 12_800 * 1800));
    },
    expect: { code: 'source_too_large', says: /a new picture only every 1800 s, more than the 60 s between two/ },
  },
  {
    name: 'a title of five megabytes',
    fileName: 'title.mp4',
    make: ({ plain }) => {
      const data = box('data', u32(1, 0), Buffer.alloc(5 * 1024 ** 2, 'a'));
      const meta = box(
        'meta',
        u32(0),
        box('hdlr', u32(0, 0), Buffer.from('mdirappl'), u32(0, 0, 0)),
        box('ilst', box('\u00a9nam', data)),
      );
      return edited(plain, ['moov'], (body) => Buffer.concat([body, box('udta', meta)]));
    },
    expect: PLAIN,
  },
  {
    name: 'a label of ninety thousand letters',
    fileName: 'label.mkv',
    make: async (bench) => {
      const film = await made(bench, 'mkv', [...picture(), ...X264, '-metadata:s:v', `title=${'b'.repeat(90_000)}`]);
      return film;
    },
    expect: PLAIN,
  },
  {
    name: 'twenty thousand chapters',
    fileName: 'chapters.mp4',
    make: ({ plain }) => {
      const chapters = Array.from({ length: 255 }, (_, n) =>
        Buffer.concat([u32(0, n * 1000), Buffer.from([3]), Buffer.from('abc')]),
      );
      const chpl = box('chpl', u32(0x0100_0000), Buffer.alloc(4), Buffer.from([255]), ...chapters);
      const udta = box('udta', ...Array.from({ length: 80 }, () => chpl));
      return edited(plain, ['moov'], (body) => Buffer.concat([body, udta]));
    },
    expect: PLAIN,
  },
  {
    name: 'a pixel that is 60,000 times as wide as high',
    fileName: 'wide.mp4',
    make: (bench) => made(bench, 'mp4', [...picture(), '-vf', 'setsar=60000/1', ...X264]),
    expect: PLAIN,
  },
  {
    name: 'a single pixel',
    fileName: 'pixel.mkv',
    make: (bench) =>
      made(bench, 'mkv', ['-f', 'lavfi', '-i', 'color=s=1x1:r=25:d=1', '-c:v', 'ffv1', '-pix_fmt', 'gray']),
    expect: 'either',
  },
  {
    name: 'fragments, each of one frame, and a thousand empty ones',
    fileName: 'fragments.mp4',
    make: async (bench) => {
      const film = await made(bench, 'mp4', [...picture(), ...X264, '-movflags', '+frag_every_frame+empty_moov']);
      const moof = boxesIn(film).find(({ type }) => type === 'moof');
      if (moof === undefined) throw new Error('There is no fragment');
      const empty = box(
        'moof',
        box('mfhd', u32(0, 1)),
        box('traf', bodyOf(film.subarray(moof.start), ['moof', 'traf']).subarray(0, 0)),
      );
      return Buffer.concat([film, ...Array.from({ length: 1_000 }, () => empty)]);
    },
    expect: 'either',
  },
];

/** Writes another size into a JPEG, both ways. */
function sizedJpeg(jpeg: Buffer, size: number): Buffer {
  const changed = Buffer.from(jpeg);
  const frame = changed.indexOf(Buffer.from('ffc0', 'hex'));
  changed.writeUInt16BE(size, frame + 5);
  changed.writeUInt16BE(size, frame + 7);
  return changed;
}
