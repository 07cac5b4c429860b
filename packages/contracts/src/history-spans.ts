// Without zod, for pages that only name them.

/** How far back, and how far apart points are, so that there are some 180. */
export const HISTORY_SPANS = {
  '6h': { seconds: 6 * 3600, stepSeconds: 120 },
  '24h': { seconds: 24 * 3600, stepSeconds: 480 },
  '7d': { seconds: 7 * 24 * 3600, stepSeconds: 3600 },
  '30d': { seconds: 30 * 24 * 3600, stepSeconds: 4 * 3600 },
} as const;
export const HISTORY_SPAN_NAMES = ['6h', '24h', '7d', '30d'] as const satisfies (keyof typeof HISTORY_SPANS)[];

/** What each figure of the history is, by the recording rules of infra/monitoring/prometheus. */
export const HISTORY_FIGURES = {
  /** Requests to the API a second, and those of them that it could not answer. */
  requests: 'sum(job:transcode_http_requests:rate5m)',
  errors: 'sum(job:transcode_http_errors:rate5m)',
  /** Within this many seconds 99 % of the answers were there. */
  latencySeconds: 'max(job:transcode_http_request_duration_seconds:p99_rate5m)',
  /** Tasks. */
  waiting: 'sum(class:transcode_tasks_waiting:sum)',
  running: 'sum(class:transcode_tasks_running:sum)',
  /** Jobs an hour. */
  completed: '3600 * sum(outcome_cause:transcode_jobs_ended:rate5m{outcome="completed"})',
  failed: '3600 * sum(outcome_cause:transcode_jobs_ended:rate5m{outcome="failed"})',
} as const;
export type HistoryFigure = keyof typeof HISTORY_FIGURES;

/** `critical` wakes somebody, `warning` waits for the morning. */
export const ALERT_SEVERITIES = ['critical', 'warning'] as const;
