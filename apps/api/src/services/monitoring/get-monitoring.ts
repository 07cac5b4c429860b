import { DASHBOARDS, type MonitoringView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';

/** What can be asked of those that watch, and where to look. */
export function getMonitoring({ services: { monitoring } }: SignedInContext): MonitoringView {
  const { prometheus, alertmanager, grafana } = monitoring;
  const dashboards = Object.entries(DASHBOARDS).map(([uid, title]) => ({ title, url: `${grafana}/d/${uid}` }));
  return {
    history: prometheus !== undefined,
    alerts: alertmanager !== undefined,
    dashboards: grafana === undefined ? [] : dashboards,
  };
}
