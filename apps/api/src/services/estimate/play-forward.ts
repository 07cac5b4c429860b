import type { Priority, Stage, TaskClass } from '@transcode/contracts';
import type { OpenGroup } from '@transcode/db';

/** Tasks of a job that wait, each of the same length. */
export interface WaitingTasks extends Pick<
  OpenGroup,
  'jobId' | 'stage' | 'class' | 'priority' | 'state' | 'begun' | 'after' | 'queued' | 'count'
> {
  /** Of one task. */
  readonly seconds: number;
}

export interface RunningTasks {
  readonly jobId: string;
  readonly stage: Stage;
  readonly class: TaskClass;
  /** Until it ends. */
  readonly left: number;
}

export interface Played {
  /** When the last stage of a job ended, in seconds from now; those that cannot end, or are not planned, are missing. */
  readonly jobs: ReadonlyMap<string, number>;
  /** When the last task of a class ended. */
  readonly classes: ReadonlyMap<TaskClass, number>;
}

interface Situation {
  readonly waiting: readonly WaitingTasks[];
  readonly running: readonly RunningTasks[];
  /** How many tasks of a class are done at the same time. */
  readonly slots: (taskClass: TaskClass) => number;
}

/** More steps tell no more: then several tasks of a group are taken for one. */
const STEPS = 20_000;
const LAST: Stage = 'publish';
const WEIGHTS: Readonly<Record<Priority, number>> = { low: 0, normal: 1, high: 2 };
const RANKS = 6;

/**
 * Lets the workers go on in thought, as the queue would: by priority, what was begun before what was not, then who waits longest; what waits
 * for earlier stages comes to the end of the line when they are done. So whoever asks when a class, a job or a video is done gets the answer
 * from one course of events.
 */
export function playForward({ waiting, running, slots }: Situation): Played {
  const course = new Course(slots);
  const tasks = waiting.reduce((sum, { count }) => sum + count, 0);
  for (const task of running) course.start(task.class, task, task.left);
  const together = Math.max(1, tasks / STEPS);
  for (const group of waiting.toSorted((one, other) => other.queued - one.queued)) {
    const count = Math.ceil(group.count / together);
    course.add({ ...group, count, seconds: (group.seconds * group.count) / count });
  }
  return course.run();
}

type Step = Pick<RunningTasks, 'jobId' | 'stage' | 'class'>;
interface Group {
  readonly task: WaitingTasks;
  left: number;
}
interface Line {
  readonly ranks: Group[][];
  free: number;
}

class Course {
  readonly #slots: (taskClass: TaskClass) => number;
  readonly #lines = new Map<TaskClass, Line>();
  /** Soonest last. */
  readonly #ends: { readonly at: number; readonly step: Step }[] = [];
  /** Tasks that are not done, by job and stage. */
  readonly #open = new Map<string, Map<Stage, number>>();
  readonly #blocked = new Map<string, WaitingTasks[]>();
  readonly #jobs = new Map<string, number>();
  readonly #classes = new Map<TaskClass, number>();
  #now = 0;

  constructor(slots: (taskClass: TaskClass) => number) {
    this.#slots = slots;
  }

  add(task: WaitingTasks): void {
    this.#count(task, task.count);
    if (task.state === 'queued') this.#queue(task);
    else this.#blocked.set(task.jobId, [...(this.#blocked.get(task.jobId) ?? []), task]);
  }

  /** Also what a worker still has in hand that takes nothing more. */
  start(taskClass: TaskClass, step: Step, seconds: number): void {
    this.#count(step, 1);
    this.#begin(taskClass, step, seconds);
  }

  run(): Played {
    for (const taskClass of this.#lines.keys()) this.#take(taskClass);
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) {
      this.#now = end.at;
      this.#end(end.step);
    }
    return { jobs: this.#jobs, classes: this.#classes };
  }

  #end(step: Step): void {
    this.#classes.set(step.class, this.#now);
    this.#line(step.class).free += 1;
    if (this.#count(step, -1) === 0) {
      if (step.stage === LAST) this.#jobs.set(step.jobId, this.#now);
      this.#release(step.jobId);
    }
    this.#take(step.class);
  }

  #release(jobId: string): void {
    const open = this.#open.get(jobId);
    const blocked = this.#blocked.get(jobId) ?? [];
    const isReady = ({ after }: WaitingTasks): boolean => after.every((stage) => (open?.get(stage) ?? 0) === 0);
    this.#blocked.set(
      jobId,
      blocked.filter((task) => !isReady(task)),
    );
    for (const task of blocked.filter(isReady)) {
      this.#queue({ ...task, begun: false });
      this.#take(task.class);
    }
  }

  #take(taskClass: TaskClass): void {
    const line = this.#line(taskClass);
    for (let rank = RANKS - 1; rank >= 0 && line.free > 0; rank -= 1) {
      const groups = line.ranks[rank] ?? [];
      let taken = 0;
      for (const group of groups) {
        while (group.left > 0 && line.free > 0) {
          group.left -= 1;
          this.#begin(taskClass, group.task, group.task.seconds);
        }
        if (group.left > 0) break;
        taken += 1;
      }
      groups.splice(0, taken);
    }
  }

  #begin(taskClass: TaskClass, { jobId, stage }: Pick<Step, 'jobId' | 'stage'>, seconds: number): void {
    this.#line(taskClass).free -= 1;
    const at = this.#now + seconds;
    let place = this.#ends.length;
    while (place > 0 && (this.#ends[place - 1]?.at ?? 0) < at) place -= 1;
    this.#ends.splice(place, 0, { at, step: { jobId, stage, class: taskClass } });
  }

  #queue(task: WaitingTasks): void {
    const rank = WEIGHTS[task.priority] * 2 + (task.begun ? 1 : 0);
    this.#line(task.class).ranks[rank]?.push({ task, left: task.count });
  }

  #line(taskClass: TaskClass): Line {
    const known = this.#lines.get(taskClass);
    if (known !== undefined) return known;
    const line = { ranks: Array.from({ length: RANKS }, () => []), free: this.#slots(taskClass) };
    this.#lines.set(taskClass, line);
    return line;
  }

  #count({ jobId, stage }: Pick<Step, 'jobId' | 'stage'>, more: number): number {
    const stages = this.#open.get(jobId) ?? new Map<Stage, number>();
    const count = (stages.get(stage) ?? 0) + more;
    stages.set(stage, count);
    this.#open.set(jobId, stages);
    return count;
  }
}
