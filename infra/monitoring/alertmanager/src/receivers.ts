import { resolve } from 'node:path';
import type { AlertSettings } from './settings.ts';

/** How messages read; the configuration looks for it beside itself. */
export const MESSAGES = { name: 'messages.tmpl', path: resolve(import.meta.dirname, '../messages.tmpl') } as const;

type Settings = Readonly<Record<string, unknown>>;
/** A receiver of Alertmanager: a name, and a list for each kind of channel. One without any takes alerts and tells nobody. */
export type Receiver = Readonly<{ name: string }> & Settings;

/** Everybody who hears of something. Alertmanager knows no receiver that may be missing, so each is always there and holds what is set. */
export const alertChannels = (settings: AlertSettings): readonly Receiver[] => [
  criticalReceiver(settings),
  warningReceiver(settings),
];

/** Who hears of what somebody has to get up for. */
function criticalReceiver(settings: AlertSettings): Receiver {
  return {
    name: 'critical',
    ...channels(settings),
    ...(settings.pagerDuty === undefined ? {} : { pagerduty_configs: [pagerDuty(settings.pagerDuty)] }),
  };
}

/** Who hears of what waits for the morning: nobody's pager. */
function warningReceiver(settings: AlertSettings): Receiver {
  return { name: 'warning', ...channels(settings) };
}

function channels({ slack, email, webhook }: AlertSettings): Settings {
  return {
    ...(slack === undefined ? {} : { slack_configs: [slackMessage(slack)] }),
    ...(email === undefined ? {} : { email_configs: [mail(email)] }),
    ...(webhook === undefined ? {} : { webhook_configs: [call(webhook)] }),
  };
}

function slackMessage({ urlFile, channel }: NonNullable<AlertSettings['slack']>): Settings {
  return {
    api_url_file: urlFile,
    ...(channel === undefined ? {} : { channel }),
    send_resolved: true,
    color: '{{ template "transcode.color" . }}',
    title: '{{ template "transcode.title" . }}',
    title_link: '{{ template "transcode.link" . }}',
    text: '{{ template "transcode.text" . }}',
    fallback: '{{ template "transcode.title" . }}',
    footer: '',
  };
}

function pagerDuty({ keyFile, url }: NonNullable<AlertSettings['pagerDuty']>): Settings {
  return {
    routing_key_file: keyFile,
    ...(url === undefined ? {} : { url }),
    send_resolved: true,
    severity: 'critical',
    description: '{{ template "transcode.title" . }}',
    component: '{{ .CommonLabels.component }}',
    class: '{{ .CommonLabels.alertname }}',
    client: 'Transcode',
    client_url: '{{ template "transcode.link" . }}',
    details: { message: '{{ template "transcode.text" . }}' },
  };
}

function mail({ to, from, smarthost, user, passwordFile, tls }: NonNullable<AlertSettings['email']>): Settings {
  return {
    to,
    from,
    smarthost,
    ...(user === undefined ? {} : { auth_username: user }),
    ...(passwordFile === undefined ? {} : { auth_password_file: passwordFile }),
    require_tls: tls,
    send_resolved: true,
    headers: { Subject: '{{ template "transcode.title" . }}' },
    // Plain text is read on every telephone; a page of HTML is not needed to say five lines.
    html: '',
    text: '{{ template "transcode.text" . }}',
  };
}

function call({ url, tokenFile }: NonNullable<AlertSettings['webhook']>): Settings {
  return {
    url,
    send_resolved: true,
    ...(tokenFile === undefined ? {} : { http_config: { authorization: { credentials_file: tokenFile } } }),
  };
}
