import * as z from 'zod';
import { count, flag, quantity, resources, text, texts, web } from './kinds.ts';
import { pod } from './parts.ts';

const { resources: _, ...placed } = pod;

const job = {
  /** As Kubernetes reads it, without a time zone of its own. */
  schedule: z.string().regex(/^(\S+ ){4}\S+$|^@(hourly|daily|midnight|weekly|monthly)$/),
  activeDeadlineSeconds: count.min(60),
  scratch: z.strictObject({ sizeLimit: quantity, storageClass: text }),
  resources,
};

export const backup = z.strictObject({
  ...placed,
  enabled: flag,
  url: z.string().regex(/^(s3:\/\/[^/\s]+\/\S*[^/\s])?$/),
  endpoint: web,
  region: text,
  existingSecret: text,
  keys: z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
  recipients: z.array(z.string().regex(/^age1[a-z0-9]+$/)),
  keptDays: count.min(1).max(3_650),
  // A CronJob that may begin less than ten seconds late may never begin.
  startingDeadlineSeconds: count.min(10),
  backoffLimit: count,
  successfulJobsHistoryLimit: count,
  failedJobsHistoryLimit: count,
  postgres: z.strictObject(job),
  redis: z.strictObject({ ...job, enabled: flag }),
  drill: z.strictObject({ ...job, enabled: flag, existingSecret: text, key: z.string().min(1) }),
  serviceAccountAnnotations: texts,
});

export const restore = z.strictObject({
  backup: z.string().regex(/^(\d{8}-\d{8}T\d{6}Z)?$/),
  replace: flag,
  dryRun: flag,
  existingSecret: text,
  key: z.string().min(1),
});
