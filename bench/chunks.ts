import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CHUNK_SEGMENTS, type Plan } from '@transcode/contracts';
import { liftControl, setControl } from '@transcode/db';
import { chunkArgv } from '@transcode/planner';
import { startBenchStack, type BenchStack } from './src/bench-stack.ts';
import { inTurns, type Side } from './src/in-turns.ts';
import { median, ratioLine } from './src/rounds.ts';
import { runFfmpeg } from './src/run-ffmpeg.ts';
import { planJourney, runJourney } from './src/run-journey.ts';
import { startApi } from './src/start-api.ts';
import { framesPerSecond, settled, type Stretch } from './src/sharing.ts';

const run = promisify(execFile);

/** 1080p25, every rung at its cap: what grows most when it is cut. 66 s are a short chunk and two of half a minute, once. */
const HEAVY = {
  graph: 'testsrc2=size=1920x1080:rate=25:duration=66,noise=alls=14:allf=t',
  bitRate: '14M',
  segments: 5,
};
/** Smaller, so that there can be many rounds: processor time is never twice the same. A short chunk and two as usual. */
const LIGHTER = {
  graph: 'testsrc2=size=640x360:rate=25:duration=126,noise=alls=10:allf=t',
  bitRate: '3M',
  segments: CHUNK_SEGMENTS,
};
/** Small pictures in many chunks, so that a worker that is paused has soon done what it had. */
const MANY = { graph: 'testsrc2=size=640x360:rate=25:duration=480,noise=alls=10:allf=t', bitRate: '3M', segments: 2 };
/** Of both workers or one, long against the chunk that is still to be done. */
const TURN_MS = 15_000;
const PROMISED = { cpu: 1.03, bytes: 1.01, workers: 1.9 };

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/**
 * What cutting a video into chunks costs: processor time and bytes of each rung against one process for the whole, and what two
 * workers of one core each do in a second against what one does. What is compared goes on in turns.
 * `argv[0]`: how many rounds, 5 unless told.
 */
export async function benchChunks(argv: readonly string[], { root, print }: Context): Promise<number> {
  const rounds = Math.max(1, Number(argv[0] ?? 5));
  const stack = await startBenchStack(root);
  try {
    const verdicts = [
      ...(await measureCutting(stack, { ...HEAVY, rounds: 1 }, print)).bytes,
      (await measureCutting(stack, { ...LIGHTER, rounds }, print)).cpu,
      await measureSharing(stack, rounds, print),
    ];
    for (const { line } of verdicts) print(line);
    return verdicts.every(({ holds }) => holds) ? 0 : 1;
  } finally {
    await stack.dispose();
  }
}

export { benchChunks as run };

interface Source {
  /** Of ffmpeg's lavfi. */
  readonly graph: string;
  readonly bitRate: string;
  /** In a chunk. */
  readonly segments: number;
}

interface Verdict {
  readonly line: string;
  readonly holds: boolean;
}

interface Cut extends Source {
  readonly rounds: number;
}

async function measureCutting(
  stack: BenchStack,
  { rounds, ...wanted }: Cut,
  print: Context['print'],
): Promise<{ cpu: Verdict; bytes: Verdict[] }> {
  const source = await makeSource(stack, 'cut.mp4', wanted);
  const worker = await stack.startProcess('worker', workerOf(stack, 'planner', wanted.segments));
  const plan = await planJourney(stack, source);
  await worker.stop();
  const whole: Plan = { ...plan, chunks: [{ index: 0, startFrame: 0, endFrame: plan.grid.frames }] };
  const cpu: number[] = [];
  const grown = plan.video.map((): number[] => []);
  for (let round = 1; round <= rounds; round += 1) {
    const sides = [whole, plan].map(
      (each): Side<Encoded> =>
        (onStart) =>
          encode(stack, each, { source, onStart }),
    );
    const [one, many] = await inTurns(sides);
    if (one === undefined || many === undefined) throw new Error('A side told nothing.');
    cpu.push(many.cpuSeconds / one.cpuSeconds);
    for (const [position, bytes] of many.bytes.entries()) grown[position]?.push(bytes / (one.bytes[position] ?? NaN));
    print(
      `round ${round}: ${plan.chunks.length} chunks ${many.cpuSeconds.toFixed(1)} s CPU, whole ${one.cpuSeconds.toFixed(1)} s`,
    );
  }
  return {
    cpu: ratioLine('CPU of chunks / whole file', cpu, PROMISED.cpu),
    bytes: plan.video.map(({ name }, position) =>
      ratioLine(`bytes of ${name}, chunks / whole file`, grown[position] ?? [], PROMISED.bytes),
    ),
  };
}

