import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_PRESET, PROGRESS_INTERVAL_MS, type Event, type Stage } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { EventStream } from '@transcode/queue';

interface Task {
  readonly workspaceId: string;
  readonly videoId: string;
  readonly jobId: string;
  readonly taskId: string;
  readonly stage: Stage;
  readonly index: number;
}

/** A chunk takes so long; then its worker says that it ended, and that the next began. */
const CHUNK_MS = 3_000;

export interface BusyJobs {
  /** Hints of states so far: each viewer is to hear every one of them. */
  states(): number;
  /** Hints of progress so far. */
  progress(): number;
  stop(): Promise<void>;
}

/** Jobs in work, each with two tasks under way, whose workers publish what workers publish, as often as they do. */
export async function keepBusy(
  { db, events, workspaceId }: { db: Database; events: EventStream; workspaceId: string },
  jobs: number,
): Promise<BusyJobs> {
  const stopping = new AbortController();
  let [states, progress] = [0, 0];
  const tell = (event: Event): void => {
    if (event.type === 'progress') progress += 1;
    else states += 1;
    events.publish(event);
  };
  const lanes: Promise<void>[] = [];
  for (let job = 0; job < jobs; job += 1) {
    const { videoId, jobId } = await addJob(db, workspaceId);
    for (const stage of ['encode', 'verify'] as const)
      lanes.push(workOn({ workspaceId, videoId, jobId, stage }, tell, stopping.signal));
  }
  return {
    states: () => states,
    progress: () => progress,
    stop: async () => {
      stopping.abort();
      await Promise.all(lanes);
    },
  };
}

async function workOn(
  job: Omit<Task, 'taskId' | 'index'>,
  tell: (event: Event) => void,
  stopped: AbortSignal,
): Promise<void> {
  // Workers do not beat in time.
  await sleep(Math.random() * CHUNK_MS);
  for (let index = 0; !stopped.aborted; index += 1) {
    const task = { ...job, taskId: crypto.randomUUID(), index };
    const { workspaceId, videoId, jobId } = job;
    tell({ type: 'task', ...task, state: 'running' });
    for (let ms = 0; ms < CHUNK_MS && !stopped.aborted; ms += PROGRESS_INTERVAL_MS) {
      await sleep(PROGRESS_INTERVAL_MS);
      // The time left is when this was told: so each viewer knows how late it is.
      const secondsLeft = performance.timeOrigin + performance.now();
      tell({ type: 'progress', ...task, progress: { fraction: ms / CHUNK_MS, fps: 50, speed: 2, secondsLeft } });
    }
    tell({ type: 'task', ...task, state: 'completed' });
    tell({ type: 'job', workspaceId, videoId, jobId, state: 'running' });
    tell({ type: 'video', workspaceId, videoId, state: 'processing' });
  }
}

async function addJob(db: Database, workspaceId: string): Promise<{ videoId: string; jobId: string }> {
  const title = 'A busy video';
  const video = await db.video.create({
    data: {
      ...{ workspaceId, title, fileName: 'busy.mp4', sourceKey: `w/${workspaceId}/u/${crypto.randomUUID()}` },
      ...{ sourceBytes: 1n, preset: DEFAULT_PRESET, state: 'processing' },
    },
  });
  const job = await db.job.create({
    data: { workspaceId, videoId: video.id, videoTitle: title, preset: DEFAULT_PRESET, state: 'running' },
  });
  return { videoId: video.id, jobId: job.id };
}
