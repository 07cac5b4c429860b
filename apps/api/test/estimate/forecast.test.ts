import type { Outlook } from '@transcode/contracts';
import type { WorkControl } from '@transcode/db';
import { seededRandom } from '@transcode/testing/random';
import { expect, test } from 'vitest';
import { Forecast, later } from '../../src/services/estimate/forecast.ts';
import { whoServes } from '../../src/services/estimate/who-serves.ts';
import { drawnWorker, World } from './drawn-world.ts';

type Known = Extract<Outlook, { kind: 'known' }>;
interface Told {
  readonly at: number;
  readonly outlook: Outlook | null;
}

/** What is told of each job and of all CPU work, at every step until all is done; and when each really was. */
function follow(world: World, { every, jobs }: { every: number; jobs: readonly string[] }) {
  const told = new Map<string, Told[]>([...jobs, 'cpu'].map((id) => [id, []]));
  for (let at = 0; !world.isOver(); at += every) {
    world.runTo(at);
    const forecast = new Forecast(world.survey(), world.serves());
    told.get('cpu')?.push({ at, outlook: forecast.ofClass('cpu') });
    for (const id of jobs) if (forecast.knowsJob(id)) told.get(id)?.push({ at, outlook: forecast.ofJob(id) });
  }
  const endOf = (id: string): number =>
    Math.max(
      ...world.tasks
        .filter((task) => (id === 'cpu' ? task.class === 'cpu' : task.jobId === id && task.stage === 'publish'))
        .map(({ endedAt }) => endedAt),
    );
  return [...told].map(([id, all]) => judge(all, endOf(id)));
}

interface Judged {
  /** By which factors it was out, from a fifth of the way on. */
  readonly factors: readonly number[];
  /** By which factor what was told before differs from what is told now. */
  readonly jumps: readonly number[];
  /** How often the truth lay between low and high. */
  readonly inside: number;
}

/** Of the last moments nobody wants a figure. */
const LAST_SHARE = 0.05;

function judge(told: readonly Told[], end: number): Judged {
  const known = told
    .flatMap(({ at, outlook }) => (outlook?.kind === 'known' ? [{ at, ...(outlook satisfies Known) }] : []))
    .filter(({ at }) => at >= 0.2 * end && end - at > Math.max(3, LAST_SHARE * end));
  return {
    factors: known.map(({ at, seconds }) => apart(seconds, end - at)),
    jumps: known.slice(1).flatMap((each, index) => {
      const before = known[index];
      const step = each.at - (before?.at ?? 0);
      return before === undefined || before.seconds < 2 * step ? [] : [apart(each.seconds + step, before.seconds)];
    }),
    inside: known.filter(({ at, low, high }) => low <= end - at && end - at <= high).length,
  };
}

function apart(one: number, other: number): number {
  return Math.exp(Math.abs(Math.log(one / other)));
}

function shareOf(all: readonly number[], within: number): number {
  return all.filter((each) => each <= within).length / all.length;
}

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Of each drawn world what became of its estimates. */
function judgeAll(draw: (seed: number) => Judged[]) {
  const all = SEEDS.flatMap(draw);
  const factors = all.flatMap((each) => each.factors);
  const inside = all.reduce((sum, each) => sum + each.inside, 0);
  return { factors, jumps: all.flatMap((each) => each.jumps), inside: inside / factors.length };
}

test('of the first video on a machine: mostly within a third, next to always within a factor of two, and it does not jump', () => {
  const { factors, jumps, inside } = judgeAll((seed) => {
    const random = seededRandom(seed);
    const world = new World({ random, slots: { cpu: 1 + (seed % 4), light: 2 } });
    world.add('job', { chunks: Math.round(random.between(5, 60)), work: random.between(3, 40) });
    return follow(world, { every: 10, jobs: ['job'] });
  });
  expect(factors.length).toBeGreaterThan(200);
  expect(Math.max(...factors)).toBeLessThan(2.5);
  expect(shareOf(factors, 2)).toBeGreaterThan(0.98);
  expect(shareOf(factors, 1.35)).toBeGreaterThan(0.85);
  expect(Math.max(...jumps)).toBeLessThan(2);
  expect(inside).toBeGreaterThan(0.8);
});

test('of many videos that wait for each other: each, and all of them', () => {
  const { factors, jumps, inside } = judgeAll((seed) => {
    const random = seededRandom(seed);
    const world = new World({ random, slots: { cpu: 2 + (seed % 7), light: 2 } });
    const jobs = Array.from({ length: 12 }, (_, index) => `job ${index}`);
    for (const job of jobs) world.add(job, { chunks: Math.round(random.between(1, 20)), work: random.between(3, 40) });
    return follow(world, { every: 40, jobs });
  });
  expect(factors.length).toBeGreaterThan(500);
  expect(Math.max(...factors)).toBeLessThan(3);
  expect(shareOf(factors, 2)).toBeGreaterThan(0.98);
  expect(shareOf(factors, 1.5)).toBeGreaterThan(0.9);
  expect(Math.max(...jumps)).toBeLessThan(2.5);
  expect(shareOf(jumps, 1.5)).toBeGreaterThan(0.97);
  expect(inside).toBeGreaterThan(0.8);
});

const QUIET = { taskSpread: 0, videoSpread: 0 };

