import { podsOf, type Container, type Manifest, type Probe } from '../helm/manifest.ts';

const KINDS = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

/** What each process of ours really serves (apps/api, apps/worker, apps/console). */
const SERVED: Readonly<Record<string, Readonly<Record<(typeof KINDS)[number], string>>>> = {
  api: { startupProbe: '/health', livenessProbe: '/health', readinessProbe: '/ready' },
  worker: { startupProbe: '/health', livenessProbe: '/health', readinessProbe: '/ready' },
  console: { startupProbe: '/sign-in', livenessProbe: '/sign-in', readinessProbe: '/sign-in' },
};

/** Every container that stays has all three, at a port that it has; what restarts a process asks nothing of what it stands on. */
export function probeComplaints(objects: readonly Manifest[]): string[] {
  return podsOf(objects)
    .filter(({ kind }) => kind !== 'Pod' && kind !== 'CronJob')
    .flatMap(({ owner, spec }) =>
      spec.containers.flatMap((container) =>
        KINDS.flatMap((kind) =>
          ofProbe(kind, container).map((complaint) => `${owner}, ${container.name}: ${complaint}`),
        ),
      ),
    );
}

function ofProbe(kind: (typeof KINDS)[number], container: Container): string[] {
  const probe: Probe | undefined = container[kind];
  if (probe === undefined) return [`it has no ${kind}`];
  const { httpGet } = probe;
  if (httpGet === undefined) return probe.exec === undefined ? [`its ${kind} asks nothing`] : [];
  const complaints = [];
  if (!(container.ports ?? []).some(({ name }) => name === httpGet.port)) {
    complaints.push(`its ${kind} asks the port ${httpGet.port}, which it has not`);
  }
  const served = SERVED[container.name]?.[kind];
  if (served !== undefined && served !== httpGet.path)
    complaints.push(`its ${kind} asks ${httpGet.path}, not ${served}`);
  return complaints;
}
