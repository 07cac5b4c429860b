import { expect, test } from 'vitest';
import { LEASE_MS } from '@transcode/contracts';
import { FAULT_KINDS, schedule, type PlannedFault } from '../../src/chaos/schedule.ts';

function first(count: number, faults: Generator<PlannedFault>): PlannedFault[] {
  return Array.from({ length: count }, () => faults.next().value as PlannedFault);
}

test('the same seed makes the same schedule, another seed another', () => {
  expect(first(40, schedule(7))).toEqual(first(40, schedule(7)));
  expect(first(40, schedule(7))).not.toEqual(first(40, schedule(8)));
});

test('every kind comes once before any comes again', () => {
  const kinds = first(3 * FAULT_KINDS.length, schedule(7)).map(({ kind }) => kind);
  for (let round = 0; round < 3; round += 1) {
    const of = kinds.slice(round * FAULT_KINDS.length, (round + 1) * FAULT_KINDS.length);
    expect(of.toSorted()).toEqual(FAULT_KINDS.toSorted());
  }
});

test('what is stopped stays so past its lease, and an outage is as long as it may be at most', () => {
  const stops = first(60, schedule(7, ['stop-worker', 'stop-api'])).map(({ awayMs }) => awayMs);
  expect(Math.min(...stops)).toBeGreaterThan(LEASE_MS);
  const outages = first(60, schedule(7, ['stop-s3'], 8_000)).map(({ awayMs }) => awayMs);
  expect(Math.min(...outages)).toBeGreaterThanOrEqual(5_000);
  expect(Math.max(...outages)).toBeLessThanOrEqual(8_000);
});
