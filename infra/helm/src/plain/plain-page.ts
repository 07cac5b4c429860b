import type { Manifest } from '../../test/helm/manifest.ts';
import { PLAIN_FILES, type PlainFile } from './place-of.ts';

const HEAD = `# Without Helm

The platform as plain manifests for \`kubectl\`, one installation in the namespace \`transcode\`. They are the chart's
(\`infra/helm/transcode\`) with \`values.yaml\`, and so is this page: written by \`pnpm --filter @transcode/helm manifests\`, held fresh by a test. Change
\`values.yaml\` and write them anew, or take a copy and change that. On a cluster they were applied file by file, without
Grafana and Jaeger: it was ready after 34 s.

1. In \`base/secret.yaml\` replace every \`REPLACE-ME\`. What is forgotten is refused: Postgres, Redis, the S3, Grafana and Jaeger do not leave \`Init\`, and API, workers and
   console end with a sentence that names the variable.
2. Put your host in the place of \`api.example.com\`, and \`grafana.\` and \`jaeger.example.com\`:
   \`sed -i 's/example\\.com/video.example.org/g' base/ingress.yaml base/configmap.yaml monitoring/*.yaml\`
3. The images \`transcode/…\` are not published: build and push them (\`infra/docker/build --push REGISTRY\`), and put the registry before their names:
   \`sed -i 's#image: transcode/#image: registry.example.com/transcode/#' base/*.yaml monitoring/*.yaml\`
4. Apply the files in this order:

\`\`\`sh
for file in FILES; do
  kubectl apply -f "$file.yaml"
done
kubectl -n transcode rollout status deployment/api --timeout=5m
\`\`\`

Autoscalers need metrics-server; the policies are for an ingress controller in the namespace \`ingress-nginx\`. There is no file for Services, disruption budgets and
rights of their own: they stand with what they are for. \`monitoring/*-deployment.yaml\` hold StatefulSets, but for the collector: the names are the
specification's. \`base/disaster-recovery.md\` says how it comes back from its backups. After a change of settings or secrets:
\`kubectl -n transcode rollout restart deployment\`.

| file | what is in it |
| --- | --- |
`;

/** README.md of infra/k8s: how they are applied, and which file holds what. */
export function plainPage(objects: ReadonlyMap<PlainFile, readonly Manifest[]>): string {
  const files = Object.keys(PLAIN_FILES) as PlainFile[];
  const rows = files.map((file) => {
    const kinds = Map.groupBy(objects.get(file) ?? [], ({ kind }) => kind);
    const named = [...kinds].map(
      ([kind, made]) => `${kind} ${made.map(({ metadata }) => `\`${metadata.name}\``).join(', ')}`,
    );
    return `| \`${file}\` | ${named.join('; ')} |`;
  });
  const order = files.map((file) => file.replace('.yaml', '')).join(' \\\n  ');
  return `${HEAD.replace('FILES', `\\\n  ${order}`)}${rows.join('\n')}\n`;
}
