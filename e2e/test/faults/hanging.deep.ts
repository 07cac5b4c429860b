import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerView } from '@transcode/contracts';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../src/client.ts';
import { ffmpegThatHangs, HANGS } from '../../src/ffmpeg-that-hangs.ts';
import { holdProcess } from '../../src/hold-process.ts';
import { startInstallation, type Installation } from '../../src/installation.ts';
import { startOwnWorker } from '../../src/own-worker.ts';
import { pidOf } from '../../src/pid-of.ts';
import { TOOLS } from '../../src/tools.ts';

const MOST_MS = 5 * 60_000;
const LOOK_MS = 2_000;

/** One worker with two slots; a film that hangs each ffmpeg that reads it, and others beside it. */
describe('a film that hangs its ffmpeg', { timeout: MOST_MS + 60_000 }, () => {
  const disposables = new AsyncDisposableStack();
  let folder: string;
  let installation: Installation;
  let client: Client;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hanging-'));
    disposables.defer(() => rm(folder, { recursive: true, force: true }));
    installation = await startInstallation();
    disposables.defer(() => installation.stop());
    // Who runs the machines is told why in detail.
    client = new Client(installation.url, await installation.key('operator'));
    disposables.use(holdProcess(await pidOf(installation.data, 'worker-1')));
    const ffmpeg = await ffmpegThatHangs(TOOLS.ffmpeg, folder);
    const worker = await startOwnWorker(installation.data, 'cpu,light,maintenance', {
      env: { TRANSCODE_FFMPEG: ffmpeg },
    });
    disposables.defer(() => worker.stop());
  });
  afterAll(() => disposables.disposeAsync());

  async function upload(name: string, more: readonly string[] = []): Promise<string> {
    const steps = [[...inputs({ frames: 50 }), ...X264, ...AAC, ...more, '{}']];
    const file = await makeCase(TOOLS.ffmpeg, { name, file: `${name}.mp4`, steps, expect: { refused: '' } }, folder);
    return client.upload(file, { preset: 'preview' });
  }

  /** How two others fare meanwhile, one after the other. */
  async function besideIt(bad: string): Promise<string[]> {
    const ends: string[] = [];
    for (const name of ['beside-it', 'beside-it-too']) {
      const { state, job } = await client.ended(await upload(name), MOST_MS);
      const failures =
        job?.tasks.flatMap(({ failure }) => (failure === null ? [] : [`, ${failure.detail ?? failure.sentence}`])) ??
        [];
      const isHanging = (await client.video(bad)).state === 'processing';
      ends.push([state, ...failures, isHanging ? ' while it hangs' : ' too late'].join(''));
    }
    return ends;
  }

  /** Whether the worker was ever in quarantine while something lasted. */
  async function quarantines(lasting: AbortSignal): Promise<string[]> {
    const seen: string[] = [];
    while (!lasting.aborted) {
      const answer = await client.request('/api/v1/workers');
      const { items } = (await answer.json()) as { items: WorkerView[] };
      seen.push(...items.flatMap(({ id, quarantine }) => (quarantine === null ? [] : [`${id}: ${quarantine.reason}`])));
      await pause(LOOK_MS);
    }
    return seen;
  }

  test('fails with a sentence within five minutes, and takes nobody with it', async () => {
    const begun = performance.now();
    const bad = await upload('hangs', ['-an', '-metadata', `comment=${HANGS}`]);
    const over = new AbortController();
    const [{ state, failure, job }, others, seen] = await Promise.all([
      client.ended(bad, MOST_MS).finally(() => over.abort()),
      besideIt(bad),
      quarantines(over.signal),
    ]);
    expect(performance.now() - begun).toBeLessThan(MOST_MS);
    expect(others).toEqual(['ready while it hangs', 'ready while it hangs']);
    expect(seen).toEqual([]);
    expect(state).toBe('failed');
    expect(failure).toMatchObject({
      code: 'encode_stalled',
      sentence: 'Encoding got no further in this file. Save it anew with another program.',
      detail: expect.stringMatching(
        /^ffmpeg got no further in this file for \d+ s and was stopped\. Save it anew with another program\.$/,
      ),
    });
    const tried = job?.tasks.filter((task) => task.failure !== null) ?? [];
    expect(tried.map(({ stage, attempts, infraAttempts }) => [stage, attempts, infraAttempts])).toEqual([
      ['encode', 2, 0],
    ]);
  });
});
