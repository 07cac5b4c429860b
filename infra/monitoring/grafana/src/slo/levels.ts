import type { AlertName } from '../alerts.ts';
import type { Page } from '../frame/links.ts';

/** What is promised, as the recording rules name it. */
export interface Level {
  readonly slo: string;
  readonly title: string;
  /** The promise in a sentence. */
  readonly promise: string;
  /** What is counted. */
  readonly events: string;
  readonly otherwise: string;
  readonly page: Page;
  readonly fast: AlertName;
  readonly slowly: AlertName;
}

export const LEVELS = [
  {
    slo: 'api_availability',
    title: 'The API answers',
    promise: '99.9 % of requests get no 5xx',
    events: 'Requests',
    otherwise: 'see Requests to the API on the System overview.',
    page: 'overview',
    fast: 'APIAvailabilityBurnsFast',
    slowly: 'APIAvailabilityBurnsSlowly',
  },
  {
    slo: 'job_success',
    title: 'Jobs succeed',
    promise: '99 % of jobs end well, those left out that fail because of their file or preset',
    events: 'Jobs',
    otherwise: 'see Failures on the Jobs dashboard.',
    page: 'jobs',
    fast: 'JobSuccessBurnsFast',
    slowly: 'JobSuccessBurnsSlowly',
  },
  {
    slo: 'time_to_ready',
    title: 'Videos are ready in time',
    promise: '95 % of videos are ready within an hour of their job’s creation',
    events: 'Videos',
    otherwise: 'see Waiting and Stages on the Jobs dashboard.',
    page: 'queues',
    fast: 'TimeToReadyBurnsFast',
    slowly: 'TimeToReadyBurnsSlowly',
  },
] as const satisfies readonly Level[];

/** The error budget: what may go wrong. */
export const BUDGET = '(1 - slo:objective:ratio)';

/** The share that went wrong in 30 days. The rule is evaluated every 5 minutes, so its last value is looked for a little further back. */
export function month(slo: string): string {
  return `last_over_time(slo:sli_error:ratio_rate30d{slo=~"${slo}"}[15m])`;
}
