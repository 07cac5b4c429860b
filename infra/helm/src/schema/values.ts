import { READERS } from '@transcode/contracts/settings';
import { PASSWORD_MIN_LENGTH } from '@transcode/contracts';
import * as z from 'zod';
import { anything, count, flag, objects, settings, signing, text, texts, web } from './kinds.ts';
import { backup, restore } from './backup.ts';
import { copy } from './copy.ts';
import { monitoring } from './monitoring.ts';
import { api, console, networkPolicy, postgres, redis, seaweedfs, tools, workers } from './parts.ts';

const keys = (...names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.string().min(1)])));

const secrets = z.strictObject({
  seed: signing,
  placeholder: z.string().regex(/^[\w-]*$/),
  postgres: z.strictObject({ password: text, existingSecret: text, keys: keys('url', 'password') }),
  redis: z.strictObject({
    password: z.string().regex(/^[\w.~-]*$/),
    existingSecret: text,
    keys: keys('url', 'password'),
  }),
  aws: z.strictObject({
    accessKeyId: text,
    secretAccessKey: text,
    existingSecret: text,
    keys: keys('accessKeyId', 'secretAccessKey'),
  }),
  signing: z.strictObject({ auth: signing, grant: signing, existingSecret: text, keys: keys('auth', 'grant') }),
  firstAdmin: z.strictObject({
    email: z.string().regex(/^(\S+@\S+)?$/),
    password: z.string().regex(new RegExp(`^(.{${PASSWORD_MIN_LENGTH},})?$`)),
    existingSecret: text,
  }),
  grafana: z.strictObject({ password: text, existingSecret: text }),
  jaeger: z.strictObject({ password: text, existingSecret: text }),
});

const ingress = z.strictObject({
  enabled: flag,
  kind: z.enum(['ingress', 'gateway']),
  hosts: z.array(z.strictObject({ host: z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/) })),
  trustedProxies: z.array(z.string().min(1)),
  className: text,
  controller: z.enum(['ingress-nginx', 'nginx', 'traefik', 'haproxy', 'none']),
  bodySize: z.string().regex(/^\d+[kmg]?$/),
  requestsPerSecond: count.min(1),
  timeoutSeconds: count.min(1),
  annotations: texts,
  tls: z.strictObject({ enabled: flag, secretName: text, clusterIssuer: text, issuer: text }),
  gateway: z.strictObject({
    className: text,
    existing: z.strictObject({ name: text, namespace: text, httpsSection: text, httpSection: text }),
    annotations: texts,
  }),
});

/** All values of the chart. */
export const Values = z.strictObject({
  global: z.strictObject({
    image: z.strictObject({
      registry: text,
      tag: text,
      pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
    }),
    imagePullSecrets: z.array(z.string().min(1)),
    trustedCertificates: z.strictObject({ configMap: text, key: z.string().min(1) }),
    storageClass: text,
  }),
  namePrefix: z.string().regex(/^([a-z]([a-z0-9-]{0,18}[a-z0-9])?-)?$/),
  commonLabels: texts,
  commonAnnotations: texts,
  listenAddress: z.enum(['0.0.0.0', '::']),
  publicUrl: web,
  secrets,
  settings: settings(READERS),
  autoscaling: z.strictObject({
    backlog: z.enum(['none', 'adapter', 'keda']),
    cpuBesideBacklog: flag,
    markBusyWorkers: flag,
    keda: z.strictObject({ pollingSeconds: count.min(1), failureThreshold: count.min(1) }),
  }),
  storage: z.strictObject({
    s3: z.strictObject({ bucket: text, prefix: text, region: text, endpoint: web }),
  }),
  ...{ backup, restore, copy },
  ...{ api, console, workers, tools, postgres, redis, seaweedfs, ingress, networkPolicy, monitoring },
  priorityClasses: z.strictObject({ create: flag }),
  resourceQuota: z.strictObject({ enabled: flag, hard: z.record(z.string(), z.union([z.string(), z.number()])) }),
  limitRange: z.strictObject({ enabled: flag, limits: objects }),
  verticalPodAutoscaler: z.strictObject({ enabled: flag }),
  tests: z.strictObject({ enabled: flag, existingSecret: text }),
  extraObjects: z.array(z.union([anything, z.string()])),
});
