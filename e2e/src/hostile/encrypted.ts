import { filteredFlash, licensedAsf, scrambledProgram, scrambledTransport } from '@transcode/testing/media';
import { box, edited, u32 } from './boxes.ts';
import type { HostileCase, HostileExpectation, Workbench } from './hostile-case.ts';
import { made, packaged, picture, SOUND, X264 } from './run-tool.ts';

const KEY = '76a6c65c5ea762046bd749a2e632ccbb';
const KEY_ID = 'a7e61c373e219033c21091fa607bf3b8';
const CENC = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', KEY, '-encryption_kid', KEY_ID];
const FILM = [...SOUND, ...picture({ frames: 75 }), '-map', '1:v', '-map', '0:a', ...X264, '-c:a', 'aac'];
const STSD = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
const TITLE = [...picture({ frames: 75, more: ',trim=end_frame=1,loop=-1:1' }), ...X264];

/** Whole films that nobody can decode without a key that is not in the file: each way in which containers say so. */
export const ENCRYPTED: readonly HostileCase[] = [
  {
    name: 'a film under Common Encryption',
    fileName: 'cenc.mp4',
    make: (bench) => made(bench, 'mp4', [...FILM, ...CENC]),
    expect: refused('Common Encryption, cenc'),
  },
  {
    name: 'fragments under Common Encryption',
    fileName: 'fragments.mp4',
    make: (bench) => made(bench, 'mp4', [...FILM, ...CENC, '-movflags', 'frag_keyframe+empty_moov']),
    expect: refused('Common Encryption, cenc'),
  },
  ...(['cens', 'cbcs', 'cbc1'] as const).map((scheme): HostileCase => ({
    name: `a film under Common Encryption by another packager (${scheme})`,
    fileName: `${scheme}.mp4`,
    make: async (bench) => protectedBy(bench, await made(bench, 'mp4', FILM), ['--protection_scheme', scheme]),
    expect: refused(`Common Encryption, ${scheme}`),
  })),
  {
    name: 'a film whose first second is in the clear',
    fileName: 'clear-lead.mp4',
    make: async (bench) =>
      protectedBy(bench, await made(bench, 'mp4', [...FILM, '-g', '25']), ['--segment_duration', '1'], 1),
    expect: refused('Common Encryption, cenc'),
  },
  {
    // What changes of it is so small that hardly any of its packets has a block to encrypt; those decode upon a key frame that is noise.
    name: 'a title whose first second is in the clear',
    fileName: 'clear-title.mp4',
    make: async (bench) =>
      protectedBy(bench, await made(bench, 'mp4', [...TITLE, '-g', '25']), ['--segment_duration', '1'], 1),
    expect: refused('Common Encryption, cenc'),
  },
  {
    name: 'an encrypted WebM',
    fileName: 'encrypted.webm',
    make: async (bench) => {
      const clear = await made(bench, 'webm', [...picture({ frames: 75 }), '-c:v', 'libvpx-vp9', '-cpu-used', '8']);
      return protectedBy(bench, clear, [], 0, 'webm');
    },
    expect: refused('Matroska encryption'),
  },
  {
    name: 'a transport stream whose samples are encrypted',
    fileName: 'sample-aes.ts',
    make: async (bench) => protectedBy(bench, await made(bench, 'mp4', FILM), ['--protection_scheme', 'cbcs'], 0, 'ts'),
    expect: refused('SAMPLE-AES'),
  },
  {
    name: 'a scrambled broadcast',
    fileName: 'scrambled.ts',
    make: async (bench) => scrambledTransport(await made(bench, 'ts', FILM), 0x100),
    expect: refused('a scrambled broadcast'),
  },
  {
    name: 'a broadcast that is scrambled after a while',
    fileName: 'scrambled-later.ts',
    make: async (bench) => {
      const film = await made(bench, 'ts', FILM);
      return scrambledTransport(film, 0x100, { fromByte: film.length / 3 });
    },
    expect: refused('a scrambled broadcast'),
  },
  {
    name: 'a broadcast in the clear that is flagged as scrambled',
    fileName: 'unscrambled.ts',
    make: async (bench) => scrambledTransport(await made(bench, 'ts', FILM), 0x100, { isLie: true }),
    expect: { width: 160, height: 90, frames: 75 },
  },
  {
    name: 'a DVD that was copied as it is',
    fileName: 'scrambled.vob',
    make: async (bench) =>
      scrambledProgram(await made(bench, 'vob', [...picture({ frames: 75 }), '-c:v', 'mpeg2video'])),
    expect: refused('CSS, as on DVDs'),
  },
  {
    name: 'a bought film of long ago',
    fileName: 'bought.m4v',
    make: async (bench) =>
      edited(await made(bench, 'mp4', [...picture(), ...X264]), STSD, (body) =>
        protectedEntry(body, { from: 'avc1', to: 'drmi', scheme: 'itun' }),
      ),
    expect: refused('FairPlay'),
  },
  {
    name: 'a Windows Media film with a licence',
    fileName: 'licensed.wmv',
    make: async (bench) => licensedAsf(await made(bench, 'wmv', [...picture(), '-c:v', 'wmv2'])),
    expect: refused('Windows Media DRM'),
  },
  {
    name: 'a film for cinemas',
    fileName: 'cinema.mxf',
    make: async (bench) => forCinemas(await made(bench, 'mxf', [...picture(), '-c:v', 'mpeg2video'])),
    expect: refused('digital cinema, SMPTE 429-6'),
  },
  {
    name: 'a Flash film that went through a filter',
    fileName: 'filtered.flv',
    make: async (bench) => filteredFlash(await made(bench, 'flv', [...picture(), '-c:v', 'flv'])),
    expect: refused('Adobe Access'),
  },
  {
    name: 'a film of which only the sound is encrypted',
    fileName: 'sound-encrypted.mp4',
    make: async (bench) =>
      edited(
        await made(bench, 'mp4', [...SOUND, ...picture(), '-map', '0:a', '-map', '1:v', ...X264, '-c:a', 'aac']),
        STSD,
        (body) => protectedEntry(body, { from: 'mp4a', to: 'enca', scheme: 'cenc' }),
      ),
    expect: {
      ...{ width: 160, height: 90, frames: 25 },
      wrong: ({ job }) => {
        const told = job?.plan?.notes.join(' ') ?? '';
        const sentence =
          'The sound in stream 0 (AAC) is left out: it is protected by encryption (Common Encryption, cenc).';
        return told.includes(sentence) && job?.plan?.audio.length === 0 ? [] : [`it says: ${told}`];
      },
    },
  },
];

