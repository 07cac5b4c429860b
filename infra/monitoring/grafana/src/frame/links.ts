import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertName } from '../alerts.ts';

/** The tag by which the dashboards find one another. */
export const TAG = 'transcode';

/** Pages of the console that a panel leads to. */
const PAGES = {
  overview: 'Overview',
  videos: 'Videos',
  jobs: 'Jobs',
  queues: 'Queues',
  workers: 'Workers',
  gpus: 'GPUs',
} as const;
export type Page = keyof typeof PAGES;

/** The address of a page of the console; `$console` stands above every dashboard. */
function addressOf(page: Page): string {
  return `\${console:raw}/${page === 'videos' ? '' : page}`;
}

export function runbookLink(alert: AlertName): DashboardLinkBuilder {
  return outside(`Runbook: ${alert}`, `\${runbooks:raw}/${alert}.md`, 'What the alert means, how to look, what to do');
}

export function pageLink(page: Page): DashboardLinkBuilder {
  return outside(
    `Console: ${PAGES[page]}`,
    addressOf(page),
    'The same in the console, where something can be done about it',
  );
}

/** Above every dashboard: the others, the console, what Jaeger has. */
export function frameLinks(): DashboardLinkBuilder[] {
  return [
    new DashboardLinkBuilder('Dashboards')
      .type(DashboardLinkType.Dashboards)
      .tags([TAG])
      .keepTime(true)
      .includeVars(true),
    pageLink('overview').icon('external link'),
    outside('Traces', '${jaeger:raw}/search', 'What one request or task did, step by step').icon('external link'),
  ];
}

function outside(title: string, url: string, tooltip: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).tooltip(tooltip).targetBlank(true);
}
