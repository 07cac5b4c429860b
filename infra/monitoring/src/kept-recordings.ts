/** Recording rules that no alert and no other rule reads: what each is kept for. */
export const KEPT_RECORDINGS: Readonly<Record<string, string>> = {
  'class:transcode_worker_slots:sum': 'how much of the workers is in use, over time',
  'class:transcode_tasks_running:sum': 'how much of the workers is in use, over time',
  'stage_outcome:transcode_tasks_ended:rate5m': 'how fast work goes, over time',
  'outcome_cause:transcode_jobs_ended:rate5m': 'how many jobs end and how, over time',
  'operation:transcode_database_operations:rate5m': 'how much Postgres is asked, over time',
  'slo:sli_error:ratio_rate30d': 'what is left of the month’s budget',
};
