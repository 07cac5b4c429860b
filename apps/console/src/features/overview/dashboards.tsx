import type { MonitoringView } from '@transcode/contracts';

/** The way to what Grafana shows of it. */
export function Dashboards({ dashboards }: Pick<MonitoringView, 'dashboards'>) {
  if (dashboards.length === 0) return null;
  return (
    <nav aria-label="Dashboards in Grafana" className="text-small">
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        <li aria-hidden="true" className="text-ink-3">
          In Grafana
        </li>
        {dashboards.map(({ title, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-4">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
