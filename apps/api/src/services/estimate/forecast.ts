import { STAGE_SHAPES, STAGES, TaskClass, type Outlook, type Stage } from '@transcode/contracts';
import type { OpenGroup, RunningWork, WorkSurvey } from '@transcode/db';
import { controlView } from '../../views/worker-view.ts';
import { Paces } from './pace.ts';
import { playForward, type Played, type RunningTasks, type WaitingTasks } from './play-forward.ts';
import type { WhoServes } from './who-serves.ts';

/** Between what four of five of a normal distribution lie. */
const FOUR_OF_FIVE = 1.28;
/** However well all is known: machines have other things to do, too. */
const ALWAYS = 0.1;
/** Where more of what is left than this is of stages that nobody has seen at work, and more than was seen of its class, nobody knows. */
const GUESSED_MOST = 0.5;
/** A task that said nothing and takes longer than it should takes so much longer than it took already. */
const OVERDUE = 0.15;
/** From here on a task's own word counts for all of it. */
const BELIEVED_FROM = 0.3;

/** When what is open will be done, by one look at it. */
export class Forecast {
  readonly #survey: WorkSurvey;
  readonly #serves: WhoServes;
  readonly #paces: Paces;
  readonly #played: Played;
  readonly #jobs: ReadonlyMap<string, JobWork>;

