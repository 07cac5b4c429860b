import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Annotations, Cluster } from '../../src/cluster/patch-pod.ts';

const run = promisify(execFile);

export interface Asked {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly token: string | undefined;
  readonly annotations: Annotations;
}

export interface KubernetesStandIn {
  readonly cluster: Cluster;
  readonly asked: Asked[];
  /** What is answered from now on. */
  answer(status: number): void;
  setToken(token: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Stands for the API of Kubernetes: HTTPS by a certificate of its own, which keeps what it is asked. It checks nothing of rights. */
export async function startKubernetesStandIn(): Promise<KubernetesStandIn> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kubernetes-'));
  const [keyFile, ca] = [path.join(folder, 'key.pem'), path.join(folder, 'ca.crt')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
    ...['-keyout', keyFile, '-out', ca, '-subj', '/CN=stand-in', '-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
  const setToken = (token: string): Promise<void> => writeFile(path.join(folder, 'token'), `${token}\n`);
  await setToken('first');
  let status = 200;
  const asked: Asked[] = [];
  const [key, cert] = await Promise.all([readFile(keyFile), readFile(ca)]);
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, headers } = request;
    const body = (await json(request)) as { metadata: { annotations: Annotations } };
    const { annotations } = body.metadata;
    asked.push({ method, path: url, type: headers['content-type'], token: headers.authorization, annotations });
    const message = 'pods "worker-1" is forbidden: User cannot patch resource "pods"';
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(status === 200 ? { kind: 'Pod' } : { kind: 'Status', message }));
  };
  const server = createServer({ key, cert }, (request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    cluster: { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, folder },
    asked,
    answer: (given) => (status = given),
    setToken,
    dispose: async () => {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}
