/** What a supervisor shall run. */
export interface InstallationPlan {
  host: string;
  /** Of the one origin; undefined takes any free port. */
  port: number | undefined;
  workers: number;
  /** file:// or s3:// */
  storage: string | undefined;
  withConsole: boolean;
  mode: 'up' | 'encode';
  /** With Prometheus and Alertmanager. */
  monitoring: MonitoringPlan | undefined;
  /** Whether a backup is made before a new version changes the database. */
  backup: boolean;
}

export interface MonitoringPlan {
  /** Where all alerts are sent, beside the channels that the environment sets. */
  alertWebhook: string | undefined;
}
