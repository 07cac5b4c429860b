import type { Alive } from '@transcode/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServerWatch, type Trouble } from '../../../src/features/away/server-watch.ts';

const WELL: Alive = { data: true, pages: true };
/** Within which it is told, and told again that all is well. */
const MOST_MS = 5_000;

/** What answers, and after how long. */
let answer: Alive | undefined;
let afterMs: number;
let isOnline: boolean;
let isHidden: boolean;
let asked: number;
let watch: ServerWatch;
let stop: () => void;

const ask = (signal: AbortSignal): Promise<Alive | undefined> => {
  asked += 1;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(answer), afterMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
};

beforeEach(() => {
  vi.useFakeTimers();
  // Its time is not the fake one.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ms);
    return controller.signal;
  });
  [answer, afterMs, isOnline, isHidden, asked] = [WELL, 5, true, false, 0];
  watch = new ServerWatch({ ask, isOnline: () => isOnline, isHidden: () => isHidden });
  stop = watch.start();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** How long until it says so; at most ten seconds. */
async function msUntil(trouble: Trouble | undefined): Promise<number> {
  const begun = Date.now();
  while (watch.standing().trouble !== trouble && Date.now() - begun < 10_000) await pass(10);
  return Date.now() - begun;
}

describe.each<[string, () => void, Trouble]>([
  ['refuses', () => (answer = undefined), 'server'],
  ['does not answer', () => (afterMs = 1e9), 'server'],
  ['has no database', () => (answer = { data: false, pages: true }), 'server'],
  [
    'has no database, and is slow to say so',
    () => ((answer = { data: false, pages: true }), (afterMs = 1_100)),
    'server',
  ],
  ['has no console', () => (answer = { data: true, pages: false }), 'pages'],
  ['cannot be reached from this machine', () => ((answer = undefined), (isOnline = false)), 'offline'],
])('a server that %s', (_, strike, trouble) => {
  test.each([0, 700, 1_400, 2_300])('is told within five seconds, and so is its return (%i ms)', async (ms) => {
    await pass(10_000 + ms);
    const wellAt = Date.now();
    strike();
    expect(await msUntil(trouble)).toBeLessThan(MOST_MS);
    const { since } = watch.standing();
    expect(Math.abs((since?.getTime() ?? 0) - wellAt)).toBeLessThan(2_000);
    await pass(30_000);
    expect(watch.standing()).toEqual({ trouble, since, isAwaited: false });
    [answer, afterMs, isOnline] = [WELL, 5, true];
    expect(await msUntil(undefined)).toBeLessThan(MOST_MS + 100);
    expect(watch.standing().since).toBeUndefined();
  });
});

describe('says nothing', () => {
  test('of one refusal', async () => {
    await pass(5_000);
    answer = undefined;
    watch.doubt();
    await pass(20);
    answer = WELL;
    await pass(3_000);
    expect(watch.standing().trouble).toBeUndefined();
  });

  test('of a line that is slow while other answers come by it', async () => {
    afterMs = 4_000;
    for (let second = 0; second < 20; second += 1) {
      await pass(1_000);
      watch.heard();
      expect(watch.standing().trouble).toBeUndefined();
    }
  });

  test('twice of a line that has become slow', async () => {
    afterMs = 2_000;
    await msUntil('server');
    await msUntil(undefined);
    for (let second = 0; second < 20; second += 1) {
      await pass(1_000);
      expect(watch.standing().trouble).toBeUndefined();
    }
  });
});

test('what a page met is looked at at once', async () => {
  await pass(5_100);
  answer = undefined;
  watch.doubt();
  expect(await msUntil('server')).toBeLessThan(500);
});

test('a page that nobody sees asks nothing, and asks when it is seen again', async () => {
  isHidden = true;
  await pass(3_000);
  const before = asked;
  await pass(60_000);
  expect(asked).toBe(before);
  isHidden = false;
  answer = undefined;
  watch.doubt();
  expect(await msUntil('server')).toBeLessThan(500);
});

test('what waits for the server is told as waiting, and goes on when it was found anew', async () => {
  answer = undefined;
  await msUntil('server');
  let isOver = false;
  void watch.whenWell().then(() => (isOver = true));
  await pass(5_000);
  expect([isOver, watch.standing().isAwaited]).toEqual([false, true]);
  answer = WELL;
  await msUntil(undefined);
  await pass(100);
  expect([isOver, watch.standing().isAwaited]).toEqual([true, false]);
});

test('nothing is asked any more once it was stopped', async () => {
  await pass(5_000);
  stop();
  const before = asked;
  await pass(60_000);
  expect(asked).toBe(before);
});
