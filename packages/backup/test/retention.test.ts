import { expect, test } from 'vitest';
import type { Backup } from '../src/index.ts';
import { clockDoubt, expired, KEPT_DAYS } from '../src/retention.ts';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 0, 1, 2);
const at = (day: number): Date => new Date(START + day * DAY);

/** A backup of each day, good where its number says so. */
function daily(days: number, good: (day: number) => boolean = () => true): Backup[] {
  return Array.from({ length: days }, (_, day) => ({
    ...{ id: String(day), number: day + 1, keys: [] },
    manifest: { begunAt: at(day).toISOString() } as Backup['manifest'],
    proofs: [{ result: good(day) ? 'good' : 'bad' } as Backup['proofs'][number]],
  }));
}
const gone = (backups: Backup[], now: Date): string[] => expired(backups, now).map(({ id }) => id);

test('after thirty days they go, one a day', () => {
  expect(gone(daily(31), at(30))).toEqual([]);
  expect(gone(daily(32), at(31))).toEqual(['0']);
  expect(gone(daily(40), at(39))).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
});

test('after as many days as were asked for', () => {
  expect(expired(daily(9), at(8), 7).map(({ id }) => id)).toEqual(['0']);
});

test('a month of failures takes none of the good ones', () => {
  expect(
    gone(
      daily(200, (day) => day < 5),
      at(199),
    ),
  ).toEqual([]);
});

test('the last good one stays however old it is', () => {
  expect(gone(daily(1), at(10_000))).toEqual([]);
  expect(
    gone(
      daily(90, (day) => day === 0),
      at(10_000),
    ),
  ).toEqual([]);
});

test('a clock that jumps a century ahead leaves the last thirty', () => {
  const left = 40 - gone(daily(40), at(36_500)).length;
  expect(left).toBe(KEPT_DAYS);
});

test('a clock that went back takes nothing, and is not believed', () => {
  expect(gone(daily(60), at(1))).toEqual([]);
  expect(clockDoubt(at(1), { newest: at(60), database: at(1), stored: undefined })).toContain('2026-03-02 02:00');
});

test('a clock is not believed that the database or the store contradicts', () => {
  const now = at(60);
  const sane = { newest: at(59), database: now, stored: now };
  expect(clockDoubt(now, sane)).toBeUndefined();
  expect(clockDoubt(now, { ...sane, database: at(61) })).toContain('database');
  expect(clockDoubt(now, { ...sane, stored: at(61) })).toContain('store');
});
