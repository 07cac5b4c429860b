import * as z from 'zod';
import { ALERT_SEVERITIES, HISTORY_SPAN_NAMES } from '../history-spans.ts';
import { Time } from '../time.ts';

/** What watches this installation, as far as its API was told of it. */
export const MonitoringView = z.object({
  /** Whether the history can be asked for: PROMETHEUS_URL. */
  history: z.boolean(),
  /** Whether a test alert can be sent: ALERTMANAGER_URL. */
  alerts: z.boolean(),
  /** In Grafana: GRAFANA_URL. */
  dashboards: z.array(z.object({ title: z.string(), url: z.string() })),
});
export type MonitoringView = z.infer<typeof MonitoringView>;

export const HistorySpan = z.enum(HISTORY_SPAN_NAMES);
export type HistorySpan = z.infer<typeof HistorySpan>;

const figure = z.number().nullable();

/** How the platform was, oldest first; null is what nobody saw then. */
export const PlatformHistory = z.object({
  from: Time,
  to: Time,
  stepSeconds: z.int().positive(),
  points: z.array(
    z.object({
      at: Time,
      requests: figure,
      errors: figure,
      latencySeconds: figure,
      waiting: figure,
      running: figure,
      completed: figure,
      failed: figure,
    }),
  ),
});
export type PlatformHistory = z.infer<typeof PlatformHistory>;

export const AlertSeverity = z.enum(ALERT_SEVERITIES);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** Whom Alertmanager tells of a test alert: `slack`, `pagerduty`, `email`, `webhook`; nobody where no channel is set. */
export const TestAlertView = z.object({ channels: z.array(z.string()), withinSeconds: z.int() });
export type TestAlertView = z.infer<typeof TestAlertView>;
