import { counted, DRAIN_DEADLINE_MS, HAND_BACK_MS, nounFor } from '@transcode/contracts';

/** What a task that runs has to finish in, before it is handed back. */
const SECONDS = (DRAIN_DEADLINE_MS - HAND_BACK_MS) / 1000;

/** What draining means for what runs. */
export function drainWords(running: number): string {
  if (running === 0) return 'Nothing runs there now. Nothing new is taken until you resume it.';
  const tasks = `${counted(running, 'running task')} ${nounFor(running, 'gets', 'get')} ${SECONDS} s to finish`;
  return `${tasks}. What does not goes back to the queue without using up an attempt. Nothing new is taken until you resume it.`;
}
