import { STAGE_SHAPES, type Stage, type TaskClass } from '@transcode/contracts';
import type { OpenGroup, OpenTotal, SeenWork, WorkControl, Worker, WorkSurvey } from '@transcode/db';
import type { Random } from '@transcode/testing/random';
import { whoServes, type WhoServes } from '../../src/services/estimate/who-serves.ts';

interface DrawnTask {
  readonly jobId: string;
  readonly stage: Stage;
  readonly index: number;
  readonly class: TaskClass;
  readonly after: readonly Stage[];
  readonly work: number;
  /** What it really takes. */
  readonly seconds: number;
  state: 'blocked' | 'queued' | 'running' | 'completed';
  queuedAt: number;
  startedAt: number;
  endedAt: number;
}

interface DrawnWorld {
  readonly random: Random;
  readonly slots: Partial<Record<TaskClass, number>>;
  /** How far single tasks lie from what their size says, and whole videos: the deviation of the logarithm. */
  readonly taskSpread?: number;
  readonly videoSpread?: number;
}

const WORKER = 'drawn';

/**
 * Work as it might be, without doing it: tasks take what is drawn for them, on so many slots, in the order of the queue. What is told of it is
 * what Postgres would tell.
 */
export class World {
  now = 0;
  readonly tasks: DrawnTask[] = [];
  readonly #drawn: Required<DrawnWorld>;
  /** How fast this machine is at each stage, beside ours. */
  readonly #speeds = new Map<Stage, number>();

  constructor({ taskSpread = 0.2, videoSpread = 0.3, ...drawn }: DrawnWorld) {
    this.#drawn = { ...drawn, taskSpread, videoSpread };
    const machine = this.#near(1, 0.6);
    for (const stage of Object.keys(STAGE_SHAPES) as Stage[]) this.#speeds.set(stage, machine * this.#near(1, 0.2));
  }

  /** A video that has been planned: so many chunks of so much work each. */
  add(jobId: string, { chunks, work }: { chunks: number; work: number }): void {
    const video = this.#near(1, this.#drawn.videoSpread);
    const one = (stage: Stage, size: number, index = 0): void => {
      const { class: taskClass, after } = STAGE_SHAPES[stage];
      const seconds = size * (this.#speeds.get(stage) ?? 1) * video * this.#near(1, this.#drawn.taskSpread);
      const isFirst = stage === 'encode' || stage === 'audio';
      this.tasks.push({
        ...{ jobId, stage, index, class: taskClass, after, work: size, seconds },
        ...{ state: isFirst ? 'queued' : 'blocked', queuedAt: this.now, startedAt: 0, endedAt: 0 },
      });
    };
    for (let index = 0; index < chunks; index += 1) one('encode', index === 0 ? work / 10 : work, index);
    one('audio', (chunks * work) / 20);
    one('package', 0.5 + chunks * 0.2);
    one('verify', (chunks * work) / 30);
    for (let index = 1; index <= chunks; index += 1) one('verify', (index === 1 ? work / 10 : work) / 3, index);
    one('measure', (chunks * work) / 5);
    one('publish', 0.3);
  }

  /** Goes on until a moment. */
  runTo(until: number): void {
    for (;;) {
      this.#claim();
      const [next] = this.#in('running').toSorted((one, other) => endOf(one) - endOf(other));
      if (next === undefined || endOf(next) > until) break;
      this.now = endOf(next);
      next.state = 'completed';
      next.endedAt = this.now;
      this.#release(next.jobId);
    }
    this.now = until;
  }

  isOver(jobId?: string): boolean {
    return this.tasks.every((task) => (jobId !== undefined && task.jobId !== jobId) || task.state === 'completed');
  }

  survey(): WorkSurvey {
    const groups = new Map<string, OpenGroup>();
    const totals = new Map<string, OpenTotal>();
    for (const { jobId, stage, class: taskClass, state, after, work, queuedAt } of this.tasks) {
      if (state === 'completed') continue;
      const total = totals.get(`${stage} ${state}`) ?? { class: taskClass, stage, state, count: 0, work: 0 };
      totals.set(`${stage} ${state}`, { ...total, count: total.count + 1, work: total.work + work });
      if (state === 'running') continue;
      const key = `${jobId} ${stage} ${state}`;
      const place = { jobId, stage, class: taskClass, priority: 'normal', state, begun: false, after } as const;
      const group = groups.get(key) ?? { ...place, queued: this.now - queuedAt, count: 0, work: 0 };
      groups.set(key, { ...group, count: group.count + 1, work: group.work + work });
    }
    const running = this.#in('running').map(({ jobId, stage, class: taskClass, work, startedAt, seconds }) => {
      const elapsed = this.now - startedAt;
      const fraction = taskClass === 'cpu' ? elapsed / seconds : null;
      return { jobId, stage, class: taskClass, workerId: WORKER, work, elapsed, fraction };
    });
    const seen = this.#in('completed').map(({ jobId, stage, work, startedAt, endedAt }): SeenWork => {
      const times = { busy: endedAt - startedAt, age: this.now - endedAt };
      return { jobId, stage, workerId: WORKER, work, ...times, completed: true };
    });
    return { totals: [...totals.values()], groups: [...groups.values()], running, seen };
  }

  serves(controls: readonly WorkControl[] = []): WhoServes {
    const { slots } = this.#drawn;
    return whoServes(controls, [drawnWorker({ slots })]);
  }

  #claim(): void {
    for (const [taskClass, slots] of Object.entries(this.#drawn.slots)) {
      const ofClass = (task: DrawnTask): boolean => task.class === taskClass;
      const free = slots - this.#in('running').filter(ofClass).length;
      const line = this.#in('queued')
        .filter(ofClass)
        .toSorted((one, other) => one.queuedAt - other.queuedAt);
      for (const task of line.slice(0, Math.max(0, free))) {
        task.state = 'running';
        task.startedAt = this.now;
      }
    }
  }

  #release(jobId: string): void {
    const own = this.tasks.filter((task) => task.jobId === jobId);
    for (const task of own) {
      if (task.state !== 'blocked') continue;
      if (own.some(({ stage, state }) => task.after.includes(stage) && state !== 'completed')) continue;
      task.state = 'queued';
      task.queuedAt = this.now;
    }
  }

  #in(state: DrawnTask['state']): DrawnTask[] {
    return this.tasks.filter((task) => task.state === state);
  }

  /** Lognormal, by twelve even ones. */
  #near(middle: number, spread: number): number {
    const { random } = this.#drawn;
    const normal = Array.from({ length: 12 }, () => random.next()).reduce((sum, each) => sum + each, -6);
    return middle * Math.exp(spread * normal);
  }
}

export function drawnWorker({
  id = WORKER,
  slots,
}: {
  id?: string;
  slots: Partial<Record<TaskClass, number>>;
}): Worker {
  const now = new Date();
  return {
    ...{ id, host: 'here', pid: 1, classes: ['cpu', 'light'], version: '0', capabilities: { slots } },
    ...{ startedAt: now, seenAt: now, stoppedAt: null, ableSince: now, gpuAbsence: null },
    ...{ quarantinedAt: null, quarantinedUntil: null, quarantineReason: null },
    ...{ lostAt: null, replacedPid: null, replacedSeenAt: null },
  };
}

function endOf({ startedAt, seconds }: DrawnTask): number {
  return startedAt + seconds;
}
