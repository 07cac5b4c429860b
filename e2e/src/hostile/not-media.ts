import { randomBytes } from 'node:crypto';
import type { HostileCase, Workbench } from './hostile-case.ts';

const REFUSED = { code: 'source_unrecognised', says: /not a video file we know/ } as const;

/** Files that are no video, and some of them are followed to other files by programs that believe their names. */
export const NOT_MEDIA: readonly HostileCase[] = [
  {
    name: 'nothing',
    fileName: 'nothing.mp4',
    make: () => Buffer.alloc(0),
    expect: { status: 422, code: 'source_empty' },
  },
  text('text', 'notes.mp4', () => 'Nobody has filmed this.\n'.repeat(400)),
  { name: 'noise', fileName: 'noise.mp4', make: () => notMedia(randomBytes(300_000)), expect: REFUSED },
  text('a playlist', 'list.m3u8', playlist),
  text('a playlist that is called a film', 'film.mp4', playlist),
  text(
    'a script of ffmpeg',
    'script.ffconcat',
    ({ canaryFile, canaryUrl }) => `ffconcat version 1.0\nfile '${canaryFile}'\nfile '${canaryUrl}'\n`,
  ),
  text(
    'a manifest',
    'manifest.mpd',
    ({ canaryUrl }) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S"><Period><BaseURL>${canaryUrl}</BaseURL><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><SegmentBase/></Representation></AdaptationSet></Period></MPD>`,
  ),
  text(
    'a drawing that includes others',
    'drawing.svg',
    ({ canaryFile, canaryUrl }) =>
      `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file://${canaryFile}">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64"><image xlink:href="${canaryUrl}" width="64" height="64"/><image xlink:href="file://${canaryFile}" width="64" height="64"/><text>&x;</text></svg>`,
  ),
  text(
    'a session',
    'session.sdp',
    ({ canaryUrl }) =>
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\na=control:${canaryUrl}\nt=0 0\nm=video ${new URL(canaryUrl).port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
  ),
  text(
    'subtitles with a font of their own',
    'titles.ass',
    ({ canaryFile }) =>
      `[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,${canaryFile},20\n\n[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:00.00,0:00:05.00,Default,{\\fn${canaryFile}}Hello\n`,
  ),
  text(
    'a web page',
    'page.mp4',
    ({ canaryUrl }) =>
      `<!doctype html><meta http-equiv="refresh" content="0;url=${canaryUrl}"><video src="${canaryUrl}">`,
  ),
  { name: 'a picture whose name is a pattern', fileName: 'img-%03d.png', make: () => PNG, expect: REFUSED },
];

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

function text(name: string, fileName: string, write: (bench: Workbench) => string): HostileCase {
  return { name, fileName, make: (bench) => Buffer.from(write(bench)), expect: REFUSED };
}

function playlist({ canaryFile, canaryUrl }: Workbench): string {
  return `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-KEY:METHOD=AES-128,URI="file://${canaryFile}"\n#EXTINF:9,\nfile://${canaryFile}\n#EXTINF:9,\nconcat:${canaryFile}|${canaryFile}\n#EXTINF:9,\n${canaryUrl}\n#EXT-X-ENDLIST\n`;
}

/** Noise begins like something known once in a few thousand times. */
function notMedia(noise: Buffer): Buffer {
  noise.write('noise');
  return noise;
}
