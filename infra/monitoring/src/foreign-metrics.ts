/** Metrics that rules and dashboards read and that no process of ours exports: what each is, and who has it. */
export const FOREIGN_METRICS: Readonly<Record<string, { readonly from: string; readonly labels: readonly string[] }>> =
  {
    up: { from: 'Prometheus itself, of each target', labels: ['job', 'instance'] },
    probe_ssl_earliest_cert_expiry: { from: 'blackbox_exporter', labels: ['job', 'instance'] },
  };

/** Labels that Prometheus gives to every series of a target. */
export const TARGET_LABELS = ['job', 'instance', 'node', 'release'] as const;
