import type { Event } from '@transcode/contracts';

/** Events that are told together, without those that a later one among them makes old: of a task's progress, and of an upload's. */
export function mergeEvents(events: readonly Event[]): Event[] {
  const last = new Map<string, Event>();
  for (const event of events) {
    const key = keyOf(event);
    if (key !== undefined) last.set(key, event);
  }
  return events.filter((event) => {
    const key = keyOf(event);
    return key === undefined || last.get(key) === event;
  });
}

function keyOf(event: Event): string | undefined {
  if (event.type === 'progress') return event.taskId;
  return event.type === 'upload' ? event.uploadId : undefined;
}
