import { SETTINGS, settingNames, type Reader, type Setting } from '@transcode/contracts/settings';
import * as z from 'zod';

/** What values are. Objects refuse what they do not know. */

export const text = z.string();
export const texts = z.record(z.string(), z.string());
export const count = z.int().min(0);
export const flag = z.boolean();
/** As Kubernetes writes it. */
export const objects = z.array(z.record(z.string(), z.unknown()));
export const anything = z.record(z.string(), z.unknown());
export const quantity = z.string().regex(/^\d+(\.\d+)?(m|[kMGTPE]i?)?$/);
const amount = z.union([quantity, z.number()]);
export const resources = z.strictObject({
  requests: z.record(z.string(), amount).optional(),
  limits: z.record(z.string(), amount).optional(),
});
export const image = z.strictObject({
  registry: text.optional(),
  repository: z.string().min(1),
  tag: text.optional(),
  digest: z
    .string()
    .regex(/^(sha256:[0-9a-f]{64})?$/)
    .optional(),
});
export const persistence = z.strictObject({ size: quantity, storageClass: text, annotations: texts });
export const ports = z.array(z.int().min(1).max(65_535));
export const web = z.string().regex(/^(https?:\/\/[^\s/].*[^/])?$/);
/** Long enough to sign with. */
export const signing = z.string().regex(/^(.{32,})?$/);
export const host = z.string().regex(/^(none|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$/);

/** Those that the chart sets from values of its own, so that each is said in one place. */
const OF_THE_CHART: ReadonlySet<string> = new Set([
  'S3_ENDPOINT',
  'AWS_REGION',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'TRACE_URL',
  'PROMETHEUS_URL',
  'ALERTMANAGER_URL',
  'GRAFANA_URL',
  'BACKUP_URL',
  'BACKUP_RECIPIENTS',
  'BACKUP_KEPT_DAYS',
  'BACKUP_IDENTITY_FILE',
  'BACKUP_S3_ENDPOINT',
  'BACKUP_S3_REGION',
  'COPY_URL',
  'COPY_MODE',
  'COPY_S3_ENDPOINT',
  'COPY_S3_REGION',
]);

/** The settings that are the operator's and no secrets, of these processes. */
export function settings(readers: readonly Reader[]) {
  const names = [...new Set(readers.flatMap((reader) => settingNames(reader)))].filter((name) => {
    const { from, secret }: Setting = SETTINGS[name];
    return from === 'operator' && secret !== true && !OF_THE_CHART.has(name);
  });
  const value = z.union([z.string(), z.number(), z.boolean()]).optional();
  return z.strictObject(Object.fromEntries(names.map((name) => [name, value])));
}
