import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { startBenchStack, type BenchStack } from './src/bench-stack.ts';
import { cpuSeconds } from './src/process-table.ts';
import { LoadProcess } from './src/reads/processes.ts';
import { startReadsApi, type ReadsApi } from './src/reads/start-reads-api.ts';
import { median, ratioLine, shown } from './src/rounds.ts';
import { beginJourney } from './src/run-journey.ts';
import { startApi } from './src/start-api.ts';

const execute = promisify(execFile);

const Options = z.object({ pairs: z.coerce.number().int().min(1).default(7) });
/** Of a job's processor seconds, and of the API's answers in a second, with all of it against none. */
const PROMISED = { cpu: 1.02, answers: 1.1 };
const CONNECTIONS = 20;
const ROUND_MS = 3_000;
/** For so many rounds a new process gets faster, as what it does often is compiled; it lives for weeks, and how it is then is asked. */
const WARM_UP_ROUNDS = 4;
/** As `infra/monitoring/prometheus/prometheus.yml` has it. */
const SCRAPE_MS = 15_000;
const LOOK_MS = 500;
/** 720p, some ten seconds of work. */
const GRAPH = 'testsrc2=size=1280x720:rate=25:duration=24,noise=alls=8:allf=t';

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/** Told to say nothing: no lines and no spans. Metrics are counted all the same, and asked for by nobody. */
const OFF = { LOG_LEVEL: 'silent' };

/**
 * What it costs that processes tell of themselves: lines of the log, every trace, and a scrape now and then, against silence. The sides
 * take turns, so that each meets the same machine.
 */
