import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createApiKey } from '@transcode/api/local';
import { freePort } from '@transcode/servers';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { startBenchStack, type BenchStack } from './src/bench-stack.ts';
import { startInspected } from './src/inspected-process.ts';
import { judgeFlatness, type Bound, type Sample, type Verdict } from './src/soak/flatness.ts';
import { deleteVideos, passVideos, type Passage } from './src/soak/pass-videos.ts';
import { takeSample, type Watched } from './src/soak/take-sample.ts';
import { table } from './src/table.ts';

const Options = z.object({ videos: z.coerce.number().int().min(40).default(500) });

/** Between two samples so many videos are made. */
const A_ROUND = 20;
/** The newest stay, so that the installation is never empty; the others are deleted. */
const KEPT = 20;
const ABREAST = 3;
const SETTLE_MS = 3_000;
/** Rows of deleted videos and all that is told and done go after so long here, instead of after 30 days. */
const HISTORY_SECONDS = 10;
/** Caches fill, pools open, code is compiled: the first samples, so much of all, are not judged. */
const WARM_UP = 0.2;

/**
 * How much may grow from the first judged sample to the last. Heap: what is still held once all garbage is collected. Memory: what the
 * process has of the machine's then, which V8 takes and gives back in steps of several MiB. Open files: a pool may have one connection
 * more. Keys: one. Series of metrics: none.
 */
const BOUNDS: readonly (readonly [name: RegExp, bound: Bound])[] = [
  [/^heap/, { absolute: 4, share: 0.05, by: 'line' }],
  [/^memory/, { absolute: 12, share: 0.1, by: 'floor' }],
  [/^open files/, { absolute: 3, share: 0, by: 'line' }],
  [/^keys/, { absolute: 1, share: 0, by: 'floor' }],
  // Some are there only while something waits.
  [/^series/, { absolute: 0, share: 0, by: 'floor' }],
  // Who did what, and the receipt of what was erased, are kept for good: one row each for each deletion.
  [/^rows of (Audit|Erasure)$/, { absolute: Infinity, share: 0, by: 'line' }],
  // Written by the clock, a few at a time, and removed by it.
  [/^rows of .*Sample$/, { absolute: 20, share: 0.1, by: 'line' }],
  // Of the videos that are there, and of what the last seconds have brought, which is more or less by some.
  [/^rows/, { absolute: A_ROUND / 2, share: 0.1, by: 'floor' }],
];

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/** Whether anything grows in an installation through which videos come and go: memory, open files, keys, rows, series of metrics. */
export async function benchSoak(argv: readonly string[], { root, print }: Context): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { videos: { type: 'string' } } });
  const { videos } = Options.parse(values);
  const stack = await startBenchStack(root);
  const redis = new Redis(stack.environment['REDIS_URL'] ?? '');
  try {
    const { passage, watched } = await startSoak(stack, redis);
    print(`${videos} videos of 2 s, ${ABREAST} abreast; the newest ${KEPT} stay, the others are deleted.`);
    const samples: Sample[] = [];
    const kept: string[] = [];
    for (let made = 0; made < videos; made += A_ROUND) {
      kept.push(...(await passVideos(passage, Math.min(A_ROUND, videos - made))));
      await deleteVideos(passage, kept.splice(0, Math.max(0, kept.length - KEPT)));
      await sleep(SETTLE_MS);
      const sample = await takeSample(watched, made + A_ROUND);
      samples.push(sample);
      print(shortLine(sample));
    }
    const judged = samples.slice(Math.max(1, Math.floor(samples.length * WARM_UP)));
    const verdicts = judgeFlatness(judged, boundOf);
    for (const line of table([['measure', 'first', 'last', 'growth', 'allowed', ''], ...verdicts.map(row)]))
      print(line);
    const broken = verdicts.filter(({ holds }) => !holds);
    for (const { name, growth } of broken) print(`BROKEN: ${name} grew by ${growth.toFixed(1)}.`);
    if (broken.length === 0) print(`All is flat over ${judged.length} samples.`);
    return broken.length === 0 ? 0 : 1;
  } finally {
    redis.disconnect();
    await stack.dispose();
  }
}

export { benchSoak as run };

async function startSoak(stack: BenchStack, redis: Redis): Promise<{ passage: Passage; watched: Watched }> {
  const { db, folder, tools } = stack;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
  const api = await startInspected(stack, 'api', {
    ...secrets,
    PORT: String(port),
    HISTORY_KEPT_SECONDS: String(HISTORY_SECONDS),
  });
  const worker = await startInspected(stack, 'worker', { SCRATCH_DIR: path.join(folder, 'scratch') });
  const { key } = await createApiKey(db, { name: 'soak', role: 'editor' });
  const steps = [[...inputs({ frames: 50, width: 160, height: 90 }), ...X264, ...AAC, '{}']];
  const clip = { name: 'soak', file: 'soak.mp4', steps, expect: { refused: '' } };
  const file = await makeCase(tools.ffmpeg, clip, folder);
  return {
    passage: { db, target: { urls: [url], key }, file, preset: 'preview', abreast: ABREAST },
    watched: { db, redis, processes: { api, worker } },
  };
}

function boundOf(name: string): Bound {
  return BOUNDS.find(([pattern]) => pattern.test(name))?.[1] ?? { absolute: 0, share: 0, by: 'line' };
}

function shortLine({ videos, values }: Sample): string {
  const told = Object.entries(values).filter(([name]) => !name.startsWith('rows'));
  return `${String(videos).padStart(5)} videos: ${told.map(([name, value]) => `${name} ${value.toFixed(0)}`).join('; ')}`;
}

function row({ name, first, last, growth, allowed, holds }: Verdict): string[] {
  const most = Number.isFinite(allowed) ? allowed.toFixed(1) : 'not judged';
  return [name, first.toFixed(1), last.toFixed(1), growth.toFixed(1), most, holds ? 'holds' : 'BROKEN'];
}
