import { expect, test } from 'vitest';
import { flowsIn } from '../cluster/steps/conntrack.ts';

test('a connection leads to who answers, and what nobody answered is none', () => {
  const listed = `
tcp      6 86397 ESTABLISHED src=10.244.1.9 dst=10.96.31.7 sport=41000 dport=80 src=10.244.2.4 dst=10.244.1.9 sport=8080 dport=41000 [ASSURED] mark=0 use=1
tcp      6 118 TIME_WAIT src=10.244.1.9 dst=10.244.2.5 sport=41002 dport=5432 src=10.244.2.5 dst=10.244.1.9 sport=5432 dport=41002 [ASSURED] mark=0 use=1
tcp      6 20 SYN_SENT src=10.244.1.9 dst=10.244.2.6 sport=41004 dport=6379 [UNREPLIED] src=10.244.2.6 dst=10.244.1.9 sport=6379 dport=41004 mark=0 use=1
udp      17 29 src=10.244.1.9 dst=10.96.0.10 sport=5000 dport=53 src=10.200.0.1 dst=10.244.1.9 sport=53 dport=5000 mark=0 use=1
`;
  expect(flowsIn(listed)).toEqual([
    { from: '10.244.1.9', to: '10.244.2.4', port: 8080 },
    { from: '10.244.1.9', to: '10.244.2.5', port: 5432 },
  ]);
});
