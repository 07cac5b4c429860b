import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@transcode/db';
import { uploadByTus, type TusTarget } from '../tus-client.ts';

export interface Passage {
  readonly db: Database;
  readonly target: TusTarget;
  readonly file: string;
  readonly preset: string;
  /** Uploaded and worked on at the same time. */
  readonly abreast: number;
}

const LOOK_MS = 200;
const STUCK_MS = 120_000;

/** Sends so many videos through the installation, some abreast, and answers their ids once all are ready. */
export async function passVideos(passage: Passage, count: number): Promise<string[]> {
  const ids: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      const id = await uploadOne(passage);
      await untilReady(passage.db, id);
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: passage.abreast }, lane));
  return ids;
}

/** Deletes videos as an integrator does and waits until nothing of them is left to do. */
export async function deleteVideos({ db, target }: Passage, ids: readonly string[]): Promise<void> {
  const [url] = target.urls;
  const headers = { authorization: `Bearer ${target.key}` };
  for (const id of ids) {
    const answer = await fetch(new URL(`/api/v1/videos/${id}`, url), { method: 'DELETE', headers });
    if (!answer.ok) throw new Error(`A video could not be deleted: ${answer.status} ${await answer.text()}`);
  }
  const open = () => db.task.count({ where: { state: { in: ['blocked', 'queued', 'running'] } } });
  await until(async () => (await open()) === 0, 'The tasks of deleted videos have not ended');
}

async function uploadOne({ target, file, preset }: Passage): Promise<string> {
  const { signal } = new AbortController();
  const { videoId } = await uploadByTus(target, file, { name: 'soak', preset, pauseMs: () => 0, signal });
  return videoId;
}

async function untilReady(db: Database, id: string): Promise<void> {
  await until(async () => {
    const { state, failureText } = await db.video.findUniqueOrThrow({ where: { id } });
    if (state === 'failed' || state === 'canceled') throw new Error(`A video is ${state}: ${failureText}`);
    // What is measured beside the verification may still run then, and belongs to the video.
    return state === 'ready' && (await db.task.count({ where: { job: { videoId: id }, endedAt: null } })) === 0;
  }, `The video ${id} is not ready`);
}

async function until(condition: () => Promise<boolean>, complaint: string): Promise<void> {
  const deadline = Date.now() + STUCK_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${complaint} after ${STUCK_MS / 1000} s.`);
    await sleep(LOOK_MS);
  }
}
