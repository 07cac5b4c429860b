import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// infra/k8s/test/load_test.js on a stand-in for k6: what it asks and what it takes for wrong. No load is made, and nothing is measured.

interface Ran {
  readonly ran: Record<string, { line: string; key?: string; bytes?: number }[]>;
  readonly failed: readonly string[];
  readonly thresholds: Record<string, string[]>;
}

const VIDEO = { id: 'v1', playbackUrl: 'https://people.example.org/media/v1/master.m3u8?grant=g' };
const ANSWERS = {
  'GET /api/v1/videos': { status: 200, body: JSON.stringify({ items: [VIDEO] }) },
  'GET /api/v1/videos/v1': { status: 200 },
  'GET /media/v1/master.m3u8': {
    status: 200,
    body: '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv360/media.m3u8?grant=g\n',
  },
  'GET /media/v1/v360/media.m3u8': { status: 200, body: '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:6,\n0.m4s\n' },
  'GET /media/v1/v360/init.mp4': { status: 200 },
  'GET /media/v1/v360/0.m4s': { status: 200 },
  'POST /api/uploads': { status: 201, headers: { Location: 'https://people.example.org/api/uploads/u1' } },
  'PATCH /api/uploads/u1': { status: 204, headers: { 'Upload-Offset': '7' } },
  'GET /api/v1/uploads/u1': { status: 200, body: '{"videoId":"v2"}' },
  'DELETE /api/v1/videos/v2': { status: 204 },
};
const ENV = { URL: 'http://cluster/', KEYS: 'one,two', CLIP: 'clip.mp4' };

function run(answers: object = ANSWERS, env: Record<string, string> = ENV) {
  const runner = join(import.meta.dirname, 'helm/k6-stand-in.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [runner, JSON.stringify({ env, answers })], {
    encoding: 'utf8',
  });
  return { status, stderr, told: status === 0 ? (JSON.parse(stdout) as Ran) : undefined };
}

test('it reads, shows, plays and uploads at the host that was named, and takes away what it made', () => {
  const { told, stderr } = run();
  expect(stderr).toBe('');
  expect(told?.failed).toEqual([]);
  const lines = Object.fromEntries(
    Object.entries(told?.ran ?? {}).map(([name, all]) => [name, all.map(({ line }) => line)]),
  );
  expect(lines).toEqual({
    api: ['GET /api/v1/videos?limit=50'],
    viewers: ['GET /api/v1/videos/v1'],
    playback: [
      'GET /media/v1/master.m3u8?grant=g',
      'GET /media/v1/v360/media.m3u8?grant=g',
      'GET /media/v1/v360/init.mp4',
      'GET /media/v1/v360/0.m4s',
    ],
    uploads: ['POST /api/uploads', 'PATCH /api/uploads/u1', 'GET /api/v1/uploads/u1', 'DELETE /api/v1/videos/v2'],
  });
  expect(told?.ran['uploads']?.[1]?.bytes).toBe(7);
  expect(told?.ran['api']?.[0]?.key).toBe('Bearer one');
  // Who plays has an address, and no key.
  expect(told?.ran['playback']?.map(({ key }) => key)).toEqual(Array.from({ length: 4 }));
});

test.for([
  ['GET /api/v1/videos/v1', { status: 503 }, 'a video is shown'],
  ['GET /media/v1/master.m3u8', { status: 403 }, 'the master playlist comes'],
  ['GET /media/v1/v360/media.m3u8', { status: 200, body: '#EXTM3U\n' }, 'a playlist names segments'],
  ['GET /media/v1/v360/0.m4s', { status: 404 }, 'a segment comes'],
  ['POST /api/uploads', { status: 429 }, 'an upload is begun'],
  ['PATCH /api/uploads/u1', { status: 204, headers: { 'Upload-Offset': '3' } }, 'an upload is whole'],
  ['DELETE /api/v1/videos/v2', { status: 403 }, 'it is taken away again'],
] as const)('%s answered with %o: not "%s"', ([line, answer, check]) => {
  expect(run({ ...ANSWERS, [line]: answer }).told?.failed).toContain(check);
});

test('each scenario has a threshold, and a generator that lags behind is one', () => {
  const { ran = {}, thresholds = {} } = run().told ?? {};
  for (const name of Object.keys(ran))
    expect(Object.keys(thresholds).filter((metric) => metric.includes(`{scenario:${name}}`))).not.toEqual([]);
  expect(thresholds['dropped_iterations']).toEqual(['count==0']);
});

test('what cannot be measured is refused: too few keys for the rate, nothing to watch', () => {
  expect(run(ANSWERS, { ...ENV, RATE: '500' }).stderr).toContain('KEYS has 2 keys, and 26 are needed.');
  expect(run({ 'GET /api/v1/videos': { status: 200, body: '{"items":[]}' } }).stderr).toContain('No video is ready');
});
