import { writePrivate } from '../data-folder/write-private.ts';
import type { State } from '../data-folder/state.ts';
import { json } from './monitoring-folder.ts';

interface Target {
  targets: string[];
  /** The name goes on through restarts, so the series do too, whatever the port is. */
  labels: { job: string; instance: string };
}

/** Writes whom Prometheus asks: each process that has metrics, as rules call its job. One that is down stays in it, so that it is missed. */
export async function writeTargets(file: string, { children }: Pick<State, 'children'>): Promise<void> {
  await writePrivate(file, json(targetsOf(children)));
}

export function targetsOf(children: State['children']): Target[] {
  return children.flatMap(({ name, ports: { metrics } }) =>
    metrics === undefined
      ? []
      : [{ targets: [`127.0.0.1:${metrics}`], labels: { job: `transcode-${componentOf(name)}`, instance: name } }],
  );
}

/** `worker-3` is a worker. */
const componentOf = (name: string): string => name.replace(/-\d+$/, '');
