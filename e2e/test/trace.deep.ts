import path from 'node:path';
import { SPANS } from '@transcode/contracts';
import {
  GO,
  startTraceServers,
  temporaryFolder,
  waitFor,
  type StoredSpan,
  type TraceServers,
} from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { startInstallation, type Installation } from '../src/installation.ts';
import { killAtWork } from '../src/kill-at-work.ts';

const FFMPEG = path.resolve(import.meta.dirname, '../../.tools/bin/ffmpeg');

// Building Jaeger takes some minutes the first time.
describe.skipIf(GO === undefined)('one video’s trace, as Jaeger has it from our collector', () => {
  const after = new AsyncDisposableStack();
  let servers: TraceServers;
  let installation: Installation;
  let key: string;
  let spans: StoredSpan[];

  beforeAll(async () => {
    const folder = after.adopt(await temporaryFolder(), (one) => one.remove());
    servers = after.adopt(await startTraceServers({ keptPercent: 0, decisionSeconds: 2 }), (one) => one.stop());
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: servers.endpoint, CHUNK_SEGMENTS: '1' };
    installation = after.adopt(await startInstallation({ settings }), (one) => one.stop());
    key = await installation.key('editor');
    const client = new Client(installation.url, key);
    const steps = [[...inputs({ width: 1280, height: 720, frames: 1_000 }), ...X264, ...AAC, '{}']];
    const made = { file: 'tide.mp4', steps, expect: { refused: '' } };
    const video = await client.upload(await makeCase(FFMPEG, { name: 'tide', ...made }, folder.path));
    const [, traceId = ''] = (await killAtWork(installation.data, 'encode')).split('-');
    await client.ended(video);
    spans = await waitFor(
      async () => {
        const now = await servers.trace(traceId);
        return now.some(({ operationName }) => operationName === 'task publish') && now;
      },
      { timeout: 60_000 },
    );
  });
  afterAll(() => after.disposeAsync());

  test('has API, queue, worker, ffmpeg, database and storage under one id', () => {
    const names = new Set(spans.map(({ operationName }) => operationName));
    for (const name of ['POST /api/uploads', 'upload', 'queue encode', 'task encode', 'ffmpeg', 'task publish'])
      expect([name, names.has(name)]).toEqual([name, true]);
    const services = new Set(spans.map(({ service }) => service));
    expect(services).toEqual(new Set(['transcode-api', 'transcode-worker', 'postgres', 'redis', 'storage']));
  });

  test('links the second attempt at a task to the first', () => {
    const linked = spans.filter(({ references }) => references.some(({ refType }) => refType === 'FOLLOWS_FROM'));
    expect(linked.some(({ operationName }) => operationName.startsWith('task '))).toBe(true);
  });

  test('says what the contract lists, and no secret', () => {
    const listed = new Set<string>(Object.values(SPANS).flatMap(({ attributes }) => attributes as readonly string[]));
    const ours = new Set(
      spans
        .flatMap(({ tags }) => Object.keys(tags))
        .filter((tag) => /^(transcode|http|db|process|messaging)\./.test(tag)),
    );
    expect([...ours].filter((tag) => !listed.has(tag))).toEqual([]);
    expect(ours.size).toBeGreaterThan(10);
    const everything = JSON.stringify(spans);
    for (const secret of [key, installation.password]) expect(everything.includes(secret)).toBe(false);
  });

  test('draws a map of services', async () => {
    const drawn = [
      ...['transcode-api → transcode-worker', 'transcode-api → postgres', 'transcode-api → redis'],
      ...['transcode-worker → postgres', 'transcode-worker → redis', 'transcode-worker → storage'],
    ];
    const missing = async (): Promise<string[]> => {
      const edges = await servers.services();
      return drawn.filter((edge) => !edges.includes(edge));
    };
    await expect.poll(missing, { timeout: 30_000 }).toEqual([]);
  });
});
