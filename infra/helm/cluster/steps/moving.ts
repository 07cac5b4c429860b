import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { list, tryHelm, tryInside, untilReady } from '../means/cluster.ts';
import { HOUSE } from '../means/house.ts';
import { again } from '../means/install-line.ts';
import { endNamespace, makeNamespace } from '../means/namespace.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';

const run = promisify(execFile);
const PORT = 18_080;
const MOVE_IN = join(HOUSE, 'infra/helm/move-in');

/** An installation of one machine, beside the cluster. */
async function transcode(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(join(HOUSE, 'transcode'), args, { maxBuffer: 64 * 1024 ** 2 });
  return stdout;
}

export function moving(): void {
  test('what one machine has moves into a cluster: its video plays, its key opens, new videos are made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'moved-'));
    const data = join(folder, 'data');
    try {
      await transcode('up', '--detach', '--data', data, '--port', String(PORT));
      const source = join(folder, 'moved.mp4');
      await writeFile(source, await clip(6));
      const lines = (await transcode('encode', source, '--data', data, '--json')).trim().split('\n');
      const made = JSON.parse(lines.at(-1) ?? '{}') as { videoId: string; state: string };
      expect(made.state).toBe('ready');
      const key = (await transcode('token', '--data', data, '--role', 'editor')).trim();
      await run(MOVE_IN, ['dump', '--data', data, folder]);
      await transcode('down', '--data', data);

      await endNamespace();
      await makeNamespace();
      const waiting = ['api', 'workers.cpu'].flatMap((part) => [
        ...['--set', `${part}.autoscaling.enabled=false`],
        ...['--set', `${part}.replicas=0`],
      ]);
      waiting.push('--values', join(folder, 'values.yaml'));
      const installed = await tryHelm([...again('install'), ...waiting]);
      expect({ code: installed.code, stderr: installed.stderr }).toEqual({ code: 0, stderr: '' });
      const restored = await tryInside([MOVE_IN, 'restore', '--data', data, folder]);
      say(restored.stdout.trim());
      expect({ code: restored.code, stderr: restored.stderr }).toEqual({ code: 0, stderr: '' });
      const upgraded = await tryHelm(again('upgrade'));
      expect({ code: upgraded.code, stderr: upgraded.stderr }).toEqual({ code: 0, stderr: '' });
      await untilReady(300);
      expect((await list('pods', 'component=api')).length).toBe(3);

      people.enter(key);
      const { url } = await people.ready(made.videoId);
      const { parts } = await people.play(url);
      say(`The video of the machine plays in the cluster: ${parts} parts.`);
      await people.play((await people.ready((await people.upload('new.mp4', await clip(3))).id)).url);
      // Twice is refused, whatever runs.
      const twice = await tryInside([MOVE_IN, 'restore', '--data', data, folder]);
      expect(twice.code).toBe(1);
      expect(twice.stderr).toContain('API or workers are there');
    } finally {
      // Where nothing runs any more it has nothing to do.
      await transcode('down', '--data', data);
      people.forget();
      await rm(folder, { recursive: true });
    }
  });
}
