import type { Event } from '@transcode/contracts';
import type { ClaimedTask } from '@transcode/db';
import type { EventStream } from '@transcode/queue';

/**
 * Calls `ask` when it is said that nobody needs this work any more. What is said is a hint: the claim itself has to be asked, and
 * where hints get lost it is at its next renewal. Returns how to stop listening.
 */
export function hearCancellation(events: EventStream, claim: ClaimedTask, ask: () => void): () => void {
  return events.subscribe((event) => {
    if (endsWork(event, claim)) ask();
  });
}

function endsWork(event: Event, { job, video }: ClaimedTask): boolean {
  if (event.type === 'job') return event.jobId === job.id && (event.state === 'canceled' || event.state === 'failed');
  return event.type === 'video' && event.videoId === video.id && event.state === 'deleted';
}
