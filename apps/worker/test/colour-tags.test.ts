import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { BUILT_IN_PRESETS } from '@transcode/contracts';
import { planVideo, sourceArgv } from '@transcode/planner';
import { openSource, openStorage } from '@transcode/storage';
import { seededRandom } from '@transcode/testing/random';
import { beforeAll, expect, inject, test } from 'vitest';
import { probeSource } from '../src/probe/probe-source.ts';
import { makeSource } from './make-source.ts';
import { readPart } from './read-part.ts';

const run = promisify(execFile);

/** As ISO/IEC 23091-2 numbers them; 3 is reserved. */
const PRIMARIES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22];
const TRANSFERS = Array.from({ length: 18 }, (_, n) => n + 1);
const MATRICES = Array.from({ length: 15 }, (_, n) => n);
const FORMATS = ['yuv420p', 'yuv420p10le', 'yuv422p', 'yuv444p'];
/** Combinations that are tried each time; all of them were, once. */
const TRIED = 24;
const AT_ONCE = 4;
const SEED = 1;
/** CIE XYZ: what is grey there is not quite grey. */
const XYZ = 10;

const SIDE = 64;
const bases = new Map<string, string>();

beforeAll(async () => {
  // The left half is grey, the right half reddish.
  const graph = `color=gray:s=${SIDE}x${SIDE}:d=0.2,format=yuv444p,lutyuv=y=126:u=128:v=128,drawbox=x=32:w=32:h=64:color=0xC04040:t=fill`;
  for (const format of FORMATS) {
    const encoders = ['-pix_fmt', format, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '1'];
    bases.set(format, await makeSource(['-f', 'lavfi', '-i', graph], { encoders }));
  }
});

test(
  'whatever colours H.264 says, a picture comes of it in which grey is grey and red is red',
  { timeout: 400_000 },
  async () => {
    const random = seededRandom(SEED);
    const drawn = Array.from({ length: TRIED }, () => ({
      format: random.pick(FORMATS),
      tags: {
        primaries: random.pick(PRIMARIES),
        transfer: random.pick(TRANSFERS),
        matrix: random.pick(MATRICES),
        full: random.pick([0, 1]),
      },
    }));
    const wrong: string[] = [];
    const tryNext = async (): Promise<void> => {
      for (let next = drawn.pop(); next !== undefined; next = drawn.pop()) {
        const complaint = await complaintOf(next.format, next.tags);
        if (complaint !== undefined) wrong.push(`${next.format} ${JSON.stringify(next.tags)}: ${complaint}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, tryNext));
    expect(wrong, `seed ${SEED}`).toEqual([]);
  },
);

interface Tags {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly full: number;
}

async function complaintOf(format: string, { primaries, transfer, matrix, full }: Tags): Promise<string | undefined> {
  const { ffmpeg, ffprobe, folder } = inject('servers');
  const file = path.join(folder, `${crypto.randomUUID()}.mp4`);
  const tags = `colour_primaries=${primaries}:transfer_characteristics=${transfer}:matrix_coefficients=${matrix}`;
  const said = `h264_metadata=${tags}:video_full_range_flag=${full}`;
  await run(ffmpeg, ['-v', 'error', '-i', bases.get(format) ?? '', '-c', 'copy', '-bsf:v', said, file]);
  const storage = openStorage(pathToFileURL(folder).href);
  const source = await openSource(storage, path.basename(file), 0);
  const { signal } = new AbortController();
  const probe = await probeSource({
    ...{ ffprobe, ffmpeg, source, container: 'mp4', bytes: 10_000, encryption: [], signal },
    read: (range) => readPart(file, range),
  });
  const [preset] = BUILT_IN_PRESETS;
  if (preset === undefined) throw new Error('there is no preset');
  const plan = planVideo(probe, preset);
  const input = sourceArgv({ demuxer: plan.demuxer, protocols: 'file', source: file });
  const argv = ['-v', 'error', '-nostdin', '-copyts', '-reinit_filter', '0', ...input, '-frames:v', '1'];
  return run(ffmpeg, [...argv, '-vf', plan.referenceFilter, '-f', 'rawvideo', 'pipe:1'], { encoding: 'buffer' }).then(
    ({ stdout }) => judged(stdout, primaries === XYZ ? 40 : matrix === 0 ? 8 : 4),
    (error: unknown) => String(error).slice(-300),
  );
}

function judged(picture: Buffer, cast: number): string | undefined {
  if (picture.length !== (SIDE * SIDE * 3) / 2) return `${picture.length} bytes`;
  const [grey, red] = [sample(picture, 10), sample(picture, 54)];
  const told = `grey is ${Object.values(grey).join()}, red is ${Object.values(red).join()}`;
  const isGrey = Math.abs(grey.u - 128) <= cast && Math.abs(grey.v - 128) <= cast && grey.y > 40 && grey.y < 220;
  return isGrey && red.v > 132 && red.v > red.u ? undefined : told;
}

function sample(picture: Buffer, x: number): { y: number; u: number; v: number } {
  const chroma = SIDE * SIDE + (SIDE / 4) * (SIDE / 2) + Math.floor(x / 2);
  const at = (place: number): number => picture[place] ?? 0;
  return { y: at((SIDE / 2) * SIDE + x), u: at(chroma), v: at(chroma + (SIDE * SIDE) / 4) };
}
