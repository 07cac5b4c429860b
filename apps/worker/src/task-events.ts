import type { Progress, TaskState } from '@transcode/contracts';
import type { ClaimedTask, Database } from '@transcode/db';
import type { EventStream } from '@transcode/queue';

/** Tells the pages that watch a video what became of one of its tasks. */
export class TaskEvents {
  readonly #events: EventStream;
  readonly #db: Database;
  readonly #claim: ClaimedTask;

  constructor({ events, db, claim }: { events: EventStream; db: Database; claim: ClaimedTask }) {
    this.#events = events;
    this.#db = db;
    this.#claim = claim;
  }

  progress(progress: Progress): void {
    this.#events.publish({ type: 'progress', ...this.#scope(), ...this.#task(), progress });
  }

  task(state: TaskState): void {
    this.#events.publish({ type: 'task', ...this.#scope(), ...this.#task(), state });
  }

  /** The states that the job and the video have now. A hint: where the database does not answer, the next snapshot tells. */
  async states(): Promise<void> {
    const asked = this.#db.job.findUnique({ where: { id: this.#claim.job.id }, include: { video: true } });
    const [found] = await Promise.allSettled([asked]);
    if (found.status === 'rejected' || found.value === null) return;
    const { id: jobId, state, video } = found.value;
    this.#events.publish({ type: 'job', ...this.#scope(), jobId, state });
    this.#events.publish({ type: 'video', ...this.#scope(), state: video.state });
  }

  #scope() {
    const { workspaceId, id: videoId } = this.#claim.video;
    return { workspaceId, videoId };
  }

  #task() {
    const { id: taskId, jobId, stage, index } = this.#claim.task;
    return { taskId, jobId, stage, index };
  }
}
