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
}
