import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Progress, type Stage } from '@transcode/contracts';
import { readJobOutlines, type Database, type TaskOutline } from '@transcode/db';
import { startBenchStack, type BenchProcess, type BenchStack } from './src/bench-stack.ts';
import { median } from './src/rounds.ts';
import { beginJourney } from './src/run-journey.ts';
import { startApi } from './src/start-api.ts';
import { table } from './src/table.ts';

const run = promisify(execFile);

/** Ten minutes: a short chunk and ten of a minute. Small pictures, so that they are made in about two minutes. */
const SOURCE = ['testsrc2=size=640x360:rate=25:duration=600,noise=alls=10:allf=t', 'sine=frequency=440:duration=600'];
const KILLED_AT = 0.9;
const PERCENT = `${(KILLED_AT * 100).toFixed(0)} %`;
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
  /** The longest that a chunk took which was done: to encode, and to verify. */
  readonly chunkSeconds: Readonly<Record<Part, number>>;
  /** The longest from the beginning of what died to its new beginning: what the death cost, however fast the machine was. */
  readonly lostSeconds: number;
}

/** What is 90 % done when the worker dies. */
const PARTS = { encoding: 'encode', verifying: 'verify' } as const satisfies Record<string, Stage>;
type Part = keyof typeof PARTS;
type KilledStage = (typeof PARTS)[Part];
const PART_NAMES = Object.keys(PARTS) as Part[];

/**
 * How much later a ten-minute video is ready when its only worker is killed: once with 90 % of its frames encoded, once with 90 % of
 * them verified. The worker is started again at once. Rounds are interleaved. `argv[0]` is their number, 1 unless told.
 */
export async function benchResume(argv: readonly string[], { root, print }: Context): Promise<number> {
  const rounds = Math.max(1, Number(argv[0] ?? 1));
  const stack = await startBenchStack(root);
  try {
    const file = await makeSource(stack);
    await startApi(stack);
    const worker = await restartable(stack);
    const rows: Record<Part, { lost: number; later: number; chunk: number }[]> = { encoding: [], verifying: [] };
    for (let round = 1; round <= rounds; round += 1) {
      const undisturbed = await pass(stack, file);
      const { encodedSeconds, readySeconds, chunkSeconds } = undisturbed;
      print(`round ${round}: encoded after ${encodedSeconds.toFixed(1)} s, ready after ${readySeconds.toFixed(1)} s`);
      for (const part of PART_NAMES) {
        const killed = await pass(stack, file, { stage: PARTS[part], kill: worker.kill });
        const later = killed.readySeconds - readySeconds;
        rows[part].push({ lost: killed.lostSeconds, later, chunk: chunkSeconds[part] });
        print(`round ${round}: killed at ${PERCENT} of ${part}, ready after ${killed.readySeconds.toFixed(1)} s`);
      }
    }
    const verdicts = PART_NAMES.map((part) => {
      const [lost, later, chunk] = (['lost', 'later', 'chunk'] as const).map((key) =>
        median(rows[part].map((row) => row[key])),
      );
      return {
        part,
        lost: lost ?? Number.NaN,
        later: later ?? Number.NaN,
        allowed: (chunk ?? Number.NaN) + PROMISED_SECONDS,
      };
    });
    // Where nothing was begun again, nothing died.
    const holds = ({ lost, later, allowed }: (typeof verdicts)[number]): boolean =>
      lost > 0 && Math.max(lost, later) <= allowed;
    const lines = verdicts.map((verdict) => [
      `${PERCENT} of ${verdict.part}`,
      ...[verdict.lost, verdict.later, verdict.allowed].map((seconds) => seconds.toFixed(1)),
      holds(verdict) ? 'holds' : 'BROKEN',
    ]);
    for (const line of table([['killed at', 'begun again after, s', 'ready later by, s', 'allowed, s', ''], ...lines]))
      print(line);
    return verdicts.every(holds) ? 0 : 1;
  } finally {
    await stack.dispose();
  }
}

export { benchResume as run };

/** Sends the file through the installation until it is ready and nothing of it is left to do. */
async function pass(
  stack: BenchStack,
  file: string,
  blow?: { stage: KilledStage; kill: () => Promise<void> },
): Promise<Passage> {
  const { db } = stack;
  const jobId = await beginJourney(stack, file);
  if (blow !== undefined) {
    const { stage, kill } = blow;
    await untilDefined(async () => ((await shareDone(db, jobId, stage)) >= KILLED_AT ? true : null));
    await kill();
  }
  return untilDefined(async () => {
    const job = await db.job.findUniqueOrThrow({
      where: { id: jobId },
      include: { tasks: { include: { history: { orderBy: { token: 'asc' } } } }, video: true },
    });
    if (job.state === 'failed') throw new Error(`The journey failed: ${job.failureText}\n${job.failureTail}`);
    const { tasks, startedAt, video } = job;
    // What is measured beside the verification would take processor time from the next video.
    if (startedAt === null || video.readyAt === null || tasks.some(({ endedAt }) => endedAt === null)) return null;
    const ends = tasks.filter(({ stage }) => stage === 'encode' || stage === 'audio').map(endOf);
    const longest = (wanted: Stage): number =>
      Math.max(...tasks.filter(({ stage }) => stage === wanted).map((task) => endOf(task) - startOf(task))) / 1000;
    // Nobody waits for the measurement: the video is ready before.
    const awaited = tasks.filter(({ stage }) => stage !== 'measure');
    const lost = awaited.map((task) => startOf(task) - (task.history[0]?.startedAt.getTime() ?? Number.NaN));
    return {
      encodedSeconds: (Math.max(...ends) - startedAt.getTime()) / 1000,
      readySeconds: (video.readyAt.getTime() - startedAt.getTime()) / 1000,
      chunkSeconds: { encoding: longest('encode'), verifying: longest('verify') },
      lostSeconds: Math.max(...lost) / 1000,
    };
  });
}

/** Of the frames of a stage, 0..1; 0 before there is a plan. */
async function shareDone(db: Database, jobId: string, stage: KilledStage): Promise<number> {
  const [job] = await readJobOutlines(db, [jobId]);
  const chunks = job?.chunks ?? [];
  // What is checked beside the frames comes before the first chunk.
  const first = stage === 'verify' ? 1 : 0;
  const done = chunks.map(({ index, startFrame, endFrame }) => {
    const task = job?.tasks.find((one) => one.stage === stage && one.index === first + index);
    return (endFrame - startFrame) * (task === undefined ? 0 : fractionOf(task));
  });
  return done.reduce((sum, frames) => sum + frames, 0) / (chunks.at(-1)?.endFrame ?? 1);
}

function fractionOf({ state, progress }: TaskOutline): number {
  return state === 'completed' ? 1 : (Progress.safeParse(progress).data?.fraction ?? 0);
}

function startOf({ startedAt }: { startedAt: Date | null }): number {
  return startedAt?.getTime() ?? Number.NaN;
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

async function makeSource({ folder, tools }: BenchStack): Promise<string> {
  const file = path.join(folder, 'ten-minutes.mp4');
  const inputs = SOURCE.flatMap((graph) => ['-f', 'lavfi', '-i', graph]);
  const encoders = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-b:v', '1500k', '-c:a', 'aac'];
  await run(tools.ffmpeg, ['-v', 'error', ...inputs, ...encoders, file]);
  return file;
}
