import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { evenFilter } from '@transcode/planner';
import { expect, inject, test } from 'vitest';

const run = promisify(execFile);
const HALF = 0.5;

/** The samples that a filter makes of half of full scale in every channel, of this sample format. */
async function made(
  layout: string,
  channels: number,
  { format = 'fltp', filter = evenFilter({ channels, layout }) } = {},
) {
  const tone = Array.from({ length: channels }, () => `${HALF}*cos(2*PI*1000*t)`).join('|');
  const source = `aevalsrc='${tone}':c=${layout}:s=48000:d=0.2,aformat=sample_fmts=${format}`;
  const argv = ['-v', 'error', '-f', 'lavfi', '-i', source, '-af', filter, '-f', 'f32le', 'pipe:1'];
  const { stdout } = await run(inject('servers').ffmpeg, argv, { encoding: 'buffer' });
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
}

function peak(samples: Float32Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

test.each([
  ['5.1', 6],
  ['5.1(side)', 6],
  ['7.1', 8],
  ['quad', 4],
])('a mix of %s is as loud as its channels, and no louder, whatever their samples are', async (layout, channels) => {
  for (const format of ['fltp', 's16', 's32']) {
    expect(peak(await made(layout, channels, { format }))).toBeCloseTo(HALF, 2);
  }
});

test.each([
  ['mono', 1],
  ['stereo', 2],
])('%s stays as it is, to the bit', async (layout, channels) => {
  const filter = `aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=${layout}`;
  expect(await made(layout, channels)).toEqual(await made(layout, channels, { filter }));
});
