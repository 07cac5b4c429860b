import { expect, test } from 'vitest';
import { ALERT_VARIABLES, alertSettings } from '../../alertmanager/src/settings.ts';

test('no variable, or empty ones, set no channel', () => {
  const none = { slack: undefined, pagerDuty: undefined, email: undefined, webhook: undefined };
  expect(alertSettings({ PATH: '/bin' })).toEqual(none);
  expect(alertSettings(Object.fromEntries(ALERT_VARIABLES.map((name) => [name, ''])))).toEqual(none);
});

test('every channel is set by its variables', () => {
  expect(
    alertSettings({
      ALERT_SLACK_URL_FILE: '/run/slack',
      ALERT_SLACK_CHANNEL: '#video',
      ALERT_PAGERDUTY_KEY_FILE: '/run/pagerduty',
      ALERT_EMAIL_TO: 'a@example.org, b@example.org',
      ALERT_EMAIL_FROM: 'transcode@example.org',
      ALERT_SMTP_SERVER: 'mail.example.org:587',
      ALERT_SMTP_USER: 'transcode',
      ALERT_SMTP_PASSWORD_FILE: '/run/smtp',
      ALERT_SMTP_TLS: 'false',
      ALERT_WEBHOOK_URL: 'http://127.0.0.1:9999/alerts',
      ALERT_WEBHOOK_TOKEN_FILE: '/run/token',
    }),
  ).toEqual({
    slack: { urlFile: '/run/slack', channel: '#video' },
    pagerDuty: { keyFile: '/run/pagerduty' },
    email: {
      to: 'a@example.org, b@example.org',
      from: 'transcode@example.org',
      smarthost: 'mail.example.org:587',
      user: 'transcode',
      passwordFile: '/run/smtp',
      tls: false,
    },
    webhook: { url: 'http://127.0.0.1:9999/alerts', tokenFile: '/run/token' },
  });
});

test.for([
  [{ ALERT_SLACK_CHANNEL: '#video' }, 'ALERT_SLACK_URL_FILE'],
  [{ ALERT_PAGERDUTY_KEY_FILE: 'key' }, 'ALERT_PAGERDUTY_KEY_FILE: has to be the whole path of a file'],
  [{ ALERT_EMAIL_TO: 'a@example.org', ALERT_EMAIL_FROM: 'b@example.org' }, 'ALERT_SMTP_SERVER'],
  [{ ALERT_EMAIL_TO: 'a', ALERT_EMAIL_FROM: 'b', ALERT_SMTP_SERVER: 'mail' }, 'ALERT_SMTP_SERVER: has to be HOST:PORT'],
  [{ ALERT_WEBHOOK_URL: 'example.org' }, 'ALERT_WEBHOOK_URL'],
] as const)('%o is refused in a sentence', ([env, sentence]) => {
  expect(() => alertSettings(env)).toThrow(sentence);
});
