import { FREE_DEATHS, RETRY_FIRST_MS, RETRY_MOST_MS, type Blame } from '@transcode/contracts';

/**
 * How long a task waits before it is delivered again. Where the work failed by itself it does not: another worker may do it right
 * away, and the same one is held back by the claim.
 */
export function retryDelayMs(blame: Blame, { deaths, outages }: { deaths: number; outages: number }): number {
  if (blame === 'outage') return backoffMs(outages);
  return blame === 'infra' && deaths > FREE_DEATHS ? backoffMs(deaths - FREE_DEATHS) : 0;
}

function backoffMs(times: number): number {
  return Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** (times - 1));
}
