import { setTimeout as sleep } from 'node:timers/promises';
import type { FfmpegStart } from '../ffmpeg-watch.ts';
import type { PlannedFault } from '../schedule.ts';
import type { World } from '../world.ts';

type Victim = World['workers'][number];

const BUSY_MS = 5_000;
const LOOK_MS = 20;

/** The one that the schedule means. */
export function victim<T>(among: readonly T[], { whom }: PlannedFault): T {
  const found = among[Math.floor(whom * among.length)];
  if (found === undefined) throw new Error('There is nobody to strike.');
  return found;
}

/** The worker that the schedule means, in the middle of an ffmpeg if it has one within a few seconds: a kill has to cost something. */
export async function busyWorker(world: World, planned: PlannedFault): Promise<Victim> {
  const worker = victim(world.workers, planned);
  const deadline = Date.now() + BUSY_MS;
  while (world.ffmpegs.running(worker).length === 0 && Date.now() < deadline) await sleep(LOOK_MS);
  return worker;
}

/** A running ffmpeg, once there is one. */
export async function runningFfmpeg(world: World, planned: PlannedFault): Promise<FfmpegStart | undefined> {
  const deadline = Date.now() + BUSY_MS;
  for (;;) {
    const running = world.workers.flatMap((worker) => world.ffmpegs.running(worker));
    if (running.length > 0) return victim(running, planned);
    if (Date.now() > deadline) return undefined;
    await sleep(LOOK_MS);
  }
}
