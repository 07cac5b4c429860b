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

  /** The states that the job and the video have now. */
  async states(): Promise<void> {
    const job = await this.#db.job.findUnique({ where: { id: this.#claim.job.id }, include: { video: true } });
    if (job === null) return;
    this.#events.publish({ type: 'job', ...this.#scope(), jobId: job.id, state: job.state });
    this.#events.publish({ type: 'video', ...this.#scope(), state: job.video.state });
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
