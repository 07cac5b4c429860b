import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Container, Probe } from '@transcode/contracts';
import { beyondDecoders, MP4_AAC } from '@transcode/testing/media';
import { expect, inject, test } from 'vitest';
import { probeSource } from '../../src/probe/probe-source.ts';
import { lavfi, makeSource } from '../make-source.ts';
import { readPart } from '../read-part.ts';

const { ffmpeg, ffprobe, folder } = inject('servers');

const INPUTS = lavfi('testsrc2=s=320x180:r=25:d=3', 'sine=d=3');
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '25', '-pix_fmt', 'yuv420p'];
const CANNOT = 'no decoder here can open it';

async function probe(file: string, container: Container, program = ffprobe): Promise<Probe> {
  const source = { input: file, protocols: 'file', file } as const;
  const { size: bytes } = await stat(file);
  return probeSource({
    ...{ ffprobe: program, ffmpeg, source, container, bytes, encryption: [], signal: AbortSignal.any([]) },
    read: (range) => readPart(file, range),
  });
}

/** The same file with other bytes. */
async function spoiled(file: string, spoil: (bytes: Buffer) => Buffer): Promise<string> {
  const name = path.join(folder, `${crypto.randomUUID()}${path.extname(file)}`);
  await writeFile(name, spoil(await readFile(file)));
  return name;
}

/** The last such header is filled with one byte, so often, behind so many of its bytes. */
function filled(header: string, from: number, { byte, count }: { byte: number; count: number }) {
  return (bytes: Buffer): Buffer => {
    const place = bytes.lastIndexOf(header);
    if (place === -1) throw new Error('It has no such header');
    return bytes.fill(byte, place + from, place + from + count);
  };
}

/** What is found of the picture and the first sound has to be what is found without the other's fault, but for what counts bytes. */
function withoutBitRates({ video, audio }: Probe): unknown {
  return { video: { ...video, bitRate: 0 }, audio: audio.slice(0, 1).map((sound) => ({ ...sound, bitRate: 0 })) };
}

test('a turned picture that is cut by an edit list is read as it is beside sound that cannot be opened', async () => {
  const whole = await makeSource(INPUTS, { encoders: [...X264, '-map', '0', '-map', '1', '-map', '1', '-c:a', 'aac'] });
  const good = await makeSource(['-ss', '0.5', '-display_rotation', '90', '-i', whole], {
    encoders: ['-map', '0', '-c', 'copy', '-metadata:s:a:0', 'language=fra'],
  });
  const expected = await probe(good, 'mp4');
  const found = await probe(await spoiled(good, beyondDecoders(...MP4_AAC)), 'mp4');
  expect(withoutBitRates(found)).toEqual(withoutBitRates(expected));
  expect(found.video.rotation).toBe(270);
  expect(found.leftOut).toMatchObject([{ index: 2, kind: 'sound', codec: 'aac', why: CANNOT }]);
});

