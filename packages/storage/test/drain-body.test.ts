import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { drainBody } from '../src/drain-body.ts';
import { collectGarbage } from './collect-garbage.ts';

test('nothing is held of a body that was drained, however long the signal lives', async () => {
  const living = new AbortController();
  const bodies = await Promise.all(Array.from({ length: 20 }, () => drainOne(living.signal)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  collectGarbage();
  expect(bodies.filter((body) => body.deref() !== undefined).length).toBeLessThanOrEqual(1);
  expect(living.signal.aborted).toBe(false);
});

async function drainOne(signal: AbortSignal): Promise<WeakRef<Readable>> {
  const body = Readable.from([Buffer.alloc(10), Buffer.alloc(10)]);
  await drainBody(body, { batchBytes: () => 8, inFlight: 1, onBatch: () => Promise.resolve(), signal });
  return new WeakRef(body);
}
