import type { Event } from '@transcode/contracts';

/** Events that are told together, without those that a later one among them makes old: of a task's progress, an upload's, and what is stopped. */
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
  if (event.type === 'controls') return event.type;
  return event.type === 'upload' ? event.uploadId : undefined;
}
