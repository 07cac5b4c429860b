import { STAGE_SHAPES, type Stage, type TaskClass } from '@transcode/contracts';
import type { RunningWork, SeenWork } from '@transcode/db';

/** How long a unit of work of a stage holds a slot. */
interface Pace {
  /** Seconds for each unit. */
  readonly seconds: number;
  /** How far the rest of a job may lie from it, as the deviation of the logarithm: 0.1 is about 10 %. */
  readonly spread: number;
  /** Jobs that it was seen in; 0: it is guessed from the other stages. */
  readonly jobs: number;
}

interface Sample {
  readonly jobId: string;
  readonly busy: number;
  readonly work: number;
  readonly weight: number;
  /** Tells how long a task takes; what was held in vain only costs. */
  readonly isWhole: boolean;
}

/** What ended this long before the latest counts half. */
const HALF_LIFE_SECONDS = 1800;
/** Others work now. */
const GONE_WEIGHT = 0.2;
/** A running task tells how fast it goes from here on. */
const TELLS_FROM = { fraction: 0.1, elapsed: 3 };
/** How much the guess from other stages still counts beside so many tasks that were seen. */
const GUESS_TASKS = 0.25;
/** Before much is known of it, jobs lie about so far apart: this counts as much as so many of them. */
const USUAL = { spread: 0.3, jobs: 2 };
/** Tasks of one job. */
const TASK_SPREAD = 0.25;
/** A guess from other stages may be out by a factor of two. */
const GUESSED_SPREAD = 0.7;

/** How fast work goes now: by stage, and for a job by what is known of that job itself. */
export class Paces {
  readonly #samples: ReadonlyMap<Stage, readonly Sample[]>;
  readonly #byJob: ReadonlyMap<string, Sum>;
  readonly #overall: number | undefined;
  readonly #stages = new Map<Stage, Pace>();

  constructor(work: Seen) {
    this.#samples = samplesOf(work);
    this.#byJob = sumByJob(this.#samples);
    const all = sumOf([...this.#samples.values()].flat());
    this.#overall = all.work > 0 ? all.busy / all.work : undefined;
  }

  /** Undefined while nothing at all was seen. */
  ofStage(stage: Stage): Pace | undefined {
    const known = this.#stages.get(stage);
    if (known !== undefined || this.#overall === undefined) return known;
    const pace = stagePace(this.#samples.get(stage) ?? [], this.#overall);
    this.#stages.set(stage, pace);
    return pace;
  }

  /** What a job's own tasks took says more of those that are left than what others took. */
  ofJob(jobId: string, stage: Stage): Pace | undefined {
    const common = this.ofStage(stage);
    const own = this.#byJob.get(`${stage} ${jobId}`);
    if (common === undefined || own === undefined || own.work === 0) return common;
    const { busy, work, weight } = own;
    const mean = work / weight;
    return {
      seconds: (busy + common.seconds * mean) / (work + mean),
      spread: Math.sqrt(common.spread ** 2 + weight * TASK_SPREAD ** 2) / (1 + weight),
      jobs: common.jobs,
    };
  }

  /** For how long slots of a class were held by what is known of. */
  secondsOf(taskClass: TaskClass): number {
    return [...this.#samples]
      .filter(([stage]) => STAGE_SHAPES[stage].class === taskClass)
      .reduce((sum, [, samples]) => sum + sumOf(samples).busy, 0);
  }
}

interface Seen {
  readonly seen: readonly SeenWork[];
  readonly running: readonly RunningWork[];
  /** Those that work now. */
  readonly alive: ReadonlySet<string>;
}

function samplesOf({ seen, running, alive }: Seen): Map<Stage, Sample[]> {
  const samples = new Map<Stage, Sample[]>();
  const add = (stage: Stage, sample: Sample): void => {
    samples.set(stage, [...(samples.get(stage) ?? []), sample]);
  };
  for (const [stage, ended] of Map.groupBy(seen, (each) => each.stage)) {
    const latest = Math.min(...ended.map(({ age }) => age));
    for (const { jobId, workerId, work, busy, age, completed } of ended) {
      const recency = 0.5 ** ((age - latest) / HALF_LIFE_SECONDS);
      const weight = recency * (alive.has(workerId) ? 1 : GONE_WEIGHT);
      add(stage, { jobId, busy, work: completed ? work : 0, weight, isWhole: completed });
    }
  }
  for (const { stage, jobId, work, elapsed, fraction } of running) {
    if (fraction === null || fraction < TELLS_FROM.fraction || elapsed < TELLS_FROM.elapsed) continue;
    add(stage, { jobId, busy: elapsed / fraction, work, weight: fraction, isWhole: true });
  }
  return samples;
}

interface Sum {
  readonly busy: number;
  readonly work: number;
  readonly weight: number;
}

function sumByJob(samples: ReadonlyMap<Stage, readonly Sample[]>): Map<string, Sum> {
  const keyed = [...samples].flatMap(([stage, all]) =>
    all.map((sample) => ({ key: `${stage} ${sample.jobId}`, sample })),
  );
  return new Map(
    [...Map.groupBy(keyed, ({ key }) => key)].map(([key, all]) => [key, sumOf(all.map(({ sample }) => sample))]),
  );
}

function sumOf(samples: readonly Sample[]): Sum {
  return {
    busy: samples.reduce((sum, { busy, weight }) => sum + busy * weight, 0),
    work: samples.reduce((sum, { work, weight }) => sum + work * weight, 0),
    weight: samples.reduce((sum, { weight, isWhole }) => sum + (isWhole ? weight : 0), 0),
  };
}

function stagePace(samples: readonly Sample[], overall: number): Pace {
  const { busy, work, weight } = sumOf(samples);
  if (work === 0) return { seconds: overall, spread: GUESSED_SPREAD, jobs: 0 };
  const guessed = (GUESS_TASKS * work) / weight;
  const seconds = (busy + overall * guessed) / (work + guessed);
  const jobs = [...Map.groupBy(samples, ({ jobId }) => jobId).values()].map(sumOf);
  const told = jobs.filter((job) => job.work > 0 && job.busy > 0);
  const squares = told.reduce((sum, job) => sum + Math.log(job.busy / job.work / seconds) ** 2, 0);
  const spread = Math.sqrt((squares + USUAL.jobs * USUAL.spread ** 2) / (told.length + USUAL.jobs));
  return { seconds, spread, jobs: told.length };
}