  constructor(survey: WorkSurvey, serves: WhoServes) {
    this.#survey = survey;
    this.#serves = serves;
    this.#paces = new Paces({ ...survey, alive: serves.alive });
    const waiting = survey.groups.map((group) => this.#waiting(group));
    const running = survey.running.map((task) => this.#running(task));
    this.#played = playForward({ waiting, running, slots: (taskClass) => serves.of(taskClass).slots });
    this.#jobs = jobsOf(survey.groups, survey.running);
  }

  knowsJob(jobId: string): boolean {
    return this.#jobs.has(jobId);
  }

  /** Null where nothing waits or runs. */
  ofClass(taskClass: TaskClass): Outlook | null {
    const open = this.#survey.totals.filter((total) => total.class === taskClass);
    if (open.every(({ state }) => state === 'blocked')) return null;
    const waits = open.some(({ state }) => state === 'queued');
    const held = waits ? this.#heldBy(taskClass, true) : undefined;
    if (held !== undefined) return held;
    const played = this.#played.classes.get(taskClass);
    const left = open.map(({ stage, count, work }) => ({ stage, count, seconds: work * this.#secondsOf(stage) }));
    const rest = this.#restOf(taskClass);
    if (played === undefined || this.#isGuessed(left)) return { kind: 'unknown' };
    return known(played + rest, Math.hypot(ALWAYS, this.#classSpread(left, taskClass)), this.#hasUnplanned());
  }

  /** Of a job that `knowsJob`. */
  ofJob(jobId: string): Outlook {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return { kind: 'unknown' };
    const held = this.#jobHeld(job);
    if (held !== undefined) return held;
    const end = this.#played.jobs.get(jobId);
    const left = this.#leftOf(job);
    if (end === undefined || this.#isGuessed(left)) return { kind: 'unknown' };
    const own = left.reduce((sum, { seconds }) => sum + seconds, 0);
    // What is before it in line is of many jobs, and better known than this one alone.
    const share = Math.min(1, own / Math.max(end, Number.EPSILON));
    const ahead = share === 1 ? 0 : this.#classSpread(left, 'cpu');
    return known(end, Math.hypot(ALWAYS, share * this.#jobSpread(left, jobId), (1 - share) * ahead), false);
  }

  /** Of a job that stands behind all that was looked at: it is begun after those, and before all is done. */
  ofJobBehind(groups: readonly OpenGroup[]): Outlook {
    const job = jobsOf(groups, []).values().next().value;
    if (job === undefined) return { kind: 'unknown' };
    const held = this.#jobHeld(job);
    if (held !== undefined) return held;
    const left = this.#leftOf(job);
    if (!job.isPlanned || this.#isGuessed(left)) return { kind: 'unknown' };
    const own = left.reduce((sum, { seconds }) => sum + seconds, 0);
    const first = Math.max(0, ...[...job.classes].map((each) => this.#played.classes.get(each) ?? 0)) + own;
    const last = first + Math.max(0, ...[...job.classes].map((each) => this.#restOf(each)));
    const seconds = (first + last) / 2;
    return { kind: 'known', seconds, low: Math.min(first, seconds), high: last, atLeast: false };
  }

  #heldBy(taskClass: TaskClass, now: boolean): Outlook | undefined {
    const { slots, stopped } = this.#serves.of(taskClass);
    if (stopped.length > 0) return { kind: 'stopped', class: taskClass, now, controls: stopped.map(controlView) };
    return slots === 0 ? { kind: 'unserved', class: taskClass, now } : undefined;
  }

  /** By what waits now before what will. */
  #jobHeld({ queued, classes }: JobWork): Outlook | undefined {
    const now = [...queued].map((taskClass) => this.#heldBy(taskClass, true)).filter((held) => held !== undefined);
    const then = [...classes].map((taskClass) => this.#heldBy(taskClass, false)).filter((held) => held !== undefined);
    const all = [...now, ...then];
    return all.find(({ kind }) => kind === 'stopped') ?? all[0];
  }

  #secondsOf(stage: Stage, jobId?: string): number {
    const pace = jobId === undefined ? this.#paces.ofStage(stage) : this.#paces.ofJob(jobId, stage);
    return pace?.seconds ?? 1;
  }

  #waiting({ work, ...group }: OpenGroup): WaitingTasks {
    return { ...group, seconds: (work / group.count) * this.#secondsOf(group.stage, group.jobId) };
  }

  /** By what it says of itself, the more so the further it is, and by what such tasks take. */
  #running({ jobId, stage, class: taskClass, work, elapsed, fraction }: RunningWork): RunningTasks {
    const whole = work * this.#secondsOf(stage, jobId);
    const done = fraction ?? 0;
    const usual = done > 0 ? whole * (1 - done) : Math.max(whole - elapsed, OVERDUE * elapsed);
    const believed = Math.min(1, done / BELIEVED_FROM);
    const said = done > 0 ? (elapsed * (1 - done)) / done : usual;
    return { jobId, stage, class: taskClass, left: said * believed + usual * (1 - believed) };
  }

  #leftOf(job: JobWork): Left[] {
    return job.left.map(({ stage, count, work }) => ({
      ...{ stage, count },
      seconds: work * this.#secondsOf(stage, job.id),
    }));
  }

  #isGuessed(left: readonly Left[]): boolean {
    const all = left.reduce((sum, { seconds }) => sum + seconds, 0);
    const guessed = left.filter(({ stage }) => (this.#paces.ofStage(stage)?.jobs ?? 0) === 0);
    return TaskClass.options.some((taskClass) => {
      const ofClass = guessed.filter(({ stage }) => STAGE_SHAPES[stage].class === taskClass);
      const seconds = ofClass.reduce((sum, each) => sum + each.seconds, 0);
      return seconds > Math.max(GUESSED_MOST * all, this.#paces.secondsOf(taskClass));
    });
  }

  /** How far a job's rest may be out: its tasks are alike, so that many of them are no better known than one. */
  #jobSpread(left: readonly Left[], jobId: string): number {
    return weighted(left, ({ stage }) => this.#paces.ofJob(jobId, stage)?.spread ?? 0);
  }

  /** Of many jobs some take longer than others; together they take what is usual. */
  #classSpread(left: readonly Left[], taskClass: TaskClass): number {
    const waiting = this.#survey.groups.filter((group) => group.class === taskClass);
    const jobsLeft = Math.max(1, new Set(waiting.map(({ jobId }) => jobId)).size);
    return weighted(left, ({ stage }) => {
      const { spread = 0, jobs = 0 } = this.#paces.ofStage(stage) ?? {};
      return spread * Math.sqrt(1 / Math.max(1, jobs) + 1 / jobsLeft);
    });
  }

  /** How long what stands behind all that was looked at takes. */
  #restOf(taskClass: TaskClass): number {
    const { slots } = this.#serves.of(taskClass);
    const ofClass = <T extends { class: TaskClass }>(all: readonly T[]): T[] =>
      all.filter((each) => each.class === taskClass);
    const seconds = STAGES.map((stage) => {
      const workOf = (all: readonly { stage: Stage; work: number }[]): number =>
        all.filter((each) => each.stage === stage).reduce((sum, { work }) => sum + work, 0);
      const waiting = ofClass(this.#survey.totals).filter(({ state }) => state !== 'running');
      return Math.max(0, workOf(waiting) - workOf(ofClass(this.#survey.groups))) * this.#secondsOf(stage);
    }).reduce((sum, each) => sum + each, 0);
    return slots === 0 ? 0 : seconds / slots;
  }

  #hasUnplanned(): boolean {
    return this.#survey.totals.some(({ stage }) => stage === 'plan');
  }
}

/** The same, when some seconds have passed. */
export function later(outlook: Outlook, passed: number): Outlook {
  if (outlook.kind !== 'known') return outlook;
  const at = (value: number): number => Math.max(0, value - passed);
  return { ...outlook, seconds: at(outlook.seconds), low: at(outlook.low), high: at(outlook.high) };
}

function known(seconds: number, spread: number, atLeast: boolean): Outlook {
  const range = Math.exp(FOUR_OF_FIVE * spread);
  return { kind: 'known', seconds, low: seconds / range, high: seconds * range, atLeast };
}

interface Left {
  readonly stage: Stage;
  readonly count: number;
  readonly seconds: number;
}

/** The share of each stage in what is left, with what is not known of it. */
function weighted(left: readonly Left[], spreadOf: (each: Left) => number): number {
  const all = left.reduce((sum, { seconds }) => sum + seconds, 0);
  const squares = left.reduce((sum, each) => sum + (each.seconds * spreadOf(each)) ** 2, 0);
  return all === 0 ? 0 : Math.sqrt(squares) / all;
}

interface JobWork {
  readonly id: string;
  readonly left: { readonly stage: Stage; readonly count: number; readonly work: number }[];
  /** Of what waits in a line now. */
  readonly queued: Set<TaskClass>;
  /** Of all that is still to begin. */
  readonly classes: Set<TaskClass>;
  isPlanned: boolean;
}

function jobsOf(groups: readonly OpenGroup[], running: readonly RunningWork[]): Map<string, JobWork> {
  const jobs = new Map<string, JobWork>();
  const jobOf = (id: string): JobWork => {
    const job = jobs.get(id) ?? { id, left: [], queued: new Set(), classes: new Set(), isPlanned: true };
    jobs.set(id, job);
    return job;
  };
  for (const { jobId, stage, class: taskClass, state, count, work } of groups) {
    const job = jobOf(jobId);
    job.left.push({ stage, count, work });
    job.classes.add(taskClass);
    if (state === 'queued') job.queued.add(taskClass);
    if (stage === 'plan') plansStill(job);
  }
  for (const { jobId, stage, work, fraction } of running) {
    const job = jobOf(jobId);
    job.left.push({ stage, count: 1, work: work * (1 - (fraction ?? 0)) });
    if (stage === 'plan') plansStill(job);
  }
  return jobs;
}

/** Its other stages have no tasks yet, and come all the same. */
function plansStill(job: JobWork): void {
  job.isPlanned = false;
  for (const { class: taskClass, after } of Object.values(STAGE_SHAPES))
    if (after.length > 0) job.classes.add(taskClass);
}
