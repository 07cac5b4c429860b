import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** Annotations of a pod; null takes one away. */
export type Annotations = Readonly<Record<string, string | null>>;

export interface Cluster {
  /** Where the API of Kubernetes is. */
  readonly url: string;
  /** Where the pod's account has its token, and the certificate that the API is known by. */
  readonly folder: string;
}

/** As every pod finds its own cluster. */
export const OWN_CLUSTER: Cluster = {
  url: 'https://kubernetes.default.svc',
  folder: '/var/run/secrets/kubernetes.io/serviceaccount',
};

const LONGEST_MS = 10_000;

/**
 * Writes annotations on a pod, `namespace/name`, and leaves all else as it is. The token is read each time, as the kubelet changes it. Throws
 * what the API says where it refuses.
 */
export async function patchPod(pod: string, annotations: Annotations, { url, folder }: Cluster): Promise<void> {
  const [namespace = '', name = ''] = pod.split('/');
  const [token, ca] = await Promise.all(
    ['token', 'ca.crt'].map((file) => readFile(path.join(folder, file), { encoding: 'utf8' })),
  );
  const asked = request(new URL(`/api/v1/namespaces/${namespace}/pods/${name}`, url), {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token?.trim()}`,
      'content-type': 'application/merge-patch+json',
      accept: 'application/json',
    },
    ...(ca !== undefined && { ca }),
    agent: false,
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', resolve);
  });
  asked.end(JSON.stringify({ metadata: { annotations } }));
  const answer = await answered;
  const body = await text(answer);
  const status = answer.statusCode ?? 0;
  if (status < 200 || status >= 300) throw new Error(`Kubernetes answered ${status}: ${sentenceOf(body)}`);
}

/** What a Status of Kubernetes says, or the beginning of what is none. */
function sentenceOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Something else answered.
  }
  return body.slice(0, 200);
}
