import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandsIn, pageCommands } from '../cluster/means/operations-page.ts';
import { TRIALS } from '../cluster/steps/commands/commands.ts';
import { ELSEWHERE, EXCEPTIONS } from '../cluster/steps/commands/elsewhere.ts';

// Of docs/kubernetes-operations.md and what tries it on a cluster: that neither has a command that the other has not. Nothing is run here.

const HELM = resolve(import.meta.dirname, '..');
const tried = TRIALS.flatMap(({ commands }) => commands);
const known = [...tried, ...ELSEWHERE.map(({ command }) => command), ...Object.keys(EXCEPTIONS)];

test('a command is what is set as code and begins with a program or a script, and each line of a block for the shell', () => {
  const page = [
    '`kubectl get pods` is one, `kubectl top` is a name, `api-service` and `infra/helm/test/deployment-script.test.ts` are none.',
    String.raw`| a | \`helm template … \| sort\`, \`kubectl get pods\` | \`infra/helm/support-bundle\` |`.replaceAll(
      '\\`',
      '`',
    ),
    '```sh',
    'infra/k8s/test/k8s_deployment_test.sh test_pods   # one of them',
    'A=b k6 run it.js',
    '```',
    '```promql',
    'kubectl get what',
    '```',
  ].join('\n');
  expect(commandsIn(page)).toEqual([
    'kubectl get pods',
    'helm template … | sort',
    'infra/helm/support-bundle',
    'infra/k8s/test/k8s_deployment_test.sh test_pods',
    'A=b k6 run it.js',
  ]);
});

test('every command of the page is tried on a cluster, or on a list with the reason why not', () => {
  const written = pageCommands();
  expect(written.length).toBeGreaterThan(40);
  expect(written.filter((command) => !known.includes(command))).toEqual([]);
});

test('nothing is tried, or left out, that the page does not have', () => {
  const written = pageCommands();
  expect(known.filter((command) => !written.includes(command))).toEqual([]);
});

test.for(ELSEWHERE)('$command is run where it is said', ({ by }) => {
  expect(readFileSync(join(HELM, by.file), 'utf8')).toContain(by.has);
});
