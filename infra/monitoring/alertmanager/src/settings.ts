import * as z from 'zod';

const Path = z.string().startsWith('/', 'has to be the whole path of a file');
const HostAndPort = z.string().regex(/^[^\s:]+:\d+$/, 'has to be HOST:PORT');

const Slack = z.object({ urlFile: Path, channel: z.string().optional() });
const PagerDuty = z.object({ keyFile: Path, url: z.url({ protocol: /^https?$/ }).optional() });
const Email = z.object({
  to: z.string(),
  from: z.string(),
  smarthost: HostAndPort,
  user: z.string().optional(),
  passwordFile: Path.optional(),
  /** Without it mail goes in the clear: for a server on the machine itself. */
  tls: z.boolean(),
});
const Webhook = z.object({ url: z.url({ protocol: /^https?$/ }), tokenFile: Path.optional() });

const AlertSettings = z.object({
  slack: Slack.optional(),
  pagerDuty: PagerDuty.optional(),
  email: Email.optional(),
  webhook: Webhook.optional(),
});
/** Where alerts go. Each channel may be missing; secrets are files that Alertmanager reads itself. */
export type AlertSettings = z.infer<typeof AlertSettings>;

/** The variables that set them, each with what it is. */
export const ALERT_VARIABLES = [
  'ALERT_SLACK_URL_FILE',
  'ALERT_SLACK_CHANNEL',
  'ALERT_PAGERDUTY_KEY_FILE',
  'ALERT_PAGERDUTY_URL',
  'ALERT_EMAIL_TO',
  'ALERT_EMAIL_FROM',
  'ALERT_SMTP_SERVER',
  'ALERT_SMTP_USER',
  'ALERT_SMTP_PASSWORD_FILE',
  'ALERT_SMTP_TLS',
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_TOKEN_FILE',
] as const;
type AlertVariable = (typeof ALERT_VARIABLES)[number];

/** The settings that an environment holds; throws a sentence for each that cannot be used. */
export function alertSettings(env: Readonly<Record<string, string | undefined>>): AlertSettings {
  const given = (name: AlertVariable): string | undefined => (env[name] === '' ? undefined : env[name]);
  const channel = <Channel extends object>(names: readonly AlertVariable[], settings: Channel): Channel | undefined =>
    names.some((name) => given(name) !== undefined) ? settings : undefined;
  const wanted = {
    slack: channel(['ALERT_SLACK_URL_FILE', 'ALERT_SLACK_CHANNEL'], {
      urlFile: given('ALERT_SLACK_URL_FILE'),
      channel: given('ALERT_SLACK_CHANNEL'),
    }),
    pagerDuty: channel(['ALERT_PAGERDUTY_KEY_FILE', 'ALERT_PAGERDUTY_URL'], {
      keyFile: given('ALERT_PAGERDUTY_KEY_FILE'),
      url: given('ALERT_PAGERDUTY_URL'),
    }),
    email: channel(['ALERT_EMAIL_TO', 'ALERT_EMAIL_FROM', 'ALERT_SMTP_SERVER'], {
      to: given('ALERT_EMAIL_TO'),
      from: given('ALERT_EMAIL_FROM'),
      smarthost: given('ALERT_SMTP_SERVER'),
      user: given('ALERT_SMTP_USER'),
      passwordFile: given('ALERT_SMTP_PASSWORD_FILE'),
      tls: given('ALERT_SMTP_TLS') !== 'false',
    }),
    webhook: channel(['ALERT_WEBHOOK_URL', 'ALERT_WEBHOOK_TOKEN_FILE'], {
      url: given('ALERT_WEBHOOK_URL'),
      tokenFile: given('ALERT_WEBHOOK_TOKEN_FILE'),
    }),
  };
  const parsed = AlertSettings.safeParse(wanted);
  if (parsed.success) return parsed.data;
  throw new UnusableAlertSettings(
    parsed.error.issues.map(({ path, message }) => `${VARIABLE_OF[path.join('.')] ?? path.join('.')}: ${message}`),
  );
}

export class UnusableAlertSettings extends Error {
  constructor(complaints: readonly string[]) {
    super(`Alerts cannot be sent as they are set: ${complaints.join('; ')}.`);
    this.name = 'UnusableAlertSettings';
  }
}

const VARIABLE_OF: Readonly<Record<string, AlertVariable>> = {
  'slack.urlFile': 'ALERT_SLACK_URL_FILE',
  'pagerDuty.keyFile': 'ALERT_PAGERDUTY_KEY_FILE',
  'pagerDuty.url': 'ALERT_PAGERDUTY_URL',
  'email.to': 'ALERT_EMAIL_TO',
  'email.from': 'ALERT_EMAIL_FROM',
  'email.smarthost': 'ALERT_SMTP_SERVER',
  'email.passwordFile': 'ALERT_SMTP_PASSWORD_FILE',
  'webhook.url': 'ALERT_WEBHOOK_URL',
  'webhook.tokenFile': 'ALERT_WEBHOOK_TOKEN_FILE',
};
