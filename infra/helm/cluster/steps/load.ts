import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { endBareServer, keepLoadOut, letLoadIn, processorSeconds, startBareServer } from '../means/bare-server.ts';
import { kubectl, NAMESPACE, staying, tryInside, type Pod } from '../means/cluster.ts';
import { makeLoadRows, makeViews, takeLoadRows } from '../means/load-rows.ts';
import { runWritten } from '../means/page-shell.ts';
import { clip, people } from '../means/people.ts';
import { putBack } from '../means/put-back.ts';
import { say } from '../means/say.ts';
import { withTools } from './doors.ts';

/** What the API requests as it comes, and here its limit as well. */
const SIZE = { cpu: '500m', memory: '512Mi' };
const SHARE = 0.5;
const PINNED = ['requests', 'limits'].flatMap((kind) => [
  ...['--set', `api.resources.${kind}.cpu=${SIZE.cpu}`, '--set', `api.resources.${kind}.memory=${SIZE.memory}`],
]);
const LEAST_RATIO = 0.5;
const VIDEOS = 60;
/** Each may ask 1,200 times a minute, and is looked up again every 3 s: the more there are, the more of the work that is. */
const KEYS = 40;
const [ROUNDS, ROUND_SECONDS, WARM_UP_SECONDS, STEADY_SECONDS] = [5, 10, 40, 20];
const READS = resolve(import.meta.dirname, '../load/reads.js');
const PATH = '/api/v1/videos?limit=50';
/** One of each scenario of load_test.js at least. */
const CHECKS = [
  'a read is answered',
  'a video is shown',
  'a segment comes',
  'an upload is whole',
  'it is taken away again',
];

interface Measured {
  readonly perSecond: number;
  readonly failed: number;
  readonly late: number;
  readonly p95Ms: number;
  /** Of processors, by the server's process. */
  readonly used: number;
}

interface Side {
  readonly name: string;
  readonly pod: Pod;
  readonly rounds: Measured[];
}

/** The generator is held to the last processor: what it takes is nobody's share. */
async function measure({ pod }: Side, keysFile: string, seconds: number, rate = 0): Promise<Measured> {
  const before = await processorSeconds(pod);
  const env = { ADDRESS: `http://${pod.status.podIP}:8080`, KEYS: keysFile, DURATION: `${seconds}s`, RATE: rate };
  const { code, stdout, stderr } = await tryInside([
    ...['bash', '-c', 'exec taskset --cpu-list $(($(nproc) - 1)) "$@"', 'k6', 'env', 'GOMAXPROCS=1'],
    ...['k6', 'run', '--quiet', '--no-usage-report', '--address', ''],
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    READS,
  ]);
  if (code !== 0) throw new Error(stderr);
  const used = ((await processorSeconds(pod)) - before) / seconds;
  return { ...(JSON.parse(stdout) as Omit<Measured, 'used'>), used };
}

interface Page {
  readonly items: readonly { readonly id: string }[];
}

