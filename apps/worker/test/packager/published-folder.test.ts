import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, types } from 'hls-parser';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { PublishedReader } from '../../src/published/published-reader.ts';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { openWorkshop, TO_PACKAGED, type PublishedWork, type Workshop } from '../workshop.ts';

const run = promisify(execFile);
const { ffprobe, folder } = inject('servers');
const SECONDS = 13;

let workshop: Workshop;
let done: PublishedWork;
let reader: PublishedReader;

beforeAll(async () => {
  workshop = await openWorkshop();
  const work = await workshop.begin(await makeSource(patternWithBeeps(SECONDS)));
  await workshop.run(work, ...TO_PACKAGED);
  done = await workshop.published(work);
  reader = new PublishedReader(workshop.storage, done.chunks.job, done.published);
});
afterAll(() => workshop.dispose());

async function probe(file: string, ...show: string[]): Promise<string> {
  const { stdout } = await run(ffprobe, ['-v', 'error', ...show, '-of', 'csv=p=0', file]);
  return stdout.trim();
}

async function saved(name: string, bytes: Buffer): Promise<string> {
  const file = path.join(folder, `${crypto.randomUUID()}-${path.basename(name)}`);
  await writeFile(file, bytes);
  return file;
}

/** Of `00:01:02.500`. */
const seconds = (time = ''): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

test('each I-frame of the I-frame playlist can be decoded by itself, and shows its moment', async () => {
  const [rendition] = done.plan.video;
  if (rendition === undefined) throw new Error('There is no picture');
  const playlist = parse(await reader.text(`${rendition.name}/iframes.m3u8`));
  if (!(playlist instanceof types.MediaPlaylist)) throw new Error('It is no media playlist');
  expect(playlist.isIFrame).toBe(true);
  expect(playlist.segments).toHaveLength(Math.ceil(SECONDS / 2));
  for (const { uri, byterange, map, duration } of playlist.segments) {
    expect(duration).toBeLessThanOrEqual(2);
    const init = await reader.bytes(path.posix.join(rendition.name, map?.uri ?? ''));
    const segment = await reader.bytes(path.posix.join(rendition.name, uri));
    const { offset, length } = byterange ?? { offset: 0, length: 0 };
    const file = await saved('iframe.mp4', Buffer.concat([init, segment.subarray(offset, offset + length)]));
    expect(await probe(file, '-count_frames', '-show_entries', 'stream=nb_read_frames')).toBe('1');
    expect(await probe(file, '-show_entries', 'frame=pict_type')).toMatch(/^I/);
  }
});

test('the storyboard has a picture for every moment, inside its sheets', async () => {
  const text = await reader.text('storyboard.vtt');
  expect(text).toMatch(/^WEBVTT\n/);
  const cues = [...text.matchAll(/([\d:.]+) --> ([\d:.]+)[^\n]*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g)];
  expect(seconds(cues[0]?.[1])).toBe(0);
  expect(cues.slice(1).map((cue) => cue[1])).toEqual(cues.slice(0, -1).map((cue) => cue[2]));
  expect(seconds(cues.at(-1)?.[2])).toBeCloseTo(SECONDS, 1);
  for (const name of new Set(cues.map((cue) => cue[3] ?? ''))) {
    const size = await probe(
      await saved(name, await reader.bytes(name)),
      '-show_entries',
      'stream=codec_name,width,height',
    );
    const [codec, width, height] = size.split(',');
    expect(codec).toBe('mjpeg');
    for (const [, , , sheet, x, y, w, h] of cues) {
      if (sheet !== name) continue;
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width));
      expect(Number(y) + Number(h)).toBeLessThanOrEqual(Number(height));
    }
  }
});

test('the poster is a picture of the rendition it was taken from', async () => {
  const poster = await saved('poster.jpg', await reader.bytes('poster.jpg'));
  expect(await probe(poster, '-show_entries', 'stream=codec_name,width,height')).toBe('mjpeg,320,180');
});

test('sound begins at zero, without the encoder’s priming, and is cut next to the picture', async () => {
  const [sound] = done.chunks.audio?.renditions ?? [];
  const picture = done.chunks.video.flatMap(({ renditions }) => renditions[0]?.segments ?? []);
  expect(sound?.segments[0]?.tick).toBe(0);
  expect(sound?.segments.length).toBe(picture.length);
  for (const [index, segment] of (sound?.segments ?? []).entries()) {
    const distance = segment.tick / 48_000 - (picture[index]?.tick ?? 0) / done.plan.grid.timescale;
    expect(Math.abs(distance)).toBeLessThan(1024 / 48_000);
  }
});
