import { TranscodeError, type AlertSeverity, type TestAlertView } from '@transcode/contracts';
import { AlertmanagerFailed, sendTestAlert } from '@transcode/monitoring';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';

/** Whether it arrives is seen where it should: Alertmanager takes it, and tells it later. */
export async function testAlert(
  { services, identity }: SignedInContext,
  severity: AlertSeverity,
): Promise<TestAlertView> {
  const { db, monitoring } = services;
  const { alertmanager: url } = monitoring;
  if (url === undefined)
    throw new TranscodeError('monitoring_unset', { what: 'Alertmanager', variable: 'ALERTMANAGER_URL' });
  try {
    const told = await sendTestAlert(url, { severity, origin: 'An administrator sent it from the settings.' });
    await audit(db, identity, {
      action: 'monitoring.testAlert',
      target: 'TestAlert',
      details: { after: { severity } },
    });
    return told;
  } catch (cause) {
    if (!(cause instanceof AlertmanagerFailed)) throw cause;
    throw new TranscodeError('monitoring_unavailable', { what: 'Alertmanager', reason: cause.message }, { cause });
  }
}