/** What a pod answers to a key. */
async function answered({ status }: Pod, key: string): Promise<string> {
  const ask = `fetch('http://${status.podIP}:8080${PATH}', { headers: { authorization: 'Bearer ${key}' } })
    .then(async (answer) => { if (!answer.ok) throw new Error(await answer.text()); process.stdout.write(await answer.text()); })`;
  const { code, stdout, stderr } = await tryInside([process.execPath, '-e', ask]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const spread = (values: readonly number[], digits: number): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
const idsIn = (text: string): string[] => (JSON.parse(text) as Page).items.map(({ id }) => id);

function tell({ name, rounds }: Side): void {
  const of = (what: (round: Measured) => number, digits = 0): string => spread(rounds.map(what), digits);
  say(
    `${name}: ${of(({ perSecond }) => perSecond)} reads a second, p95 ${of(({ p95Ms }) => p95Ms)} ms, by ${of(({ used }) => used, 2)} of ${SHARE} processors: ${of(({ perSecond, used }) => perSecond / used)} a second of one.`,
  );
}

/** How many authenticated reads one pod of the API answers for each of a bare server, where its share of processors is what limits both. */
async function besideBare(keysFile: string, key: string, workspace: string): Promise<number> {
  const [api] = await staying('component=api');
  if (api === undefined) throw new Error('There is no pod of the API.');
  const all = JSON.parse(await answered(api, key)) as Page;
  await makeViews(workspace, all.items);
  const sides: readonly [Side, Side] = [
    { name: 'API', pod: api, rounds: [] },
    { name: 'Bare Fastify and pg', pod: await startBareServer(api, SIZE), rounds: [] },
  ];
  const [said, saidBare] = [await answered(sides[0].pod, key), await answered(sides[1].pod, key)];
  expect(idsIn(saidBare)).toEqual(idsIn(said));
  expect(Math.abs(said.length - saidBare.length) / said.length).toBeLessThan(0.01);
  say(
    `${api.spec.nodeName}: ${idsIn(said).length} videos, ${said.length} bytes an answer, ${ROUNDS} rounds of ${ROUND_SECONDS} s.`,
  );
  for (const side of sides) await measure(side, keysFile, WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of round % 2 === 0 ? sides : sides.toReversed())
      side.rounds.push(await measure(side, keysFile, ROUND_SECONDS));
  for (const side of sides) tell(side);
  const ratios = sides[0].rounds.map(
    ({ perSecond }, round) => perSecond / (sides[1].rounds[round]?.perSecond ?? Number.NaN),
  );
  say(`The API beside the bare server: ${spread(ratios, 2)}.`);
  // Where nobody waits for a processor, but for the end of the period in which the share was used up.
  const half = Math.floor(median(sides[0].rounds.map(({ perSecond }) => perSecond)) / 2);
  for (const side of sides) {
    const { p95Ms, failed, late } = await measure(side, keysFile, STEADY_SECONDS, half);
    say(`${side.name} at ${half} reads a second: p95 ${p95Ms.toFixed(0)} ms, ${late} asked too late.`);
    expect(failed).toBe(0);
  }
  expect(sides.flatMap(({ rounds }) => rounds.filter(({ failed }) => failed > 0))).toEqual([]);
  // Were something else what limits them, the ratio would be that something’s.
  for (const { rounds } of sides) expect(median(rounds.map(({ used }) => used))).toBeGreaterThan(SHARE / 2);
  return median(ratios);
}

export function load(): void {
  test('k6: authenticated reads of one pod of the API, beside a bare Fastify and pg in a pod of the same size', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'load-'));
    const keysFile = join(folder, 'keys');
    const { id } = await people.upload('read.mp4', await clip(3));
    await people.ready(id);
    try {
      await putBack(...PINNED);
      await letLoadIn();
      const { workspace, keys } = await makeLoadRows(id, VIDEOS, KEYS);
      await writeFile(keysFile, keys.join('\n'));
      expect(await besideBare(keysFile, keys[0] ?? '', workspace)).toBeGreaterThanOrEqual(LEAST_RATIO);
    } finally {
      await endBareServer();
      await takeLoadRows();
      await keepLoadOut();
      await putBack();
      await rm(folder, { recursive: true });
    }
  });

  test('k6 run load_test.js: reads, people, players and uploads within their thresholds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'load-'));
    const file = join(folder, 'clip.mp4');
    await writeFile(file, await clip(3));
    await people.ready((await people.upload('played.mp4', await clip(12))).id);
    const address = '--output=jsonpath=http://{.spec.clusterIP}';
    const url = await kubectl('get', 'service', 'api-service', '--namespace', NAMESPACE, address);
    const keys = await withTools(async (transcode) => [
      (await transcode('token', '--role', 'editor')).trim().split('\n').at(-1) ?? '',
      (await transcode('token', '--role', 'editor')).trim().split('\n').at(-1) ?? '',
    ]);
    try {
      await letLoadIn();
      const { code, stdout, stderr } = await runWritten(
        'URL=https://video.example.org KEYS=key1,key2 CLIP=clip.mp4 k6 run infra/k8s/test/load_test.js',
        {
          fill: { 'https://video.example.org': url, 'key1,key2': keys.join(','), 'CLIP=clip.mp4': `CLIP=${file}` },
          env: { DURATION: '30s', RATE: '5', VIEWERS: '2', PLAYERS: '1', K6_NO_USAGE_REPORT: 'true' },
        },
      );
      say(stdout.slice(stdout.indexOf('THRESHOLDS')));
      expect({ code, stderr }).toMatchObject({ code: 0 });
      // A threshold that nothing was measured for would pass.
      for (const check of CHECKS) expect(stdout).toContain(`✓ ${check}`);
      expect(stdout).not.toContain('✗');
    } finally {
      await keepLoadOut();
      await rm(folder, { recursive: true });
    }
  });
}
