import { expect, test } from 'vitest';
import { isDue, nextTime, nightly, weekly, type Moments, type Schedule } from '../src/backups/schedule.ts';

const at = (text: string): Date => new Date(`2026-03-${text}Z`);
const due = (moments: { [Name in keyof Moments]?: string }, schedule: Schedule = nightly): boolean => {
  const { now = '10T03:00', upSince = '01T00:00', last, failed } = moments;
  const optional = (text: string | undefined): Date | undefined => (text === undefined ? undefined : at(text));
  return isDue(schedule, { now: at(now), upSince: at(upSince), last: optional(last), failed: optional(failed) });
};

test('once it has become 02:00 UTC, and not again before the next', () => {
  expect(due({ now: '10T01:59', last: '09T02:00' })).toBe(false);
  expect(due({ now: '10T02:00', last: '09T02:00' })).toBe(true);
  expect(due({ now: '10T02:01', last: '10T02:00' })).toBe(false);
  expect(due({ now: '11T01:59', last: '10T02:00' })).toBe(false);
});

test('also where nothing ran at that time', () => {
  expect(due({ now: '10T17:00', upSince: '10T16:00', last: '08T02:00' })).toBe(true);
  expect(due({ now: '10T16:05', upSince: '10T16:00', last: '08T02:00' })).toBe(false);
});

test('the first one at the first night', () => {
  expect(due({ now: '10T17:00', upSince: '10T16:00' })).toBe(false);
  expect(due({ now: '11T02:00', upSince: '10T16:00' })).toBe(true);
});

test('again an hour after a failure', () => {
  expect(due({ now: '10T02:59', last: '09T02:00', failed: '10T02:01' })).toBe(false);
  expect(due({ now: '10T03:01', last: '09T02:00', failed: '10T02:01' })).toBe(true);
});

test('a clock that went back makes none', () => {
  expect(due({ now: '01T05:00', upSince: '10T00:00', last: '10T02:00' })).toBe(false);
});

test('a week is from Sunday to Sunday', () => {
  // The 8th is one.
  expect(due({ now: '08T03:59', last: '01T04:00' }, weekly)).toBe(false);
  expect(due({ now: '08T04:00', last: '01T04:00' }, weekly)).toBe(true);
  expect(due({ now: '14T23:00', last: '08T04:00' }, weekly)).toBe(false);
  expect([nightly(at('10T01:00')), weekly(at('10T01:00'))]).toEqual([at('09T02:00'), at('08T04:00')]);
});

test.each([
  ['the coming night', { now: '10T17:00', last: '10T02:00' }, '11T02:00'],
  ['as soon as may be, where its time has passed', { now: '10T17:00', last: '09T02:00' }, '10T17:00'],
  [
    'ten minutes after the start, where nothing ran then',
    { now: '10T17:00', upSince: '10T16:59', last: '09T02:00' },
    '10T17:09',
  ],
  ['an hour after a failure', { now: '10T02:30', last: '09T02:00', failed: '10T02:01' }, '10T03:01'],
])('the next one comes %s', (_, { now, upSince = '01T00:00', last, failed }: Record<string, string>, then) => {
  const optional = (text: string | undefined): Date | undefined => (text === undefined ? undefined : at(text));
  const moments = { now: at(now ?? ''), upSince: at(upSince), last: optional(last), failed: optional(failed) };
  expect(nextTime(nightly, moments)).toEqual(at(then));
});

test('the next week begins on Sunday', () => {
  const moments = { now: at('10T12:00'), upSince: at('01T00:00'), last: at('08T04:00'), failed: undefined };
  expect(nextTime(weekly, moments)).toEqual(at('15T04:00'));
});
