import { apply, kubectl } from './cluster.ts';

const ELSEWHERE = 'elsewhere';
const KEYS = { id: 'AKIASECOND', secret: 'second-secret' };
const BUCKETS = ['videos', 'backups'];
const IMAGE = 'docker.io/chrislusf/seaweedfs:4.48';

/** An S3 in a namespace of its own, with a bucket for objects and one for backups: what is there survives the release. */
export async function makeSecondStore(): Promise<void> {
  await apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ELSEWHERE } },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'store', namespace: ELSEWHERE } },
      spec: { selector: { app: 'store' }, ports: [{ port: 8333 }] },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { name: 'store', namespace: ELSEWHERE, labels: { app: 'store' } },
      spec: {
        containers: [
          {
            ...{ name: 'store', image: IMAGE, imagePullPolicy: 'IfNotPresent', workingDir: '/data' },
            command: [
              ...['weed', 'server', '-ip=127.0.0.1', '-ip.bind=127.0.0.1', '-dir=/data', '-master.telemetry=false'],
              ...['-master.volumeSizeLimitMB=1024', '-volume.max=0', '-filer', '-s3', '-s3.port=8333'],
              ...['-s3.ip.bind=0.0.0.0', '-s3.port.iceberg=0', '-s3.port.lance=0'],
            ],
            env: [
              { name: 'AWS_ACCESS_KEY_ID', value: KEYS.id },
              { name: 'AWS_SECRET_ACCESS_KEY', value: KEYS.secret },
            ],
            readinessProbe: { httpGet: { path: '/healthz', port: 8333 }, periodSeconds: 2 },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        volumes: [{ name: 'data', emptyDir: {} }],
      },
    },
  );
  await kubectl('wait', '--for=condition=Ready', 'pod/store', '--namespace', ELSEWHERE, '--timeout=180s');
  const made = BUCKETS.map((name) => `s3.bucket.create -name ${name}`).join('\n');
  const shell = `printf '%s\\n' '${made}' | weed shell -master=127.0.0.1:9333`;
  await kubectl('exec', '--namespace', ELSEWHERE, 'store', '--', 'sh', '-c', shell);
}

/** What an installation is told, to have its objects and its backups there. */
export const IN_SECOND_STORE: readonly string[] = [
  ...['storage.s3.bucket=videos', 'storage.s3.region=us-east-1', 'storage.s3.endpoint=http://store.elsewhere:8333'],
  ...[`secrets.aws.accessKeyId=${KEYS.id}`, `secrets.aws.secretAccessKey=${KEYS.secret}`],
  ...['backup.url=s3://backups/transcode', 'backup.region=us-east-1', 'backup.endpoint=http://store.elsewhere:8333'],
  ...[
    'networkPolicy.s3.ports={8333}',
    'networkPolicy.s3.peers[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name=elsewhere',
  ],
].flatMap((value) => ['--set', value]);
