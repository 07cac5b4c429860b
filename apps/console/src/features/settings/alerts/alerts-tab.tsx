'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ALERT_SEVERITIES, type AlertSeverity, type TestAlertView } from '@transcode/contracts';
import { Button, EmptyState, SelectField } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../../lib/explain.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { FormError } from '../../auth/form-error.tsx';
import { ForRole } from '../../shell/for-role.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';

const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical: what wakes somebody',
  warning: 'Warning: what can wait until morning',
};
const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  slack: 'Slack',
  pagerduty: 'PagerDuty',
  email: 'e-mail',
  webhook: 'the webhook',
};

/** Whether what goes wrong would reach somebody. */
export function AlertsTab() {
  return (
    <ForRole role="admin">
      <Alerts />
    </ForRole>
  );
}

function Alerts() {
  const trpc = useTRPC();
  const monitoring = useQuery(trpc.monitoring.get.queryOptions());
  if (monitoring.isPending) return <LoadingRows />;
  if (monitoring.isError) {
    return <NotLoaded what="The alerts" error={monitoring.error} onRetry={() => void monitoring.refetch()} />;
  }
  return (
    <TabPart
      title="Test alert"
      about="Alertmanager tells what is wrong by the channels that are set where it runs. A test goes the same way."
    >
      {monitoring.data.alerts ? (
        <TestAlert />
      ) : (
        <EmptyState title="Nobody would hear of an alert">
          This installation was not told of an Alertmanager. Start it with{' '}
          <code className="font-mono">./transcode up --monitoring</code>, or set{' '}
          <code className="font-mono">ALERTMANAGER_URL</code>.
        </EmptyState>
      )}
    </TabPart>
  );
}

function TestAlert() {
  const trpc = useTRPC();
  const [severity, setSeverity] = useState<AlertSeverity>('warning');
  const send = useMutation(trpc.monitoring.testAlert.mutationOptions());
  return (
    <form
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ severity });
      }}
    >
      <SelectField
        label="Severity"
        className="w-full max-w-[24rem]"
        value={severity}
        onChange={({ target }) => {
          setSeverity(target.value === 'critical' ? 'critical' : 'warning');
          send.reset();
        }}
      >
        {ALERT_SEVERITIES.map((each) => (
          <option key={each} value={each}>
            {SEVERITY_WORDS[each]}
          </option>
        ))}
      </SelectField>
      <Button type="submit" kind="primary" busy={send.isPending}>
        Send a test alert
      </Button>
      <FormError sentence={send.error ? explain(send.error).sentence : undefined} />
      <output className="text-small text-ink-2">{send.data && sentWords(send.data)}</output>
    </form>
  );
}

function sentWords({ channels, withinSeconds }: TestAlertView): string {
  if (channels.length === 0) {
    return 'Alertmanager took it and tells nobody: no channel is set for this severity. See the documentation on monitoring for how to set one.';
  }
  const ways = new Intl.ListFormat('en').format(channels.map((each) => CHANNEL_WORDS[each] ?? each));
  return `Alertmanager took it, and tells it by ${ways} within ${withinSeconds} s. If it does not arrive, Alertmanager’s log says why.`;
}
