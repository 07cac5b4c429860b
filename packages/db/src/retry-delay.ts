import { RETRY_FIRST_MS, RETRY_MOST_MS } from '@transcode/contracts';

/** How long the next try waits after so many failures: the first is free, as another worker may do it right away. */
export function retryDelayMs(failures: number): number {
  return failures <= 1 ? 0 : Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** (failures - 2));
}
