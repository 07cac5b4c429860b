import { access, constants, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  alertmanagerYaml,
  alertSettings,
  ALERT_VARIABLES,
  localPrometheusYaml,
  MESSAGES,
  UnusableAlertSettings,
  type AlertSettings,
} from '@transcode/monitoring';
import { Refusal } from '../refusal.ts';
import { writePrivate } from '../data-folder/write-private.ts';
import type { Context } from '../context.ts';
import type { MonitoringPlan } from '../supervisor/plan.ts';

/** What Prometheus and Alertmanager read and keep in the data folder. */
export interface MonitoringFolder {
  prometheusConfig: string;
  prometheusData: string;
  alertmanagerConfig: string;
  alertmanagerData: string;
  /** Whom Prometheus asks; written anew whenever a process gets another port. */
  targets: string;
}

/** Writes their configuration. Settings that cannot be used are refused before anything is started. */
export async function prepareMonitoring(
  { root, env }: Pick<Context, 'root' | 'env'>,
  folder: string,
  { plan, alertmanagerPort }: { plan: MonitoringPlan; alertmanagerPort: number },
): Promise<MonitoringFolder> {
  const settings = await channels(env, plan);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const inside = (name: string): string => join(folder, name);
  const files = {
    prometheusConfig: inside('prometheus.yml'),
    prometheusData: inside('prometheus'),
    alertmanagerConfig: inside('alertmanager.yml'),
    alertmanagerData: inside('alertmanager'),
    targets: inside('targets.json'),
  };
  const prometheus = localPrometheusYaml({
    runbooks: given(env, 'RUNBOOKS_URL') ?? join(root, 'docs/runbooks'),
    grafana: given(env, 'GRAFANA_URL'),
  });
  await Promise.all([
    writePrivate(files.prometheusConfig, prometheus),
    writePrivate(files.targets, '[]\n'),
    writePrivate(inside('alertmanagers.json'), json([{ targets: [`127.0.0.1:${alertmanagerPort}`] }])),
    writePrivate(files.alertmanagerConfig, alertmanagerYaml(settings)),
    copyFile(MESSAGES.path, inside(MESSAGES.name)),
  ]);
  return files;
}

async function channels(env: Context['env'], { alertWebhook }: MonitoringPlan): Promise<AlertSettings> {
  await Promise.all(ALERT_VARIABLES.filter((name) => name.endsWith('_FILE')).map((name) => checkReadable(env, name)));
  try {
    return alertSettings({ ...env, ...(alertWebhook === undefined ? {} : { ALERT_WEBHOOK_URL: alertWebhook }) });
  } catch (cause) {
    if (cause instanceof UnusableAlertSettings) throw new Refusal(cause.message, { cause });
    throw cause;
  }
}

/** Alertmanager reads its secrets when it has something to tell, which is late to hear that one is missing. */
async function checkReadable(env: Context['env'], name: string): Promise<void> {
  const file = given(env, name);
  if (file === undefined) return;
  try {
    await access(file, constants.R_OK);
  } catch (cause) {
    throw new Refusal(`${name}: ${file} cannot be read.`, { cause });
  }
}

const given = (env: Context['env'], name: string): string | undefined => (env[name] === '' ? undefined : env[name]);

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
