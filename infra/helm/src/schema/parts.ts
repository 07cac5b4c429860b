import * as z from 'zod';
import {
  anything,
  count,
  flag,
  image,
  objects,
  persistence,
  ports,
  quantity,
  resources,
  settings,
  text,
  texts,
} from './kinds.ts';

/** What may be said of every pod. */
export const pod = {
  resources,
  podLabels: texts,
  podAnnotations: texts,
  nodeSelector: texts,
  tolerations: objects,
  affinity: anything,
  priorityClassName: text,
};
/** Of processes of ours, of which there are several. */
const replicated = {
  ...pod,
  image,
  podDisruptionBudget: z.strictObject({
    enabled: flag,
    // A budget that lets nobody go blocks every drain.
    maxUnavailable: z.union([z.int().min(1), z.string().regex(/^[1-9]\d?%$|^100%$/)]),
  }),
  serviceAccountAnnotations: texts,
  extraEnv: objects,
};
const policies = z.array(
  z.strictObject({
    type: z.enum(['Pods', 'Percent']),
    value: z.int().min(1),
    periodSeconds: z.int().min(1).max(1_800),
  }),
);
const direction = z.strictObject({
  stabilizationWindowSeconds: z.int().min(0).max(3_600),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']),
  policies: policies.min(1),
});
/** What scales a Deployment, in percent of what it requests. One is always there: who serves classes that nothing waits for yet would never come. */
const scaled = {
  enabled: flag,
  minReplicas: z.int().min(1),
  maxReplicas: z.int().min(1),
  cpuPercent: count,
  memoryPercent: count,
  behavior: z.strictObject({ scaleUp: direction, scaleDown: direction }),
};
/** Empty: our autoscaler's. `external`: that of an autoscaler which is not ours. */
const held = z.union([count, z.literal(['', 'external'])]);
const worker = {
  ...replicated,
  replicas: held,
  autoscaling: z.strictObject({ ...scaled, tasksPerWorker: z.int().min(1) }),
  settings: settings(['worker']),
  scratch: z.strictObject({ sizeLimit: quantity, storageClass: text }),
  spot: flag,
};
const external = z.strictObject({ port: z.int().min(1).max(65_535), peers: objects });

export const api = z.strictObject({
  ...replicated,
  replicas: held,
  autoscaling: z.strictObject(scaled),
  serviceAnnotations: texts,
});
export const console = z.strictObject({ ...replicated, replicas: count });
export const workers = z.strictObject({
  cpu: z.strictObject(worker),
  gpu: z.strictObject({ ...worker, enabled: flag, runtimeClassName: text }),
});
export const tools = z.strictObject({ image, ...pod });
export const postgres = z.strictObject({ ...pod, enabled: flag, image, persistence, parameters: texts, external });
export const redis = z.strictObject({
  ...pod,
  ...{ enabled: flag, image, persistence, external },
  maxmemory: z.string().regex(/^\d+[kmg]b$/),
});
export const seaweedfs = z.strictObject({ ...pod, image, persistence });
export const networkPolicy = z.strictObject({
  enabled: flag,
  ingressPeers: objects,
  prometheusPeers: objects,
  backlogPeers: objects,
  scrapePeers: objects,
  dns: z.strictObject({ peers: objects, ports }),
  kubernetesApi: z.strictObject({ peers: objects, ports }),
  s3: z.strictObject({ peers: objects, ports }),
  podIdentity: z.strictObject({ peers: objects, ports }),
  alerts: z.strictObject({ peers: objects, ports }),
  monitoring: z.strictObject({ peers: objects, ports }),
});