interface Encoded {
  readonly cpuSeconds: number;
  /** Of each rung. */
  readonly bytes: number[];
}

/** Runs the plan's own argument lists one after another, outputs to files. */
async function encode(
  { folder, tools }: BenchStack,
  plan: Plan,
  { source, onStart }: { source: string; onStart: Parameters<Side<Encoded>>[0] },
): Promise<Encoded> {
  const out = await mkdtemp(path.join(folder, 'cut-'));
  let cpuSeconds = 0;
  const bytes = plan.video.map(() => 0);
  for (const { index } of plan.chunks) {
    const outputs = plan.video.map(({ name }) => path.join(out, `${name}.mp4`));
    const argv = chunkArgv(plan, index, { source, protocols: 'file', outputs, progress: 'pipe:1' });
    cpuSeconds += (await runFfmpeg(tools.ffmpeg, argv, onStart)).cpuSeconds;
    for (const [position, file] of outputs.entries())
      bytes[position] = (bytes[position] ?? 0) + (await stat(file)).size;
  }
  await rm(out, { recursive: true });
  return { cpuSeconds, bytes };
}

/** What two workers of one core each do in a second against what one does, both or one of them at work in turns. */
async function measureSharing(stack: BenchStack, rounds: number, print: Context['print']): Promise<Verdict> {
  const source = await makeSource(stack, 'many.mp4', MANY);
  const ids = ['core-0', 'core-1'];
  await startApi(stack);
  const workers = await Promise.all(
    ids.map((id, core) => stack.startProcess('worker', workerOf(stack, id, MANY.segments), { core })),
  );
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const { alone, both } = await encodedInTurns(stack, source, ids);
    ratios.push(both / alone);
    print(`round ${round}: one worker of one core ${alone.toFixed(1)} frames/s, two ${both.toFixed(1)} frames/s`);
  }
  await Promise.all(workers.map((worker) => worker.stop()));
  const middle = median(ratios);
  const holds = middle >= PROMISED.workers;
  const each = ratios.map((ratio) => ratio.toFixed(3)).join(' ');
  const verdict = holds ? 'holds' : 'BROKEN';
  return {
    line: `frames a second of two workers / one: ${middle.toFixed(3)} (${each}), promised at least ${PROMISED.workers.toFixed(2)}: ${verdict}`,
    holds,
  };
}

/** Encodes the source once, by both workers and by each alone in turns: while one is paused it takes no chunk. */
async function encodedInTurns(
  stack: BenchStack,
  source: string,
  ids: readonly string[],
): Promise<{ alone: number; both: number }> {
  const turns = [ids, ...ids.flatMap((id) => [[id], ids])].slice(0, -1);
  const stretches: Stretch[] = [];
  const over = new AbortController();
  const takeTurns = async (): Promise<void> => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const workers = turns[turn % turns.length] ?? ids;
      await letWork(stack, ids, workers);
      const from = Date.now();
      await sleep(TURN_MS, undefined, { signal: over.signal }).catch(ignoreAbort);
      stretches.push({ workers, from, to: Date.now() });
    }
  };
  const turning = takeTurns();
  const { chunks } = await runJourney(stack, source).finally(() => over.abort());
  await turning;
  await letWork(stack, ids, ids);
  const parts = stretches.map((stretch) => settled(stretch, chunks)).filter((part) => part !== undefined);
  const rate = (count: number): number =>
    framesPerSecond(
      parts.filter(({ workers }) => workers.length === count),
      chunks,
    );
  return { alone: rate(1), both: rate(ids.length) };
}

async function letWork({ db }: BenchStack, all: readonly string[], workers: readonly string[]): Promise<void> {
  for (const id of all) {
    const scope = `worker:${id}` as const;
    if (workers.includes(id)) await liftControl(db, scope);
    else await setControl(db, { scope, state: 'paused', by: 'bench' });
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

function workerOf({ folder }: BenchStack, id: string, segments: number): Record<string, string> {
  return { WORKER_ID: id, SCRATCH_DIR: path.join(folder, 'scratch', id), CHUNK_SEGMENTS: String(segments) };
}

async function makeSource(
  { folder, tools }: BenchStack,
  name: string,
  { graph, bitRate }: Pick<Source, 'graph' | 'bitRate'>,
): Promise<string> {
  const file = path.join(folder, name);
  const rate = ['-b:v', bitRate, '-maxrate', bitRate, '-bufsize', bitRate];
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', ...rate];
  await run(tools.ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', graph, ...encoder, file]);
  return file;
}
