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
  replicas: count,
  image,
  podDisruptionBudget: z.strictObject({
    enabled: flag,
    // A budget that lets nobody go blocks every drain.
    maxUnavailable: z.union([z.int().min(1), z.string().regex(/^[1-9]\d?%$|^100%$/)]),
  }),
  serviceAccountAnnotations: texts,
  extraEnv: objects,
};
const worker = {
  ...replicated,
  settings: settings(['worker']),
  scratch: z.strictObject({ sizeLimit: quantity, storageClass: text }),
  spot: flag,
};
const external = z.strictObject({ port: z.int().min(1).max(65_535), peers: objects });

export const api = z.strictObject({ ...replicated, serviceAnnotations: texts });
export const console = z.strictObject(replicated);
export const workers = z.strictObject({
  cpu: z.strictObject(worker),
  gpu: z.strictObject({ ...worker, enabled: flag, runtimeClassName: text }),
});
export const tools = z.strictObject({ image, resources });
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
  scrapePeers: objects,
  dns: z.strictObject({ peers: objects, ports }),
  kubernetesApi: z.strictObject({ peers: objects, ports }),
  s3: z.strictObject({ peers: objects, ports }),
  alerts: z.strictObject({ peers: objects, ports }),
  monitoring: z.strictObject({ peers: objects, ports }),
});