test('colours that only the container tells are known, and what else is in the file', async () => {
  const captions = path.join(folder, `${crypto.randomUUID()}.srt`);
  await writeFile(captions, '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
  const good = await makeSource([...INPUTS, '-i', captions], {
    name: `${crypto.randomUUID()}.mkv`,
    encoders: [
      ...['-map', '0', '-map', '1', '-map', '1', '-map', '2', '-vf', 'setparams=range=tv:colorspace=bt709', ...X264],
      ...[
        '-c:a:0',
        'flac',
        '-c:a:1',
        'libopus',
        '-metadata:s:a:1',
        'title=Comments',
        '-metadata:s:s:0',
        'language=ger',
      ],
    ],
  });
  const expected = await probe(good, 'matroska');
  const found = await probe(await spoiled(good, filled('OpusHead', 0, { byte: 0xff, count: 19 })), 'matroska');
  expect(found.video.colour).toEqual(expected.video.colour);
  expect(found.video.frames).toBe(75);
  expect(found.audio).toMatchObject([{ index: 1, codec: 'flac' }]);
  expect(found.subtitles).toEqual(expected.subtitles);
  expect(found.leftOut).toMatchObject([{ index: 2, codec: 'opus', title: 'Comments', why: CANNOT }]);
});

test('of a broadcast of two programmes the sounds of the one whose picture is taken are, and those of no other', async () => {
  const good = await makeSource([...lavfi('testsrc2=s=160x90:r=25:d=3', 'sine=f=3000:d=3'), ...INPUTS], {
    name: `${crypto.randomUUID()}.ts`,
    encoders: [
      ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', '-map', '3', ...X264, '-c:a', 'mp2'],
      ...['-program', 'title=One:st=0:st=1:st=4', '-program', 'title=Other:st=2:st=3:st=4'],
    ],
  });
  const { video, audio, leftOut } = await probe(good, 'mpegts');
  const elsewhere = leftOut?.find(({ why }) => why === 'it belongs to another programme of the broadcast');
  expect(video.width).toBe(320);
  expect(audio).toHaveLength(2);
  expect(elsewhere).toMatchObject({ index: 1, kind: 'sound', codec: 'mp2' });
});

test.each(['all streams', 'the sound'])('where edits leave nothing of %s none is made', async (what) => {
  const good = await makeSource(INPUTS, { encoders: [...X264, '-c:a', 'aac'] });
  const file = await spoiled(good, (bytes) => {
    const sound = bytes.lastIndexOf('elst');
    if (what === 'all streams') bytes.writeUInt32BE(0, bytes.indexOf('elst') + 12);
    bytes.writeUInt32BE(0, sound + 12);
    return bytes;
  });
  const found = await probe(file, 'mp4');
  const { video } = await probe(good, 'mp4');
  expect(found.isWithoutEdits).toBe(true);
  expect({ ...found.video, bitRate: 0 }).toEqual({ ...video, bitRate: 0 });
  expect(found.audio[0]?.startSeconds).toBeCloseTo(-1024 / 44_100);
  expect(found.warnings.join()).toContain('none is made');
});

function link(more: readonly string[]): Promise<string> {
  return makeSource([...lavfi('testsrc2=s=160x90:r=25:d=1', 'sine=d=1'), ...more], {
    name: `${crypto.randomUUID()}.ogv`,
    encoders: ['-c:v', 'libtheora', '-b:v', '300k', '-c:a', 'libvorbis'],
  });
}

test('where another Ogg of other streams follows, it is told how much could not be read', async () => {
  const second = await link(['-ac', '2']);
  const first = await readFile(await link([]));
  const chained = await spoiled(second, (bytes) => Buffer.concat([first, bytes]));
  const { video, warnings } = await probe(chained, 'ogg');
  expect(video.frames).toBe(25);
  const share = Number(/about (\d+) % of its bytes/.exec(warnings.join())?.[1]);
  expect(share).toBeGreaterThan(30);
  expect(share).toBeLessThan(70);
});

test('a picture that cannot be opened leaves its place to one that can', async () => {
  const good = await makeSource(INPUTS, {
    encoders: ['-map', '0', '-map', '0', '-map', '1', ...X264, '-c:v:0', 'libx265', '-c:a', 'aac'],
  });
  const found = await probe(await spoiled(good, filled('hvcC', 27, { byte: 0x5a, count: 200 })), 'mp4');
  expect(found.video).toMatchObject({ index: 1, codec: 'h264', frames: 75 });
  expect(found.leftOut).toMatchObject([{ index: 0, kind: 'picture', codec: 'hevc', why: CANNOT }]);
});

test('a stream on which ffprobe crashes is left out, and the others are read around it', async () => {
  const good = await makeSource(INPUTS, {
    name: `${crypto.randomUUID()}.mkv`,
    encoders: ['-map', '0', '-map', '1', '-map', '1', ...X264, '-c:a:0', 'flac', '-c:a:1', 'libopus'],
  });
  // It stands for one that crashes where it meets Opus.
  const program = path.join(folder, `crashing-ffprobe-${crypto.randomUUID()}`);
  const crash = `case "$told" in *'"opus"'*) kill -SEGV $$ ;; esac`;
  const script = `#!/bin/sh\ntold=$('${ffprobe}' "$@") || exit\n${crash}\nprintf '%s\\n' "$told"\n`;
  await writeFile(program, script, { mode: 0o755 });
  const found = await probe(good, 'matroska', program);
  expect(found.video.frames).toBe(75);
  expect(found.audio).toMatchObject([{ index: 1, codec: 'flac' }]);
  expect(found.leftOut).toMatchObject([{ index: 2, codec: 'opus', why: CANNOT }]);
});

test('where no picture can be opened the reason is told', async () => {
  const good = await makeSource(INPUTS, { encoders: ['-c:v', 'libx265', '-preset', 'ultrafast', '-c:a', 'aac'] });
  await expect(probe(await spoiled(good, filled('hvcC', 27, { byte: 0x5a, count: 200 })), 'mp4')).rejects.toMatchObject(
    {
      code: 'source_unreadable',
    },
  );
});
