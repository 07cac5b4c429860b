import type { Container } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { clockJumps } from '../../../src/probe/clock/clock-jumps.ts';
import { inTicks, onOneClock } from '../../../src/probe/clock/one-clock.ts';
import { soundTimes } from '../../../src/probe/clock/sound-times.ts';
import { ClockBudget, endOf, StreamClock } from '../../../src/probe/clock/stream-clock.ts';

const [PICTURE, SOUND] = [0, 1];
const STEP = { [PICTURE]: 0.04, [SOUND]: 0.02 };

/** Picture or sound from one time to another, as the bytes come. */
interface Run {
  readonly stream: number;
  readonly from: number;
  readonly to: number;
  /** What its clock says more than it is. */
  readonly later?: number;
}

const both = (from: number, to: number): Run[] => [
  { stream: PICTURE, from, to },
  { stream: SOUND, from, to },
];

/** Packets of both streams, interleaved as a muxer does; each group of runs lies behind the one before. */
function clocksOf(groups: readonly (readonly Run[])[]): ReadonlyMap<number, StreamClock> {
  const clocks = new Map([PICTURE, SOUND].map((index) => [index, new StreamClock(new ClockBudget())]));
  let order = 0;
  for (const runs of groups) {
    const all = runs.flatMap(({ stream, from, to, later = 0 }) => {
      const step = STEP[stream] ?? 1;
      return Array.from({ length: Math.round((to - from) / step) }, (_, n) => ({
        stream,
        at: from + n * step,
        later,
        step,
      }));
    });
    for (const { stream, at, later, step } of all.toSorted((a, b) => a.at - b.at)) {
      const time = at + later;
      const others = () => [...clocks].flatMap(([index, clock]) => (index === stream ? [] : (clock.reached() ?? [])));
      order += 1;
      clocks.get(stream)?.add({ shown: time, decoded: time, duration: step, position: order * 188 }, order, others);
    }
  }
  return clocks;
}

async function jumpsOf(groups: readonly (readonly Run[])[], container: Container = 'mpegts', isBroken = false) {
  const streams = clocksOf(groups);
  const found = await clockJumps({ container, streams, leading: PICTURE, isBroken: () => Promise.resolve(isBroken) });
  return [PICTURE, SOUND].map((index) => found.get(index)?.map(({ seconds }) => Math.round(seconds * 1000) / 1000));
}

test('picture and sound that jump together are moved by the same', async () => {
  const uneven: Run[] = [
    { stream: PICTURE, from: 9000.1, to: 9010 },
    { stream: SOUND, from: 9000.4, to: 9010 },
  ];
  expect(await jumpsOf([both(10, 20), uneven])).toEqual([[-8980.1], [-8980.1]]);
  expect(await jumpsOf([both(9000, 9010), both(0, 10)])).toEqual([[9010], [9010]]);
});

test('a clock that begins again and again is joined part by part', async () => {
  expect(await jumpsOf([both(0, 6), both(0, 6), both(0, 6)])).toEqual([
    [6, 6],
    [6, 6],
  ]);
  expect(await jumpsOf([both(0, 6), both(0, 6)], 'matroska')).toEqual([[6], [6]]);
});

const packets = (stream: number, from: number, to: number, later = 0) => ({ stream, from, to, later });

test('what jumps alone runs on by itself', async () => {
  // As the bytes come, the sound of 10 to 20 s lies beside its picture and says that it is of a minute later.
  const sound = [packets(PICTURE, 10, 20), packets(SOUND, 10, 20, 60)];
  const picture = [packets(PICTURE, 10, 20, -7), packets(SOUND, 10, 20)];
  expect(await jumpsOf([both(0, 10), sound])).toEqual([undefined, [-60]]);
  expect(await jumpsOf([both(0, 10), picture])).toEqual([[7], undefined]);
});

test('a pause is none: the other stream ran on meanwhile, or it is short and nothing tells of a break', async () => {
  const talk: Run[] = [{ stream: SOUND, from: 10, to: 7300 }];
  expect(await jumpsOf([both(0, 10), talk, both(7300, 7310)])).toEqual([undefined, undefined]);
  expect(await jumpsOf([both(0, 10), both(600, 610)])).toEqual([undefined, undefined]);
  expect(await jumpsOf([both(0, 10), both(600, 610)], 'mpegts', true)).toEqual([[-590], [-590]]);
  expect(await jumpsOf([both(0, 10), both(9000, 9010)], 'mp4')).toEqual([undefined, undefined]);
});

test('times are moved packet by packet, and sound begins and ends on the one clock', async () => {
  const streams = clocksOf([both(10, 12), both(100, 102)]);
  const jumps = await clockJumps({
    ...{ container: 'mpegts', streams, leading: PICTURE },
    isBroken: () => Promise.resolve(true),
  });
  const { jumps: ticks } = inTicks(PICTURE, jumps.get(PICTURE) ?? [], 1 / 1000);
  const raw = { keys: [], latest: 0, lastDuration: 40, durations: 0, corrupt: 0, dts: [] };
  const pts = Array.from({ length: 100 }, (_, n) => (n < 50 ? 10_000 : 98_000) + n * 40);
  const moved = onOneClock({ ...raw, pts }, ticks);
  expect(moved.pts).toEqual(Array.from({ length: 100 }, (_, n) => 10_000 + n * 40));
  const sound = soundTimes(streams.get(SOUND) ?? new StreamClock(new ClockBudget()), jumps.get(SOUND) ?? []);
  expect([sound.start, sound.isClockBroken]).toEqual([10, false]);
  expect(sound.end).toBeCloseTo(14, 1);
});

test('a part whose last pictures do not say when they are shown ends as late after decoding as it began', () => {
  const clock = new StreamClock(new ClockBudget());
  // I P B B P B B: the second P is shown last, and says nothing.
  const shown = [1, 4, 2, 3, NaN, 5, 6];
  for (const [order, at] of shown.entries())
    clock.add({ shown: at, decoded: order, duration: 1, position: order * 188 }, order, () => []);
  expect(clock.parts.map(endOf)).toEqual([8]);
});

/** Seconds at which pictures are shown, in the order in which they come. */
function reordered(...shown: readonly number[]): StreamClock {
  const clock = new StreamClock(new ClockBudget(), { isReordered: true });
  for (const [order, at] of shown.entries())
    clock.add({ shown: at, decoded: at, duration: 1, position: order * 188 }, order, () => []);
  return clock;
}

const isWhole = () => Promise.resolve(false);

async function jumpsIn(clock: StreamClock): Promise<number[]> {
  const streams = new Map([[PICTURE, clock]]);
  const found = await clockJumps({ container: 'matroska', streams, leading: PICTURE, isBroken: isWhole });
  return (found.get(PICTURE) ?? []).map(({ seconds }) => seconds);
}

test.each([
  [0, 20, 10, 50, 30, 40],
  [0, 40, 20, 10, 30, 80, 60, 50, 70],
  [0, 10, 20, 40, 30, 50],
])(
  'pictures of seconds that are shown in another order than they come do not jump: %i, %i, %i, %i …',
  async (...shown) => {
    const clock = reordered(...shown);
    expect(await jumpsIn(clock)).toEqual([]);
    expect(Math.max(...clock.parts.map(endOf))).toBe(Math.max(...shown) + 1);
  },
);

test('a clock that begins again jumps, though pictures are reordered in both parts', async () => {
  const part = Array.from({ length: 8 }, (_, group) => [4 * group, 4 * group + 3, 4 * group + 1, 4 * group + 2]).flat();
  expect(await jumpsIn(reordered(...part.map((at) => at + 100), ...part))).toEqual([132]);
});
