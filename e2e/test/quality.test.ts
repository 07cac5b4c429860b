import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '@transcode/testing';
import { makeCase } from '@transcode/testing/media';
import { shareOf } from '@transcode/testing/share-of';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Client } from '../src/client.ts';
import { TOOLS } from '../src/tools.ts';
import { readPublished, wholeVmaf } from '@transcode/testing/judge';

interface Hard {
  readonly name: string;
  readonly size: string;
  readonly rate: string;
  /** Lavfi sources that follow each other, so many seconds each. */
  readonly scenes: readonly string[];
  readonly seconds: number;
  /** The renditions that are measured whole as well. */
  readonly heights: readonly number[];
}

const SOURCES: readonly Hard[] = [
  {
    name: 'cuts',
    size: '640x360',
    rate: '50',
    scenes: [
      'testsrc2',
      'mandelbrot',
      'life=mold=10:ratio=0.1:seed=7:life_color=#00ff00',
      'gradients=speed=0.05:seed=3',
    ],
    seconds: 9,
    heights: [360, 234],
  },
  {
    name: 'film',
    size: '640x360',
    rate: '24000/1001',
    scenes: ['gradients=speed=0.02:seed=5', 'mandelbrot=maxiter=400', 'cellauto=rule=110:seed=4'],
    seconds: 20,
    heights: [360],
  },
  { name: 'large', size: '1280x720', rate: '25', scenes: ['testsrc2', 'mandelbrot'], seconds: 8, heights: [720] },
];

/** What the platform says of quality, from a sample, against libvmaf over every frame of the published bytes. */
describe('VMAF', () => {
  const { url, key } = inject('installation');
  const client = new Client(url, key);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quality-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(shareOf(SOURCES))('of $name is within half a point of the whole', { timeout: 300_000 }, async (hard) => {
    const source = await make(TOOLS.ffmpeg, folder, hard);
    const { id, state } = await client.ended(await client.upload(source));
    expect(state).toBe('ready');
    // Where no floor waits for it, the measurement may end after the video is ready.
    const video = await waitFor(
      async () => {
        const now = await client.video(id);
        const isOver = now.job?.tasks.find(({ stage }) => stage === 'measure')?.endedAt !== null;
        return isOver && now;
      },
      { timeout: 200_000 },
    );
    const out = path.join(folder, hard.name);
    await client.download(id, out);
    const { variants } = await readPublished(out);
    for (const height of hard.heights) {
      const variant = variants.find((each) => each.height === height);
      const told = video.renditions.find((each) => each.height === height)?.quality;
      if (variant === undefined || told === null || told === undefined)
        throw new Error(`Nothing is told of ${height}p`);
      const whole = await wholeVmaf(TOOLS.ffmpeg, {
        published: variant.track.joined,
        source,
        size: hard.size.replace('x', ':'),
      });
      expect(told).toMatchObject({ metric: 'vmaf', framesTotal: whole.frames });
      expect(told.everyNthFrame).toBeGreaterThan(1);
      expect(Math.abs(told.mean - whole.mean), `${told.mean} told, ${whole.mean} over all`).toBeLessThanOrEqual(0.5);
    }
  });
});

function make(ffmpeg: string, folder: string, { name, size, rate, scenes, seconds }: Hard): Promise<string> {
  const parts = scenes.map((scene, index) => {
    const options = `${scene.includes('=') ? ':' : '='}s=${size}:r=${rate}`;
    const noise = index % 2 === 0 ? 'noise=alls=12:allf=t,' : '';
    return `${scene}${options},trim=duration=${seconds},setpts=PTS-STARTPTS,format=yuv420p,${noise}setsar=1[p${index}]`;
  });
  const graph = `${parts.join(';')};${scenes.map((_, index) => `[p${index}]`).join('')}concat=n=${scenes.length}`;
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const steps = [['-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '18', ...tags, '{}']];
  return makeCase(ffmpeg, { name, file: `${name}.mp4`, steps, expect: { refused: '' } }, folder);
}