function refused(scheme: string): HostileExpectation {
  const says = new RegExp(`protected by encryption \\(${scheme}\\)\\. Export it without protection`);
  return { code: 'source_encrypted', says };
}

/** The picture of a film, encrypted by a packager that is not ours. */
function protectedBy(
  bench: Workbench,
  film: Buffer,
  options: readonly string[],
  clearSeconds = 0,
  ending = 'mp4',
): Promise<Buffer> {
  const keys = ['--enable_raw_key_encryption', '--keys', `label=:key_id=${KEY_ID}:key=${KEY}`];
  return packaged(bench, film, ending, [...keys, '--clear_lead', String(clearSeconds), ...options]);
}

/** Makes the first sample entry one that says what it was before it was encrypted, and how. */
function protectedEntry(stsd: Buffer, { from, to, scheme }: { from: string; to: string; scheme: string }): Buffer {
  return Buffer.concat([
    stsd.subarray(0, 8),
    edited(renamed(stsd.subarray(8), from, to), [to], (entry) =>
      Buffer.concat([
        entry,
        box('sinf', box('frma', Buffer.from(from)), box('schm', u32(0), Buffer.from(scheme), u32(0x1_0000))),
      ]),
    ),
  ]);
}

function renamed(bytes: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(to, copy.indexOf(from, 0, 'latin1'), 'latin1');
  return copy;
}

/** Wraps each picture into an encrypted triplet by its key, which is as long. */
function forCinemas(film: Buffer): Buffer {
  const essence = Buffer.from('060e2b34010201010d01030115010500', 'hex');
  const triplet = Buffer.from('060e2b34020401070d010301027e0100', 'hex');
  for (let at = film.indexOf(essence); at >= 0; at = film.indexOf(essence, at + 16)) triplet.copy(film, at);
  return film;
}
