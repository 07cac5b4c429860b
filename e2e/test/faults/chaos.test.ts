import path from 'node:path';
import { runChaos, type ChaosResult, type FaultKind } from '@transcode/bench/chaos';
import { beforeAll, describe, expect, test } from 'vitest';

/** Every kind of death, once; the order, the victims and the times are the seed's. */
const KINDS: readonly FaultKind[] = [
  ...(['kill-worker', 'kill-ffmpeg', 'kill-api', 'stop-worker', 'flush-redis'] as const),
  ...(['restart-redis', 'restart-postgres', 'stop-s3'] as const),
];
const SEED = 20_261;
/** Work that was lost goes on within this, whatever else the machine does. */
const BUSY_MS = 60_000;

/** The short form of ./transcode bench chaos: three small videos at a time, each kind of fault once. */
describe('an installation whose every part dies once', () => {
  let result: ChaosResult;
  const lines: string[] = [];

  beforeAll(async () => {
    result = await runChaos({
      root: path.resolve(import.meta.dirname, '../../..'),
      seed: SEED,
      minutes: 10,
      faults: KINDS.length,
      kinds: KINDS,
      longestAwayMs: 8_000,
      videos: 3,
      storage: 's3',
      clips: ['long', 'ts', 'fragmented'],
      print: (line) => lines.push(line),
    });
  }, 600_000);

  test('saw every kind of fault', () => {
    expect(result.ordeals.map(({ planned }) => planned.kind).toSorted()).toEqual(KINDS.toSorted());
  });

  test('finished videos, each ready, published once, with every frame, and left nothing over', () => {
    expect(result.videos).toBeGreaterThanOrEqual(3);
    // How fast the work goes on is for the benchmark to hold, on a machine that does nothing else; here it has to go on.
    const broken = result.broken.filter((sentence) => !sentence.includes('the next ffmpeg began'));
    expect([...broken, ...lines.filter(() => broken.length > 0)]).toEqual([]);
    const slow = result.ordeals.filter(({ cost, clockAt }) => (cost.nextFfmpegAt ?? Infinity) - clockAt > BUSY_MS);
    expect(slow.map(({ what }) => what)).toEqual([]);
  });
});
