interface Elsewhere {
  readonly command: string;
  /** What runs it, and what of it is found there. */
  readonly by: { readonly file: string; readonly has: string };
}

/** Commands of docs/kubernetes-operations.md that something else runs. */
export const ELSEWHERE: readonly Elsewhere[] = [
  {
    command: 'kubectl create job --from=cronjob/postgres-backup postgres-backup-manual',
    by: { file: 'cluster/steps/disaster.ts', has: "jobOf('postgres-backup', 'postgres-backup-manual')" },
  },
  {
    command: 'kubectl create job --from=cronjob/drill drill-manual',
    by: { file: 'cluster/steps/disaster.ts', has: "jobOf('drill', 'drill-manual')" },
  },
  {
    command:
      'kubectl get --raw "/apis/external.metrics.k8s.io/v1beta1/namespaces/transcode/transcode_class_demand_tasks?labelSelector=class%3Dcpu"',
    by: { file: 'cluster/steps/by-backlog.ts', has: '/transcode_class_demand_tasks?labelSelector=class%3Dcpu' },
  },
  {
    command: 'infra/k8s/test/k8s_deployment_test.sh',
    by: { file: 'cluster/steps/scripts.ts', has: 'infra/k8s/test/k8s_deployment_test.sh' },
  },
  {
    command: 'URL=https://video.example.org KEYS=key1,key2 CLIP=clip.mp4 k6 run infra/k8s/test/load_test.js',
    by: {
      file: 'cluster/steps/load.ts',
      has: 'URL=https://video.example.org KEYS=key1,key2 CLIP=clip.mp4 k6 run infra/k8s/test/load_test.js',
    },
  },
  {
    command: 'infra/helm/support-bundle',
    by: { file: 'cluster/steps/doors.ts', has: 'infra/helm/support-bundle' },
  },
  {
    command: 'infra/docker/build --sbom DIR',
    by: { file: 'cluster/images/build', has: '/infra/docker/build" --base "$node" --save "$folder" --sbom' },
  },
];

/** Commands of the page that nothing runs, and why. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'grype sbom:DIR/api.cdx.json': 'neither grype nor its list of known holes is reached from here',
  'trivy sbom DIR/api.cdx.json': 'neither trivy nor its list of known holes is reached from here',
  './transcode test --cluster': 'it is what runs all the others',
  './transcode bench reads': 'it measures one machine, and no cluster',
};
