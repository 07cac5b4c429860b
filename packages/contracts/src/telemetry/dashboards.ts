/** The dashboards that Grafana is given, by their uid: its address is `<Grafana>/d/<uid>`. */
export const DASHBOARDS = {
  'transcode-system-overview': 'System overview',
  'transcode-jobs': 'Jobs',
  'transcode-uploads-delivery': 'Uploads and delivery',
  'transcode-storage-database': 'Storage and database',
  'transcode-gpu': 'GPU',
  'transcode-slo': 'Service levels',
} as const;
