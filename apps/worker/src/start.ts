import { hostname } from 'node:os';
import { DRAIN_DEADLINE_MS, FIRST_CHUNK_SEGMENTS, HAND_BACK_MS, type TaskClass } from '@transcode/contracts';
import { createDatabase } from '@transcode/db';
import { createConsumer, createEvents, createJobLogs, createQueues } from '@transcode/queue';
import { openNamedStorage, reserveBytesOf } from '@transcode/storage';
import { createLogger, createMetrics, logFailedOperations, startOpsServer, startTracing } from '@transcode/telemetry';
import packageJson from '../package.json' with { type: 'json' };
import { markPod } from './cluster/mark-pod.ts';
import { watchCondition } from './condition/watch-condition.ts';
import { endPart } from './end-part.ts';
import type { Environment } from './env.ts';
import { ffmpegBuild } from './ffmpeg/ffmpeg-build.ts';
import { fenceIn } from './ffmpeg/fence-in.ts';
import { Intake } from './intake.ts';
import { Quarantine } from './quarantine.ts';
import { registerWorker } from './register-worker.ts';
import { runTask, type TaskRunner } from './run-task.ts';
import { openScratch } from './scratch/open-scratch.ts';
import { watchRoom } from './scratch/watch-room.ts';
import { selfCheck } from './self-check.ts';
import { showLog } from './show-log.ts';
import { measureWorker } from './signals/measure-worker.ts';
import { watchStorage } from './watch-storage.ts';

export interface RunningWorker {
  readonly id: string;
  readonly opsPort: number;
  /**
   * Fetches nothing more, lets what is under way finish within the drain deadline, hands back what does not. It ends in time, and
   * never fails, whatever is away.
   */
  stop(): Promise<void>;
}

