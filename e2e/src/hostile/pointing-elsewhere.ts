import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { box, edited, u16, u32 } from './boxes.ts';
import type { HostileCase, Workbench } from './hostile-case.ts';
import { made, picture, SOUND, X264 } from './run-tool.ts';
import { aviWithSubtitles } from './avi.ts';

const PLAIN = { width: 160, height: 90, frames: 25 } as const;
const STBL = ['moov', 'trak', 'mdia', 'minf'];

/** Files of known kinds that name other files and addresses. */
export const POINTING_ELSEWHERE: readonly HostileCase[] = [
  {
    name: 'a film whose samples are in another file, by an alias',
    fileName: 'alias.mov',
    make: ({ plain, canaryFile }) => withReference(plain, alias(canaryFile)),
    expect: { code: 'source_unreadable', says: /damaged or incomplete/ },
  },
  {
    name: 'a film whose samples are behind an address',
    fileName: 'remote.mp4',
    // ffmpeg has never read those; what is in the file is what it takes.
    make: ({ plain, canaryUrl }) => withReference(plain, box('url ', u32(0), Buffer.from(`${canaryUrl}\0`))),
    expect: 'either',
  },
  {
    name: 'a film that only names others',
    fileName: 'reference.mov',
    make: ({ canaryUrl }) => {
      const address = Buffer.from(`${canaryUrl}\0`);
      const reference = box('rdrf', u32(0), Buffer.from('url '), u32(address.length), address);
      return Buffer.concat([
        box('ftyp', Buffer.from('qt  '), u32(0)),
        box('moov', box('rmra', box('rmda', reference))),
      ]);
    },
    expect: { code: 'source_unreadable', says: /damaged or incomplete/ },
  },
  {
    name: 'a film with attachments that are named like files elsewhere',
    fileName: 'attached.mkv',
    make: async (bench) => {
      const name = ['-metadata:s:t', `filename=${bench.canaryFile}`, '-metadata:s:t', 'mimetype=font/ttf'];
      const font = path.join(bench.folder, 'font.ttf');
      await writeFile(font, 'no font');
      return made(bench, 'mkv', [...picture(), '-attach', font, ...name, ...X264]);
    },
    expect: PLAIN,
  },
  {
    name: 'a film with subtitles whose font is elsewhere',
    fileName: 'styled.mkv',
    make: async (bench) => {
      const titles = path.join(bench.folder, 'styled.ass');
      await writeFile(titles, subtitles(bench));
      return made(bench, 'mkv', ['-i', titles, ...picture(), '-map', '1:v', '-map', '0', ...X264, '-c:s', 'copy']);
    },
    expect: PLAIN,
  },
  {
    name: 'a film with a playlist for subtitles',
    fileName: 'playlist-inside.avi',
    make: async (bench) => {
      const frame = await made(bench, 'mjpeg', [...picture({ frames: 1 }), '-c:v', 'mjpeg']);
      return aviWithSubtitles(frame, { size: [160, 90], frames: 25, subtitles: playlist(bench) });
    },
    expect: PLAIN,
  },
  {
    name: 'a film with subtitles inside that name a font file',
    fileName: 'ass-inside.avi',
    make: async (bench) => {
      const frame = await made(bench, 'mjpeg', [...picture({ frames: 1 }), '-c:v', 'mjpeg']);
      return aviWithSubtitles(frame, { size: [160, 90], frames: 25, subtitles: subtitles(bench) });
    },
    expect: PLAIN,
  },
  {
    name: 'a transport stream that carries a playlist',
    fileName: 'playlist.ts',
    make: (bench) => {
      const said = Buffer.from(playlist(bench));
      const packets = Array.from({ length: 40 }, (_, n) => {
        const packet = Buffer.alloc(188, '\n');
        packet.set([0x47, 0x41, 0x00, 0x10 + (n % 16)]);
        said.copy(packet, 4, 0, 184);
        return packet;
      });
      return Buffer.concat(packets);
    },
    expect: { code: 'source_unreadable', says: /damaged or incomplete/ },
  },
  {
    name: 'a tag before a playlist',
    fileName: 'tagged.mp3',
    make: (bench) => Buffer.concat([Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1'), Buffer.from(playlist(bench))]),
    expect: { code: 'source_unreadable', says: /damaged or incomplete/ },
  },
  {
    name: 'sound with a drawing for a cover',
    fileName: 'cover.mp3',
    make: async (bench) => {
      const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${bench.canaryUrl}"/></svg>`);
      const frame = Buffer.concat([Buffer.from('\0image/svg+xml\0\u0003\0', 'latin1'), svg]);
      const apic = Buffer.concat([Buffer.from('APIC'), u32(frame.length), u16(0), frame]);
      const tag = Buffer.concat([Buffer.from('ID3\u0003\0\0', 'latin1'), syncsafe(apic.length), apic]);
      return Buffer.concat([tag, await made(bench, 'mp3', [...SOUND, '-id3v2_version', '0'])]);
    },
    expect: { code: 'source_has_no_video', says: /no video/ },
  },
  {
    name: 'a stream with commands for a player',
    fileName: 'commands.wmv',
    make: (bench) =>
      made(bench, 'asf', [
        ...picture(),
        ...['-metadata', `WM/URL=${bench.canaryUrl}`, '-metadata', `title=${bench.canaryUrl}`, '-c:v', 'msmpeg4'],
      ]),
    expect: PLAIN,
  },
];

/** Makes the picture's samples lie in what `entry` names. */
function withReference(plain: Buffer, entry: Buffer): Buffer {
  const body = Buffer.concat([u32(0, 1), entry]);
  return edited(plain, [...STBL, 'dinf', 'dref'], () => body);
}

/** An alias of the old Macintosh: volume, file name, and then the path again, absolute. */
function alias(target: string): Buffer {
  const name = path.basename(target).slice(0, 60);
  const record = Buffer.alloc(142);
  record.writeUInt8(4, 10);
  record.write('disk', 11, 'latin1');
  record.writeUInt8(name.length, 50);
  record.write(name, 51, 'latin1');
  const absolute = Buffer.from(target);
  const padded = absolute.length % 2 === 0 ? absolute : Buffer.concat([absolute, Buffer.alloc(1)]);
  const folder = Buffer.from(path.dirname(target));
  const paddedFolder = folder.length % 2 === 0 ? folder : Buffer.concat([folder, Buffer.alloc(1)]);
  const tail = Buffer.concat([
    ...[u16(0, folder.length), paddedFolder, u16(2, absolute.length), padded, u16(18, absolute.length), padded],
    u16(0xffff, 0),
  ]);
  return box('alis', u32(0), record, tail);
}

function subtitles({ canaryFile, canaryUrl }: Workbench): string {
  return [
    '[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    `Style: Default,${canaryFile},20,&H0,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0`,
    '\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    `Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{\\fn${canaryFile}}${canaryUrl}`,
    '',
  ].join('\n');
}

function playlist({ canaryFile, canaryUrl }: Workbench): string {
  return `#EXTM3U\n#EXTINF:9,\n${canaryUrl}\n#EXTINF:9,\nfile://${canaryFile}\n#EXT-X-ENDLIST\n`;
}

function syncsafe(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >>> shift) & 0x7f));
}
