import { describe, expect, test } from 'vitest';
import { rulesOf, selects, type Pod, type Policy } from '../cluster/stand-ins/policy-rules.ts';

const pod = (name: string, namespace: string, nodeName: string, podIP: string): Pod => ({
  metadata: { name, namespace, labels: { part: name } },
  spec: { nodeName, containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
  status: { podIP, phase: 'Running' },
});
const PODS = [
  pod('api', 'ours', 'n1', '10.0.0.1'),
  pod('worker', 'ours', 'n2', '10.0.0.2'),
  pod('gate', 'theirs', 'n2', '10.0.0.3'),
];
const NAMESPACES = [
  { metadata: { name: 'ours', labels: { name: 'ours' } } },
  { metadata: { name: 'theirs', labels: { name: 'theirs' } } },
];
const policy = (spec: Policy['spec']): Policy => ({ metadata: { namespace: 'ours' }, spec });
const rules = (node: string, ...policies: readonly Policy['spec'][]): string =>
  rulesOf(node, { pods: PODS, namespaces: NAMESPACES, policies: policies.map(policy) });
const accepted = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.endsWith(' accept') && !line.startsWith('ct '));

/** What a peer may send to the pod `api`. */
const from = (peer: object): string[] =>
  accepted(
    rules('n1', {
      podSelector: { matchLabels: { part: 'api' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [peer], ports: [{ port: 8080 }] }],
    }),
  );

describe('what policies let through on a node', () => {
  test('a pod that no policy chooses is left alone', () => {
    expect(rules('n1')).not.toContain('jump');
    expect(rules('n1', { podSelector: { matchLabels: { part: 'worker' } }, policyTypes: ['Ingress'] })).not.toContain(
      'jump',
    );
  });

  test('one that a policy chooses takes nothing, and begins nothing, but what a rule says', () => {
    const text = rules('n1', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(text).toContain('ip daddr 10.0.0.1 jump Ingress-0');
    expect(text).toContain('ip saddr 10.0.0.1 jump Egress-0');
    expect(accepted(text)).toEqual([]);
    expect(text.match(/^ {4}drop$/gm)).toHaveLength(2);
  });

  test('pods are meant by their labels, in the own namespace unless another is named', () => {
    expect(from({ podSelector: { matchLabels: { part: 'worker' } } })).toEqual([
      'ip saddr { 10.0.0.2 } tcp dport 8080 accept',
    ]);
    expect(from({ podSelector: { matchLabels: { part: 'gate' } } })).toEqual([]);
    expect(from({ namespaceSelector: { matchLabels: { name: 'theirs' } } })).toEqual([
      'ip saddr { 10.0.0.3 } tcp dport 8080 accept',
    ]);
    expect(from({ ipBlock: { cidr: '10.1.0.0/16', except: ['10.1.1.0/24'] } })).toEqual([
      'ip saddr 10.1.0.0/16 ip saddr != { 10.1.1.0/24 } tcp dport 8080 accept',
    ]);
  });

  test('a port that has a name is that of who listens', () => {
    const peers = [{ podSelector: { matchLabels: { part: 'api' } } }];
    const out = {
      podSelector: { matchLabels: { part: 'worker' } },
      policyTypes: ['Egress'],
      egress: [{ to: peers, ports: [{ port: 'http' }] }],
    };
    expect(accepted(rules('n2', out))).toEqual(['ip daddr { 10.0.0.1 } tcp dport 8080 accept']);
  });

  test('answers pass, and what one way lets through the other still judges', () => {
    const text = rules('n1', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(text.match(/ct state established,related accept/g)).toHaveLength(3);
    expect([...text.matchAll(/hook (\w+) priority (\d+)/g)].map(([, hook, priority]) => [hook, priority])).toEqual([
      ['forward', '10'],
      ['forward', '11'],
      ['input', '10'],
    ]);
  });
});

const is = (operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', labels: Record<string, string>): boolean =>
  selects({ matchExpressions: [{ key: 'part', operator, values: ['api'] }] }, labels);

test('labels are chosen as Kubernetes chooses them', () => {
  expect([is('In', { part: 'api' }), is('In', { part: 'worker' }), is('In', {})]).toEqual([true, false, false]);
  expect([is('NotIn', { part: 'api' }), is('NotIn', { part: 'worker' }), is('NotIn', {})]).toEqual([false, true, true]);
  expect([is('Exists', { part: 'x' }), is('Exists', {})]).toEqual([true, false]);
  expect([is('DoesNotExist', { part: 'x' }), is('DoesNotExist', {})]).toEqual([false, true]);
});