/** One worker process: everything it stands on, then a consumer for each class it serves. */
export async function startWorker(env: Environment): Promise<RunningWorker> {
  const id = env.WORKER_ID ?? `${hostname()}-${process.pid}`;
  const logs = createJobLogs({ redisUrl: env.REDIS_URL });
  const log = createLogger({ name: 'worker', level: env.LOG_LEVEL, also: showLog(logs) }).child({ worker_id: id });
  const metrics = createMetrics('worker');
  const stopTracing = await startTracing({
    ...{ component: 'worker', version: packageJson.version },
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  });
  const deafen = logFailedOperations(log);
  const tell = (error: Error): void => log.warn({ err: error }, 'The connection to Redis broke');
  const scratch = await openScratch(env.SCRATCH_DIR, {
    workerId: env.WORKER_ID,
    reserveBytes: reserveBytesOf(env),
    ...(env.SCRATCH_FREE_MIB === undefined ? {} : { freeBytes: env.SCRATCH_FREE_MIB * 1024 ** 2 }),
  });
  const { walls } = fenceIn(env, log);
  const build = await ffmpegBuild(env.TRANSCODE_FFMPEG);

  const db = createDatabase(env.DATABASE_URL, { log: (message, error) => log.warn({ err: error }, message) });
  const storage = openNamedStorage(env);
  const queues = createQueues({ redisUrl: env.REDIS_URL, onError: tell });
  const events = createEvents({ redisUrl: env.REDIS_URL, onError: tell });
  const runner: TaskRunner = {
    ...{ workerId: id, db, storage, queues, events, log, scratch: scratch.folder },
    reserveBytes: reserveBytesOf(env),
    chunkLengths: { first: FIRST_CHUNK_SEGMENTS, later: env.CHUNK_SEGMENTS },
    tools: { ffmpeg: env.TRANSCODE_FFMPEG, ffprobe: env.TRANSCODE_FFPROBE, build },
  };
  const intake = new Intake({ workerId: id, log });
  const quarantine: Quarantine = new Quarantine({
    check: () => selfCheck(runner),
    changed: (state) => {
      if (state === undefined) intake.release('quarantine');
      else intake.hold('quarantine', state.reason);
      void registration.beat();
    },
    log,
  });
  const absence = watchStorage(storage, intake, log);
  const registration = await registerWorker(db, {
    ...{ id, classes: env.CLASSES, version: packageJson.version, build, walls, log },
    slots: Object.fromEntries(env.CLASSES.map((taskClass) => [taskClass, slots(taskClass, env)])),
    quarantine: () => quarantine.state(),
    heed: (controls) => intake.heed(controls),
  });
  measureWorker(metrics, {
    ...{ version: packageJson.version, build, db },
    slots: env.CLASSES.map((taskClass) => [taskClass, slots(taskClass, env)]),
    scratch: { folder: scratch.folder, reserveBytes: reserveBytesOf(env) },
    isQuarantined: () => quarantine.state() !== undefined,
  });
  const marks = markPod({ pod: env.KUBERNETES_POD, log });
  let slotsUsed = 0;
  const consumers = env.CLASSES.map((taskClass) => {
    const consumer = createConsumer({
      redisUrl: env.REDIS_URL,
      class: taskClass,
      concurrency: slots(taskClass, env),
      handle: async (delivery, stopping) => {
        // The reconciler delivers it again, here or elsewhere: it has not been claimed.
        if ((await scratch.lack()) !== undefined) return;
        slotsUsed += 1;
        const unmark = marks.begin(taskClass);
        const stop = AbortSignal.any([stopping, intake.drained(taskClass)]);
        const end = await runTask(runner, delivery, stop).finally(() => {
          slotsUsed -= 1;
          unmark();
        });
        if (end === undefined) return;
        if (end.withoutStorage === true) absence.missed(end.reason ?? '');
        quarantine.saw(end);
      },
      onError: (error) => log.error({ err: error }, 'A delivery could not be handled'),
    });
    intake.add(taskClass, consumer);
    return consumer;
  });
  const room = watchRoom({ scratch, storage }, intake, log);
  await room.look();
  const condition = watchCondition(db, {
    ...{ id, folder: scratch.folder, nvidiaSmi: env.TRANSCODE_NVIDIA_SMI, log },
    slotsUsed: () => slotsUsed,
  });
  const ops = await startOpsServer({
    host: env.HOST,
    port: env.METRICS_PORT,
    metrics,
    log,
    health: () => undefined,
    ready: async () => {
      await Promise.all([db.$queryRaw`SELECT 1`, queues.ping(), storage.health()]);
      // One that waits for room is well, and works again by itself.
      const checks = { postgres: true, redis: true, storage: true };
      return { ready: true, checks, walls, takesNothing: intake.reasons() };
    },
  });
  log.info({ classes: env.CLASSES, port: ops.port }, 'The worker takes tasks');
  return {
    id,
    opsPort: ops.port,
    stop: async () => {
      log.info('The worker stops: it takes nothing more');
      room.stop();
      absence.stop();
      await Promise.all([
        endPart('condition', () => condition.stop(), log),
        endPart('marks', () => marks.stop(), log),
        ...consumers.map((consumer) => consumer.close(DRAIN_DEADLINE_MS - HAND_BACK_MS)),
      ]);
      quarantine.stop();
      await endPart('registration', () => registration.stop(), log);
      await Promise.all([
        endPart('ops', () => ops.close(), log),
        endPart('queues', () => queues.close(), log),
        endPart('events', () => events.close(), log),
        endPart('job logs', () => logs.close(), log),
        endPart('storage', () => storage.close(), log),
        endPart('database', () => db.$disconnect(), log),
        endPart('scratch', () => scratch.remove(), log),
      ]);
      metrics.close();
      deafen();
      await endPart('tracing', stopTracing, log);
      log.info('The worker has stopped');
    },
  };
}

function slots(taskClass: TaskClass, env: Environment): number {
  return taskClass === 'cpu' || taskClass === 'gpu' ? env.CPU_SLOTS : env.LIGHT_SLOTS;
}
