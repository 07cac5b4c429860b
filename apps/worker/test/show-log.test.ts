import { createLogger } from '@transcode/telemetry';
import { expect, test } from 'vitest';
import { showLog } from '../src/show-log.ts';

const JOB = '01a1f408-628d-7000-8000-000000000001';

test('what is logged about a job is shown, without where in the program an error came from', () => {
  const shown: unknown[] = [];
  const also = showLog({ append: (jobId, line) => shown.push([jobId, line]) });
  const log = createLogger({ name: 'worker', level: 'info', destination: { write: () => undefined }, also });
  const own = log.child({ worker_id: 'w1' });
  own.info('The worker takes tasks');
  own
    .child({ job_id: JOB, stage: 'encode', index: 2 })
    .error({ err: new Error('no more'), said: ['Input #0'] }, 'It broke');
  own.child({ job_id: JOB }).debug('Not told');
  expect(shown).toEqual([
    [
      JOB,
      {
        ...{ time: expect.any(String), level: 'error', worker: 'w1', stage: 'encode', index: 2 },
        ...{ text: 'It broke', cause: 'no more', said: ['Input #0'] },
      },
    ],
  ]);
});
