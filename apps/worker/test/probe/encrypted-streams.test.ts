import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Probe } from '@transcode/contracts';
import {
  filteredFlash,
  licensedAsf,
  scrambledProgram,
  scrambledTransport,
  type Scrambling,
} from '@transcode/testing/media';
import { describe, expect, inject, test } from 'vitest';
import { probeSource } from '../../src/probe/probe-source.ts';
import { findEncryption } from '../../src/sniff/encryption/find-encryption.ts';
import { rangedReader } from '../../src/sniff/encryption/ranged-reader.ts';
import { sniffContainer } from '../../src/sniff/sniff-container.ts';
import { lavfi, makeSource } from '../make-source.ts';
import { readPart } from '../read-part.ts';

const { ffmpeg, ffprobe, folder } = inject('servers');

const SECONDS = 8;
const FRAMES = SECONDS * 25;
const GRAPHS = lavfi(`testsrc2=s=160x90:r=25:d=${SECONDS}`, `sine=r=48000:d=${SECONDS}`);
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];

async function made(ending: string, encoders: readonly string[], inputs: readonly string[] = GRAPHS): Promise<Buffer> {
  return readFile(await makeSource(inputs, { name: `${crypto.randomUUID()}.${ending}`, encoders }));
}

/** What a source with these bytes is found to be. */
async function probed(film: Buffer): Promise<Probe> {
  const file = path.join(folder, crypto.randomUUID());
  await writeFile(file, film);
  const { size: bytes } = await stat(file);
  const container = sniffContainer(film.subarray(0, 65_536));
  if (container === undefined) throw new Error('It is not told');
  const get = (_: string, range = { start: 0, end: bytes }) =>
    Promise.resolve(Readable.from([film.subarray(range.start, range.end + 1)]));
  return probeSource({
    ...{ ffprobe, ffmpeg, source: { input: file, protocols: 'file', file }, container, bytes },
    encryption: await findEncryption(container, rangedReader({ get }, 'key', bytes)),
    signal: AbortSignal.any([]),
    read: (range) => readPart(file, range),
  });
}

function refusedBy(scheme: string): object {
  return { code: 'source_encrypted', details: { scheme } };
}

interface Kind {
  readonly name: string;
  readonly film: () => Promise<Buffer>;
  readonly scramble: (film: Buffer, how: Scrambling) => Buffer;
  readonly scheme: string;
}

const KINDS: readonly Kind[] = [
  {
    name: 'a broadcast',
    film: () => made('ts', [...X264, '-g', '25']),
    scramble: (film, how) => scrambledTransport(film, 0x1_00, how),
    scheme: 'a scrambled broadcast',
  },
  {
    name: 'a broadcast with a single key frame',
    film: () => made('ts', [...X264, '-g', '1000', '-sc_threshold', '0']),
    scramble: (film, how) => scrambledTransport(film, 0x1_00, how),
    scheme: 'a scrambled broadcast',
  },
  {
    name: 'a DVD',
    film: () => made('vob', ['-c:v', 'mpeg2video', '-b:v', '4M', '-c:a', 'ac3']),
    scramble: scrambledProgram,
    scheme: 'CSS, as on DVDs',
  },
  {
    name: 'a DVD whose headers are in the clear',
    film: () => made('vob', ['-c:v', 'mpeg2video', '-b:v', '4M', '-c:a', 'ac3']),
    scramble: (film, how) => scrambledProgram(film, { ...how, clearBytes: 100 }),
    scheme: 'CSS, as on DVDs',
  },
  {
    name: 'a Flash film',
    film: () => made('flv', ['-c:v', 'flv', '-c:a', 'aac']),
    scramble: filteredFlash,
    scheme: 'Adobe Access',
  },
  {
    name: 'a Windows Media film',
    film: () => made('wmv', ['-c:v', 'wmv2', '-c:a', 'wmav2']),
    scramble: licensedAsf,
    scheme: 'Windows Media DRM',
  },
];

describe.each(KINDS)('$name that is flagged as encrypted', ({ film, scramble, scheme }) => {
  test('is published where it plays', async () => {
    const whole = await film();
    const expected = await probed(Buffer.from(whole));
    const found = await probed(scramble(whole, { isLie: true }));
    expect(found).toMatchObject({ video: expected.video, audio: expected.audio, leftOut: [] });
    expect(found.video.frames).toBeGreaterThan(FRAMES * 0.98);
  });

  test('is refused where it does not', async () => {
    await expect(probed(scramble(await film(), {}))).rejects.toMatchObject(refusedBy(scheme));
  });

  test('is refused where it does no more after a while', async () => {
    const whole = await film();
    await expect(probed(scramble(whole, { fromByte: whole.length * 0.4 }))).rejects.toMatchObject(refusedBy(scheme));
  });
});

test('pictures that end long before the sound does are no sign of encryption', async () => {
  const inputs = lavfi('testsrc2=s=160x90:r=25:d=2', `sine=r=48000:d=${SECONDS}`);
  const film = await made('flv', ['-c:v', 'flv', '-c:a', 'aac'], inputs);
  expect((await probed(filteredFlash(film, { isLie: true }))).video.frames).toBe(50);
});

test('of two programs the one in the clear is published', async () => {
  const film = await made('ts', ['-map', '0:v', '-map', '0:v', '-map', '1:a', ...X264, '-g', '25']);
  const { video, leftOut } = await probed(scrambledTransport(film, 0x1_00));
  expect(video).toMatchObject({ index: 1, frames: FRAMES });
  expect(leftOut).toMatchObject([{ index: 0, why: 'it is protected by encryption (a scrambled broadcast)' }]);
});

test('a scrambled sound alone is left out', async () => {
  const film = await made('ts', [...X264, '-g', '25']);
  const { video, audio, leftOut } = await probed(scrambledTransport(film, 0x1_01));
  expect(video.frames).toBe(FRAMES);
  expect(audio).toEqual([]);
  expect(leftOut).toMatchObject([{ index: 1, why: 'it is protected by encryption (a scrambled broadcast)' }]);
});

test('a tag that an encrypted Matroska has left behind refuses nothing that plays', async () => {
  const film = await made('mkv', [...X264, '-metadata:s:v', 'enc_key_id=MTIzNA==']);
  expect((await probed(film)).video.frames).toBe(FRAMES);
});

describe('an MP4 with what is left of a protection beside its picture', () => {
  const STALE = Buffer.from('\0\0\0\u0014sinf\0\0\0\u000cfrmaavc1', 'latin1');
  const stale = async (): Promise<Buffer> => {
    const film = await made('mp4', [...X264, '-g', '25']);
    // As long as the box of bit rates that it takes the place of.
    STALE.copy(film, film.indexOf('btrt', film.indexOf('avc1', film.indexOf('stsd'))) - 4);
    return film;
  };

  test('is published where it plays', async () => {
    expect((await probed(await stale())).video.frames).toBe(FRAMES);
  });

  test('is refused where it does no more after a while', async () => {
    const film = await stale();
    const [start, end] = [film.indexOf('mdat') + 4, film.indexOf('moov') - 4];
    film.fill(0x5a, start + Math.floor((end - start) * 0.4), end);
    await expect(probed(film)).rejects.toMatchObject(refusedBy('FairPlay'));
  });
});
