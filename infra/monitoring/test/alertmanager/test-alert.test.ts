import { expect, test } from 'vitest';
import { channelsOf } from '../../alertmanager/src/test-alert.ts';

test('the channels of a receiver are read from what Alertmanager says of itself', () => {
  const said =
    'route:\n  receiver: warning\nreceivers:\n- name: critical\n  slack_configs:\n  - a: b\n  webhook_configs:\n  - url: c\n- name: warning\n  email_configs: []\ntemplates: []\n';
  expect([
    channelsOf(said, 'critical'),
    channelsOf(said, 'warning'),
    channelsOf('receivers:\n- name: critical\n- name: warning\n', 'critical'),
  ]).toEqual([['slack', 'webhook'], ['email'], []]);
});