export async function run(argv: readonly string[], { root, print }: Context): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { pairs: { type: 'string' } } });
  const { pairs } = Options.parse(values);
  const sink = createServer((request, response) => {
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => {
    sink.listen(0, '127.0.0.1', resolve);
  });
  const { port } = sink.address() as AddressInfo;
  const on = { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  const stack = await startBenchStack(root);
  try {
    print(`${pairs} pairs, in turn.`);
    const { time, cpu: busy } = await measureAnswers(stack, { on, pairs });
    const answers = ratioLine('Time of an answer, told against silent', time, PROMISED.answers);
    print(answers.line);
    print(`Of that the processor time of the API alone: ${median(busy).toFixed(3)} (${shown(busy)})`);
    const cpu = ratioLine(
      'Processor time of a job, told against silent',
      await measureJobs(stack, { on, pairs }),
      PROMISED.cpu,
    );
    print(cpu.line);
    return answers.holds && cpu.holds ? 0 : 1;
  } finally {
    await stack.dispose();
    sink.closeAllConnections();
    sink.close();
  }
}

interface Sides {
  readonly on: Readonly<Record<string, string>>;
  readonly pairs: number;
}

interface Answers {
  /** Of each pair, how much longer an answer took where all was told: with all that the machine has to do, Postgres and whoever asks included. */
  readonly time: readonly number[];
  /** Of each pair, how much more processor time the API itself took for an answer. */
  readonly cpu: readonly number[];
}

/**
 * Two processes that are the same in everything answer up to 5 % faster or slower than each other for as long as they live. So each pair
 * is of two new ones, which take turns in an order that favours neither.
 */
async function measureAnswers(stack: BenchStack, { on, pairs }: Sides): Promise<Answers> {
  const load = new LoadProcess();
  const redis = new Redis(stack.environment['REDIS_URL'] ?? '');
  const start = (settings: typeof on) => startReadsApi(stack, { connections: CONNECTIONS, settings });
  const ask = async ({ port, pid, keys }: ReadsApi, ms: number): Promise<Round> => {
    // What a key may ask in a minute is asked in a second here.
    await redis.flushdb();
    const [began, busy] = [performance.now(), cpuSeconds(pid)];
    const paths = ['/api/v1/me', '/api/v1/jobs?limit=50'];
    const { times, failed } = await load.ask({ port, keys: [...keys], paths, ms });
    if (failed > 0) throw new Error(`${failed} of ${times.length} requests failed.`);
    const spent = { seconds: (performance.now() - began) / 1000, busy: cpuSeconds(pid) - busy };
    return { seconds: spent.seconds / times.length, busy: spent.busy / times.length };
  };
  const found: { time: number[]; cpu: number[] } = { time: [], cpu: [] };
  try {
    // It leads, and makes in the database what the others find, so that neither of two has that to do.
    await start(OFF);
    for (let pair = 0; pair < pairs; pair++) {
      const first = await start(pair % 2 === 0 ? on : OFF);
      const second = await start(pair % 2 === 0 ? OFF : on);
      const [told, silent] = pair % 2 === 0 ? [first, second] : [second, first];
      const scraping = setInterval(() => void scrape(told.metricsUrl), SCRAPE_MS);
      try {
        for (let warm = 0; warm < WARM_UP_ROUNDS; warm++) for (const api of [first, second]) await ask(api, ROUND_MS);
        const rounds = new Map<ReadsApi, Round[]>([
          [told, []],
          [silent, []],
        ]);
        for (const api of [first, second, second, first]) rounds.get(api)?.push(await ask(api, ROUND_MS));
        const of = (api: ReadsApi, figure: keyof Round): number =>
          (rounds.get(api) ?? []).reduce((sum, round) => sum + round[figure], 0);
        found.time.push(of(told, 'seconds') / of(silent, 'seconds'));
        found.cpu.push(of(told, 'busy') / of(silent, 'busy'));
      } finally {
        clearInterval(scraping);
        await told.stop();
        await silent.stop();
      }
    }
    return found;
  } finally {
    await load.stop();
    redis.disconnect();
  }
}

/** Of one answer, by the clock and by what the API's process took of the processors. */
interface Round {
  readonly seconds: number;
  readonly busy: number;
}

/** Of each pair, how much more processor time the worker and its ffmpegs took for the same job where all was told. */
async function measureJobs(stack: BenchStack, { on, pairs }: Sides): Promise<number[]> {
  const source = path.join(stack.folder, 'source.mp4');
  await execute(stack.tools.ffmpeg, [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', GRAPH, '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-pix_fmt', 'yuv420p', '-b:v', '5M', source],
  ]);
  await startApi(stack);
  const ratios: number[] = [];
  // The first pair fills the machine's caches.
  for (let pair = -1; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? [on, OFF] : [OFF, on];
    const spent = new Map<Readonly<Record<string, string>>, number>();
    for (const settings of order) spent.set(settings, await secondsOfJob(stack, source, settings));
    if (pair >= 0) ratios.push((spent.get(on) ?? Number.NaN) / (spent.get(OFF) ?? Number.NaN));
  }
  return ratios;
}

async function secondsOfJob(
  stack: BenchStack,
  source: string,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const worker = await stack.startProcess('worker', {
    ...{ CLASSES: 'cpu,light', SCRATCH_DIR: path.join(stack.folder, 'scratch'), ...settings },
  });
  const scraping = setInterval(() => void (settings === OFF || scrape(worker.metricsUrl)), SCRAPE_MS);
  try {
    const before = cpuSeconds(worker.pid);
    const jobId = await beginJourney(stack, source);
    for (;;) {
      const { state, failureText } = await stack.db.job.findUniqueOrThrow({ where: { id: jobId } });
      if (state === 'failed') throw new Error(`The job failed: ${failureText}`);
      const open = await stack.db.task.count({ where: { jobId, state: { notIn: ['completed', 'failed'] } } });
      if (state === 'completed' && open === 0) return cpuSeconds(worker.pid) - before;
      await sleep(LOOK_MS);
    }
  } finally {
    clearInterval(scraping);
    await worker.stop();
  }
}

async function scrape(url: string): Promise<void> {
  try {
    await (await fetch(url)).text();
  } catch {
    // It ends just now.
  }
}
