import { expect, inject, test } from 'vitest';
import { findShapes } from '../../../src/probe/picture/find-shapes.ts';
import { lavfi, makeSource } from '../../make-source.ts';

const { ffprobe } = inject('servers');

async function shapesOf(codec: string, encoders: readonly string[]) {
  const file = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=1'), { name: `${codec}.mkv`, encoders });
  const source = { input: file, protocols: 'file', file } as const;
  const run = { ffprobe, source, demuxer: 'matroska', milliseconds: 60_000, signal: AbortSignal.any([]) };
  const stream = { index: 0, codec_type: 'video', codec_name: codec, time_base: '1/1000' };
  return (await findShapes(run, stream, Promise.resolve()))[1];
}

const SHAPE = { width: 320, height: 180, sampleAspect: { num: 1, den: 1 } };

test('the one shape of H.264 is all that it has', async () => {
  const { shapes, areAllShapes } = await shapesOf('h264', ['-c:v', 'libx264', '-g', '5']);
  expect(shapes).toMatchObject([SHAPE]);
  expect(areAllShapes).toBe(true);
});

test('VP9 may have others than those of its key frames', async () => {
  const { shapes, areAllShapes } = await shapesOf('vp9', ['-c:v', 'libvpx-vp9', '-cpu-used', '8', '-g', '5']);
  expect(shapes).toMatchObject([SHAPE]);
  expect(areAllShapes).toBe(false);
});
