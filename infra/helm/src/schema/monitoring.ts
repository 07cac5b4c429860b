import * as z from 'zod';
import { flag, host, image, persistence, text, texts, web } from './kinds.ts';
import { pod } from './parts.ts';

const kept = { ...pod, image, persistence };

export const monitoring = z.strictObject({
  runbooksUrl: z.string().min(1),
  prometheus: z.strictObject({
    ...kept,
    enabled: flag,
    retention: z.string().regex(/^\d+[hdwy]$/),
    externalUrl: web,
  }),
  alertmanager: z.strictObject({
    ...kept,
    enabled: flag,
    externalUrl: web,
    channels: z.strictObject({
      existingSecret: text,
      slack: z.strictObject({ enabled: flag, channel: text }),
      pagerDuty: z.strictObject({ enabled: flag }),
      email: z.strictObject({
        ...{ enabled: flag, to: text, from: text, user: text, tls: flag },
        smarthost: z.string().regex(/^([^\s:]+:\d+)?$/),
      }),
      webhook: z.strictObject({ enabled: flag, url: web, token: flag }),
    }),
  }),
  grafana: z.strictObject({ ...kept, enabled: flag, host }),
  tracing: z.strictObject({
    enabled: flag,
    keptPercent: z.number().min(0).max(100),
    externalEndpoint: web,
    externalTraceUrl: z.string().regex(/^(https?:\/\/.*\{trace_id\}.*)?$/),
  }),
  jaeger: z.strictObject({ ...kept, host, door: z.strictObject({ image }) }),
  collector: z.strictObject({ ...pod, image }),
  operator: z.strictObject({ enabled: flag, labels: texts, dashboardLabels: texts }),
});
