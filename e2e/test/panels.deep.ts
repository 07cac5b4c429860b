import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { panelQueries, prometheusOf, ruleNames, withoutData } from '../src/signals/ask-prometheus.ts';
import { useAndBreak } from '../src/signals/use-and-break.ts';
import { WatchedInstallation } from '../src/signals/watched-installation.ts';

const FFMPEG = path.resolve(import.meta.dirname, '../../.tools/bin/ffmpeg');

/** What has nothing to show where all is well, no GPU encodes and no more than one video is made; and what is not ours. */
const WITHOUT_DATA = [
  ...['probe_ssl', 'ALERTS{', 'device="gpu"', 'transcode_redis_memory_limit_bytes'],
  // Of fewer than ten videos nothing is said.
  ...['slo="time_to_ready"', 'slo=~"time_to_ready"'],
];

let watched: WatchedInstallation;

beforeAll(async () => {
  watched = await WatchedInstallation.start();
  await useAndBreak(watched, FFMPEG);
}, 600_000);
afterAll(() => watched.stop());

/** Apart from the rest of the signals: what a rate says depends on how long ago something was. */
test('every panel of every dashboard and every recording rule has data', { timeout: 180_000 }, async () => {
  const prometheus = await prometheusOf(watched.installation.data);
  const recorded = (await ruleNames('record')).map((name) => ({ where: 'rules', expression: name }));
  const asked = [...recorded, ...(await panelQueries())];
  const able = asked.filter(({ expression }) => !WITHOUT_DATA.some((part) => expression.includes(part)));
  // Rules build on each other, and each is worked out every fifteen seconds.
  const without = await withoutData(prometheus, able, 150_000);
  expect(without.map(({ where, expression }) => `${where}: ${expression}`)).toEqual([]);
});
