import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboards } from './dashboards.ts';

/** The files of `dashboards/`, by their names: what `pnpm dashboards` writes and the tests compare. */
export function written(): Map<string, string> {
  return new Map(dashboards().map((dashboard) => [fileOf(dashboard), `${JSON.stringify(dashboard, undefined, 2)}\n`]));
}

function fileOf({ uid = '' }: Dashboard): string {
  return `${uid.replace(/^transcode-/, '')}.json`;
}
