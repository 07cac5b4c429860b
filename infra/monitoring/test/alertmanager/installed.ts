import { resolve } from 'node:path';
import { findTools } from '@transcode/servers';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** The Alertmanager of this machine. */
export async function installedAlertmanager(): Promise<string> {
  const { alertmanager } = await findTools({ root: ROOT, env: { PATH: '/usr/local/bin:/usr/bin:/bin' } });
  if (alertmanager === undefined) throw new Error('There is no Alertmanager; ./transcode test brings it.');
  return alertmanager;
}
