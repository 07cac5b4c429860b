import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startBenchStack, type BenchProcess, type BenchStack } from './src/bench-stack.ts';
import { median } from './src/rounds.ts';
import { beginJourney } from './src/run-journey.ts';
import { table } from './src/table.ts';

const run = promisify(execFile);

/** Ten minutes: a short chunk and ten of a minute. Small pictures, so that they are made in about two minutes. */
const SOURCE = ['testsrc2=size=640x360:rate=25:duration=600,noise=alls=10:allf=t', 'sine=frequency=440:duration=600'];
const KILLED_AT = 0.9;
/** Beyond the time of one chunk. */
const PROMISED_SECONDS = 10;
const LOOK_MS = 100;

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/** Since the first claim of the video, in seconds. */
interface Passage {
  readonly encodedSeconds: number;
  readonly readySeconds: number;
  /** The longest claim on a chunk that was done. */
  readonly chunkSeconds: number;
}

/**
 * How much later a ten-minute video is ready when its only worker is killed: once with 90 % of the encoding's time gone, once with 90 % of
 * all. The worker is started again at once. Rounds are interleaved. `argv[0]` is their number, 1 unless told.
 */
export async function benchResume(argv: readonly string[], { root, print }: Context): Promise<number> {
  const rounds = Math.max(1, Number(argv[0] ?? 1));
  const stack = await startBenchStack(root);
  try {
    const file = await makeSource(stack);
    await startApi(stack);
    const worker = await restartable(stack);
    const quiet: Passage[] = [];
    const late: Record<'encoding' | 'all', number[]> = { encoding: [], all: [] };
    for (let round = 1; round <= rounds; round += 1) {
      const undisturbed = await pass(stack, file);
      quiet.push(undisturbed);
      const { encodedSeconds, readySeconds, chunkSeconds } = undisturbed;
      print(
        `round ${round}: encoded after ${encodedSeconds.toFixed(1)} s, ready after ${readySeconds.toFixed(1)} s, a chunk took up to ${chunkSeconds.toFixed(1)} s`,
      );
      for (const [part, seconds] of [
        ['encoding', encodedSeconds],
        ['all', readySeconds],
      ] as const) {
        const killed = await pass(stack, file, { afterSeconds: KILLED_AT * seconds, kill: worker.kill });
        late[part].push(killed.readySeconds - readySeconds);
        print(
          `round ${round}: killed at ${(KILLED_AT * 100).toFixed(0)} % of ${part}, ready after ${killed.readySeconds.toFixed(1)} s`,
        );
      }
    }
    const allowed = median(quiet.map(({ chunkSeconds }) => chunkSeconds)) + PROMISED_SECONDS;
    const verdicts = Object.entries(late).map(([part, seconds]) => ({ part, seconds: median(seconds) }));
    const rows = verdicts.map(({ part, seconds }) => [
      `${(KILLED_AT * 100).toFixed(0)} % of ${part}`,
      seconds.toFixed(1),
      allowed.toFixed(1),
      seconds <= allowed ? 'holds' : 'BROKEN',
    ]);
    for (const line of table([['killed at', 'later by, s', 'allowed, s', ''], ...rows])) print(line);
    return verdicts.every(({ seconds }) => seconds <= allowed) ? 0 : 1;
  } finally {
    await stack.dispose();
  }
}

export { benchResume as run };

/** Sends the file through the installation until it is ready and nothing of it is left to do. */
async function pass(
  stack: BenchStack,
  file: string,
  blow?: { afterSeconds: number; kill: () => Promise<void> },
): Promise<Passage> {
  const { db } = stack;
  const jobId = await beginJourney(stack, file);
  if (blow !== undefined) {
    const begun = await untilDefined(async () => (await db.job.findUniqueOrThrow({ where: { id: jobId } })).startedAt);
    await sleep(Math.max(0, begun.getTime() + blow.afterSeconds * 1000 - Date.now()));
    await blow.kill();
  }
  return untilDefined(async () => {
    const job = await db.job.findUniqueOrThrow({ where: { id: jobId }, include: { tasks: true, video: true } });
    if (job.state === 'failed') throw new Error(`The journey failed: ${job.failureText}\n${job.failureTail}`);
    const { tasks, startedAt, video } = job;
    // What is measured beside the verification would take processor time from the next video.
    if (startedAt === null || video.readyAt === null || tasks.some(({ endedAt }) => endedAt === null)) return null;
    const chunks = tasks.filter(({ stage }) => stage === 'encode');
    const ends = tasks.filter(({ stage }) => stage === 'encode' || stage === 'audio').map(endOf);
    return {
      encodedSeconds: (Math.max(...ends) - startedAt.getTime()) / 1000,
      readySeconds: (video.readyAt.getTime() - startedAt.getTime()) / 1000,
      chunkSeconds: Math.max(...chunks.map((task) => endOf(task) - (task.startedAt?.getTime() ?? Number.NaN))) / 1000,
    };
  });
}

function endOf({ endedAt }: { endedAt: Date | null }): number {
  return endedAt?.getTime() ?? Number.NaN;
}

async function untilDefined<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    await sleep(LOOK_MS);
  }
}

/** The only worker. Killed, it is started again at once, as an orchestrator does. */
async function restartable(stack: BenchStack): Promise<{ kill: () => Promise<void> }> {
  const start = (): Promise<BenchProcess> =>
    stack.startProcess('worker', { WORKER_ID: 'alone', SCRATCH_DIR: path.join(stack.folder, 'scratch') });
  let worker = await start();
  return {
    kill: async () => {
      process.kill(worker.pid, 'SIGKILL');
      await worker.stop();
      worker = await start();
    },
  };
}

/** Its reconciler gives the dead worker's tasks to the next. */
async function startApi(stack: BenchStack): Promise<void> {
  const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
  await stack.startProcess('api', { PORT: '0', ...secrets });
}

async function makeSource({ folder, tools }: BenchStack): Promise<string> {
  const file = path.join(folder, 'ten-minutes.mp4');
  const inputs = SOURCE.flatMap((graph) => ['-f', 'lavfi', '-i', graph]);
  const encoders = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-b:v', '1500k', '-c:a', 'aac'];
  await run(tools.ffmpeg, ['-v', 'error', ...inputs, ...encoders, file]);
  return file;
}