/** Two videos of ten chunks, the first of them well begun. */
function twoVideos(): World {
  const world = new World({ random: seededRandom(1), slots: { cpu: 1, light: 2 }, ...QUIET });
  world.add('first', { chunks: 10, work: 40 });
  world.runTo(60);
  world.add('second', { chunks: 10, work: 40 });
  return world;
}

const control = (scope: string): WorkControl => ({ scope, state: 'paused', by: 'ana@example.org', at: new Date() });

test('nothing is promised before anything was seen', () => {
  const world = new World({ random: seededRandom(1), slots: { cpu: 1, light: 2 } });
  world.add('job', { chunks: 10, work: 10 });
  world.runTo(0);
  const forecast = new Forecast(world.survey(), world.serves());
  expect(forecast.ofJob('job')).toEqual({ kind: 'unknown' });
  expect(forecast.ofClass('cpu')).toEqual({ kind: 'unknown' });
  expect(forecast.ofClass('gpu')).toBeNull();
});

test('work that somebody stopped has no time, but a name', () => {
  const world = twoVideos();
  const stopped = new Forecast(world.survey(), world.serves([control('class:cpu')]));
  const why = { kind: 'stopped', class: 'cpu', now: true, controls: [expect.objectContaining({ scope: 'class:cpu' })] };
  expect(stopped.ofClass('cpu')).toEqual(why);
  expect(stopped.ofJob('second')).toEqual(why);
  // What it will need later is stopped: it goes on, and nobody knows until when.
  const stoppedLater = new Forecast(world.survey(), world.serves([control('class:light')]));
  expect(stoppedLater.ofJob('second')).toMatchObject({ kind: 'stopped', class: 'light', now: false });
  expect(stoppedLater.ofClass('cpu')?.kind).toBe('known');
});

test('the only worker paused by itself stops the work; one that is gone leaves it unserved', () => {
  const world = twoVideos();
  const slots = { cpu: 1, light: 2 };
  const of = (...[controls, workers]: Parameters<typeof whoServes>) =>
    new Forecast(world.survey(), whoServes(controls, workers)).ofJob('second');
  expect(of([control('worker:a')], [drawnWorker({ id: 'a', slots })])).toMatchObject({ kind: 'stopped', now: true });
  expect(
    of(
      [control('worker:a')],
      ['a', 'b'].map((id) => drawnWorker({ id, slots })),
    ).kind,
  ).toBe('known');
  expect(of([], [])).toEqual({ kind: 'unserved', class: 'cpu', now: true });
  const ill = { ...drawnWorker({ slots }), quarantinedAt: new Date() };
  expect(of([], [ill])).toEqual({ kind: 'unserved', class: 'cpu', now: true });
});

test('it follows the slots there are, and what stands before it', () => {
  const world = twoVideos();
  const seconds = (cpu: number, job: string): number => {
    const serves = whoServes([], [drawnWorker({ slots: { cpu, light: 2 } })]);
    const outlook = new Forecast(world.survey(), serves).ofJob(job);
    return outlook.kind === 'known' ? outlook.seconds : NaN;
  };
  expect(seconds(1, 'second')).toBeGreaterThan(1.1 * seconds(1, 'first'));
  expect(seconds(1, 'second') / seconds(4, 'second')).toBeGreaterThan(2.5);
});

test('a look of some seconds ago has gone on since', () => {
  const outlook = { kind: 'known', seconds: 20, low: 8, high: 40, atLeast: false } as const;
  expect(later(outlook, 10)).toEqual({ ...outlook, seconds: 10, low: 0, high: 30 });
  expect(later({ kind: 'unknown' }, 10)).toEqual({ kind: 'unknown' });
});

test('a video that nobody has read yet makes the rest at least what is known', () => {
  const world = twoVideos();
  const survey = world.survey();
  const unread = { jobId: 'third', priority: 'normal', begun: false, queued: 0, count: 1, work: 0.3 } as const;
  const probe = { ...unread, stage: 'probe', class: 'light', state: 'queued', after: [] } as const;
  const plan = { ...unread, stage: 'plan', class: 'light', state: 'blocked', after: ['probe'] } as const;
  const forecast = new Forecast(
    { ...survey, groups: [...survey.groups, probe, plan], totals: [...survey.totals, probe, plan] },
    world.serves(),
  );
  expect(forecast.ofClass('cpu')).toMatchObject({ kind: 'known', atLeast: true });
  expect(forecast.ofJob('third')).toEqual({ kind: 'unknown' });
});

test('a job behind all that was looked at is between those and the end of all', () => {
  const world = twoVideos();
  const survey = world.survey();
  const totals = survey.totals.map((total) =>
    total.stage === 'encode' && total.state === 'queued' ? { ...total, work: total.work + 100_000 } : total,
  );
  const forecast = new Forecast({ ...survey, totals }, world.serves());
  const all = forecast.ofClass('cpu');
  const groups = survey.groups.filter(({ jobId }) => jobId === 'second');
  const behind = forecast.ofJobBehind(groups.map((group) => ({ ...group, jobId: 'far' })));
  if (all?.kind !== 'known' || behind.kind !== 'known') throw new Error('It is not known');
  expect(behind.seconds).toBeLessThan(all.seconds);
  expect(behind.high).toBeGreaterThan(all.seconds * 0.9);
  expect(behind.low).toBeLessThan(behind.seconds);
});
