import { Problem } from '@transcode/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

const PER_MINUTE = 1_200;
const AT_ONCE = 40;

let here: Installation;
let replicas: [RunningApi, RunningApi];

beforeAll(async () => {
  here = await install();
  replicas = await Promise.all([here.start(), here.start()]);
});
afterAll(() => here.dispose());

const ask = (replica: RunningApi, key: string): Promise<Response> =>
  fetch(`${replica.url}/api/v1/presets`, { headers: { authorization: `Bearer ${key}` } });

test('who asks too often, over all replicas together, is told how long to wait; others are not', async () => {
  const [hasty, patient] = [await here.key('viewer'), await here.key('viewer')];
  let left = PER_MINUTE + AT_ONCE;
  let refused: Response | undefined;
  const asking = async (replica: RunningApi): Promise<void> => {
    while (left > 0 && refused === undefined) {
      left -= 1;
      const response = await ask(replica, hasty);
      if (response.status === 429) refused = response;
      else await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => asking(replicas[index % 2 === 0 ? 0 : 1])));
  expect(left).toBeLessThanOrEqual(AT_ONCE);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(Problem.parse(await refused?.json())).toMatchObject({
    status: 429,
    code: 'too_many_requests',
    retryable: true,
  });
  for (const replica of replicas) {
    expect((await ask(replica, hasty)).status).toBe(429);
    expect((await ask(replica, patient)).status).toBe(200);
    expect((await fetch(`${replica.url}/health`)).status).toBe(200);
  }
});
