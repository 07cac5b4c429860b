import { startAlertmanager, startPrometheus } from '@transcode/servers';
import type { MonitoringFolder } from '../monitoring/monitoring-folder.ts';
import { Refusal } from '../refusal.ts';
import { fromServer, logOf, type Site } from './services.ts';
import type { Service } from './service.ts';

export function prometheusService(site: Site, files: MonitoringFolder): Service {
  const log = logOf(site, 'prometheus');
  const bin = found(site.tools.prometheus, 'Prometheus');
  return {
    name: 'prometheus',
    start: async () =>
      fromServer(
        await startPrometheus({
          bin,
          dataDir: files.prometheusData,
          configFile: files.prometheusConfig,
          port: site.ports.prometheus,
          log: (line) => log.append(`${line}\n`),
        }),
      ),
  };
}

export function alertmanagerService(site: Site, files: MonitoringFolder): Service {
  const log = logOf(site, 'alertmanager');
  const bin = found(site.tools.alertmanager, 'Alertmanager');
  return {
    name: 'alertmanager',
    start: async () =>
      fromServer(
        await startAlertmanager({
          bin,
          dataDir: files.alertmanagerData,
          configFile: files.alertmanagerConfig,
          port: site.ports.alertmanager,
          log: (line) => log.append(`${line}\n`),
        }),
      ),
  };
}

function found(program: string | undefined, name: string): string {
  if (program !== undefined) return program;
  throw new Refusal(
    `${name} is not there. Install it (Debian, Ubuntu: apt install prometheus prometheus-alertmanager), or start without --monitoring.`,
  );
}
