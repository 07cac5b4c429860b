import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryInside } from '../means/cluster.ts';
import { HOUSE } from '../means/house.ts';
import { say } from '../means/say.ts';

const SCRIPT = join(HOUSE, 'infra/k8s/test/k8s_deployment_test.sh');

/** What cannot pass here, and why. */
const KNOWN: Readonly<Record<string, { readonly because: string; readonly says: RegExp }>> = {
  test_ingress: { because: 'there is no ingress controller', says: /which nobody serves/ },
  test_hpa: { because: 'there is no metrics-server', says: /does not get what it goes by/ },
};

/** The specification's script, on the installation as it is. */
export function scripts(): void {
  test('k8s_deployment_test.sh passes, but for what this cluster has not', async () => {
    const { code, stdout, stderr } = await tryInside([SCRIPT]);
    say(stdout);
    const failed = [...stdout.matchAll(/^FAIL (\w+)$/gm)].map(([, name = '']) => name);
    expect({ failed: failed.toSorted(), stderr, code }).toEqual({
      failed: Object.keys(KNOWN).toSorted(),
      stderr: '',
      code: 1,
    });
    for (const [name, { because, says }] of Object.entries(KNOWN)) {
      say(`${name}: ${because}.`);
      expect((await tryInside([SCRIPT, name])).stdout).toMatch(says);
    }
  });
}
