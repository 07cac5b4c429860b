import { setTimeout as sleep } from 'node:timers/promises';
import { VideoDetail, type Outlook, type Stage, type TaskView } from '@transcode/contracts';
import type { RestClient } from '../rest-client.ts';

const POLL_MS = 400;
/** How often in a row the API may be out of reach: it may be starting again. */
const PATIENCE = 75;
const UNDER_WAY = new Set(['blocked', 'queued', 'running']);

interface Moment {
  /** What is worked on, such as `encode`. */
  stage: Stage | undefined;
  /** 0..1 over the whole journey. */
  fraction: number;
  progress: TaskView['progress'];
  outlook: Outlook | null;
}

/** Looks at a video until its journey is over: it has ended one way or the other, and what ran beside it has too. */
export async function followVideo(
  client: RestClient,
  videoId: string,
  signal: AbortSignal,
  onMoment: (moment: Moment) => void,
): Promise<VideoDetail> {
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      const video = await client.get(`/videos/${videoId}`, VideoDetail);
      failures = 0;
      if (isOver(video)) return video;
      onMoment(momentOf(video));
    } catch (error) {
      failures += 1;
      if (failures >= PATIENCE) throw error;
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

function isOver(video: VideoDetail): boolean {
  if (video.state === 'failed' || video.state === 'canceled' || video.state === 'deleted') return true;
  return video.state === 'ready' && (video.job?.tasks ?? []).every((task) => !UNDER_WAY.has(task.state));
}

function momentOf(video: VideoDetail): Moment {
  const running = (video.job?.tasks ?? []).filter((task) => task.state === 'running');
  const slowest = running.find((task) => task.stage === 'encode') ?? running[0];
  return {
    stage: slowest?.stage,
    fraction: video.fraction,
    progress: slowest?.progress ?? null,
    outlook: video.outlook,
  };
}
