export { alertmanagerYaml } from '../alertmanager/src/alertmanager-yaml.ts';
export { alertChannels, MESSAGES } from '../alertmanager/src/receivers.ts';
export {
  ALERT_VARIABLES,
  alertSettings,
  UnusableAlertSettings,
  type AlertSettings,
} from '../alertmanager/src/settings.ts';
export {
  AlertmanagerFailed,
  channelsOf,
  sendTestAlert,
  TEST_LASTS_MS,
  type TestSeverity,
} from '../alertmanager/src/test-alert.ts';
export { localPrometheusYaml } from '../prometheus/src/local-prometheus.ts';
