import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { forever, type KubernetesApi } from './kubernetes-api.ts';
import { rulesOf, type Namespace, type Pod, type Policy } from './policy-rules.ts';

/** The names' server is a process of the first node; policies mean it as the pod that it usually is. */
const DNS: Pod = {
  metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  spec: { nodeName: '', containers: [] },
  status: { podIP: '10.200.0.1', phase: 'Running' },
};

/**
 * Enforces NetworkPolicies for the pods of one node, by nftables in its network. What comes from the node itself, such as probes, is not asked,
 * as everywhere. A new pod is open until the next look, which is a second away.
 */
export function enforcePolicies(api: KubernetesApi, node: string): Promise<never> {
  let last = '';
  return forever(async () => {
    const [pods, namespaces, policies] = await Promise.all([
      api.list<Pod>('/api/v1/pods'),
      api.list<Namespace>('/api/v1/namespaces'),
      api.list<Policy>('/apis/networking.k8s.io/v1/networkpolicies'),
    ]);
    const there = pods.filter(
      ({ spec, status }) =>
        spec.hostNetwork !== true && status.podIP !== undefined && ['Pending', 'Running'].includes(status.phase),
    );
    const rules = rulesOf(node, { pods: [DNS, ...there], namespaces, policies });
    if (rules === last) return;
    await enforce(rules);
    last = rules;
  });
}

async function enforce(rules: string): Promise<void> {
  const nft = spawn('/usr/sbin/nft', ['--file', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
  const closed = once(nft, 'close') as Promise<[number | null]>;
  nft.stdin.end(rules);
  const [[code], complaint] = await Promise.all([closed, text(nft.stderr)]);
  if (code !== 0) throw new Error(`nft ended with ${code}: ${complaint}`);
}
