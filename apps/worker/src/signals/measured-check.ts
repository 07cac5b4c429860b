import { TranscodeError, type MetricLabels } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';

type Check = MetricLabels<'verifyChecksTotal'>['check'];

/** Makes a check of finished work and counts how it went. What hinders it says nothing of the work. */
export async function measuredCheck<T>(check: Check, make: () => Promise<T>): Promise<T> {
  try {
    const found = await make();
    measure.count('verifyChecksTotal', { check, result: 'passed' });
    return found;
  } catch (error) {
    if (error instanceof TranscodeError && error.code === 'verify_failed')
      measure.count('verifyChecksTotal', { check, result: 'failed' });
    throw error;
  }
}
