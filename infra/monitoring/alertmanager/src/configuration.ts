import { INHIBITIONS } from './inhibitions.ts';
import { alertChannels, MESSAGES, type Receiver } from './receivers.ts';
import type { AlertSettings } from './settings.ts';

export interface AlertmanagerConfiguration {
  readonly templates: readonly string[];
  readonly route: Readonly<Record<string, unknown>>;
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly Readonly<Record<string, unknown>>[];
}

/** How long Alertmanager waits, after the first alert of a group, for others that belong to it. */
export const GROUP_WAIT_SECONDS = { critical: 10, warning: 60 } as const;

/**
 * Alertmanager's configuration for the channels that are set; without any it takes alerts, shows them and tells nobody.
 */
export function alertmanagerConfiguration(settings: AlertSettings): AlertmanagerConfiguration {
  return {
    templates: [MESSAGES.name],
    route: {
      // What has another severity than ours is not lost.
      receiver: 'warning',
      // One message for one thing that is wrong, however many classes, replicas or checks it strikes.
      group_by: ['alertname'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '1d',
      routes: [
        {
          matchers: ['severity="critical"'],
          receiver: 'critical',
          group_wait: `${GROUP_WAIT_SECONDS.critical}s`,
          repeat_interval: '4h',
        },
        { matchers: ['severity="warning"'], receiver: 'warning', group_wait: `${GROUP_WAIT_SECONDS.warning}s` },
      ],
    },
    receivers: alertChannels(settings),
    inhibit_rules: INHIBITIONS.map(({ source, silences, equal }) => ({
      source_matchers: [`alertname="${source}"`],
      target_matchers: [`alertname=~"${silences.join('|')}"`],
      ...(equal === undefined ? {} : { equal }),
    })),
  };
}
