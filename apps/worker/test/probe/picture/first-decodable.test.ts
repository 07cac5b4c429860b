import { stat } from 'node:fs/promises';
import { planVideo } from '@transcode/planner';
import { BUILT_IN_PRESETS, type Preset, type Probe } from '@transcode/contracts';
import { expect, inject, test } from 'vitest';
import { probeSource } from '../../../src/probe/probe-source.ts';
import { lavfi, makeSource } from '../../make-source.ts';
import { readPart } from '../../read-part.ts';

const { ffmpeg, ffprobe } = inject('servers');
const [preset] = BUILT_IN_PRESETS as [Preset, ...Preset[]];
const TRANSPARENT = "format=yuva420p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(gt(X,W/2),0,255)'";

async function probe(file: string): Promise<Probe> {
  const source = { input: file, protocols: 'file', file } as const;
  const { size: bytes } = await stat(file);
  return probeSource({
    ...{ ffprobe, ffmpeg, source, container: 'matroska', bytes, encryption: [], signal: AbortSignal.any([]) },
    read: (range) => readPart(file, range),
  });
}

async function encoded(encoder: string, filter: string): Promise<string> {
  return makeSource([...lavfi('testsrc2=s=160x90:r=25:d=1'), '-vf', filter], {
    name: `${crypto.randomUUID()}.webm`,
    encoders: ['-c:v', encoder, '-auto-alt-ref', '0', '-deadline', 'realtime', '-cpu-used', '-8'],
  });
}

test.each(['libvpx', 'libvpx-vp9'])(
  'what is transparent in a picture by %s is seen, and decoded by that',
  async (encoder) => {
    const found = await probe(await encoded(encoder, TRANSPARENT));
    expect(found.video).toMatchObject({ hasAlpha: true, pixelFormat: 'yuva420p', decoder: encoder, keyframes: [] });
    expect(planVideo(found, preset)).toMatchObject({ decoder: encoder });
  },
);

test('one without transparency has no decoder of its own', async () => {
  const { video } = await probe(await encoded('libvpx-vp9', 'format=yuv420p'));
  expect(video).toMatchObject({ hasAlpha: false, pixelFormat: 'yuv420p' });
  expect(video.decoder).toBeUndefined();
});

test('a picture that is said to be transparent, of which no decoder sees that, is told of', async () => {
  const plain = await encoded('libvpx-vp9', 'format=yuv420p');
  const file = await makeSource(['-i', plain], {
    name: `${crypto.randomUUID()}.webm`,
    encoders: ['-c', 'copy', '-metadata:s:v', 'alpha_mode=1'],
  });
  const { video, warnings } = await probe(file);
  expect(video.decoder).toBeUndefined();
  expect(warnings.join()).toContain('transparent in parts');
});
