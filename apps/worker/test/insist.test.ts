import { createLogger } from '@transcode/telemetry';
import { expect, test } from 'vitest';
import { insist } from '../src/insist.ts';

const log = createLogger({ name: 'worker', level: 'silent' });
const away = (): Promise<never> => Promise.reject(new Error('Connection terminated unexpectedly'));

test('what the database does not take is tried until its time is up, and then once more', async () => {
  const begun = performance.now();
  let tries = 0;
  const trying = insist(
    () => {
      tries += 1;
      return away();
    },
    { until: new AbortController().signal, mostMs: 900, log },
  );
  await expect(trying).rejects.toThrow(/^Connection terminated/);
  expect(tries).toBe(3);
  expect(performance.now() - begun).toBeGreaterThan(900);
});

test('nobody waits for it any more: it is tried once more, and no longer', async () => {
  const lost = new AbortController();
  const trying = insist(away, { until: lost.signal, log });
  lost.abort();
  await expect(trying).rejects.toThrow(/^Connection terminated/);
});

test('what fails for another reason fails at once', async () => {
  const failing = insist(() => Promise.reject(new Error('no such row')), { until: new AbortController().signal, log });
  await expect(failing).rejects.toThrow('no such row');
});
