import { expect } from 'vitest';
import { kubectl, NAMESPACE, tryHelm, untilReady } from './cluster.ts';
import { again } from './install-line.ts';

const OURS = ['api', 'console', 'worker-cpu'];

/** The release as it was installed, with what was changed by hand taken back, and all of it ready. */
export async function putBack(...sets: readonly string[]): Promise<void> {
  const { code, stderr } = await tryHelm([...again('upgrade'), ...sets, '--force-conflicts']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of OURS)
    await kubectl('rollout', 'status', `deployment/${name}`, '--namespace', NAMESPACE, '--timeout=300s');
  await untilReady(300);
}
