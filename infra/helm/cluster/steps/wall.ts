import { expect, test } from 'vitest';
import { pods } from './cluster.ts';
import { ffmpegAt, inWorker } from './in-worker.ts';
import { say } from './say.ts';

export function wall(): void {
  test('the worker says that ffmpeg is behind Landlock, and nothing is missing', async () => {
    const ready = await inWorker(
      `console.log(JSON.stringify(await (await fetch('http://127.0.0.1:9091/ready')).json()))`,
    );
    say(`The worker's /ready: ${ready}`);
    expect(JSON.parse(ready)).toMatchObject({ ready: true, walls: ['landlock'] });
    const missing = await inWorker(
      `import { sandbox } from '/app/apps/worker/src/ffmpeg/sandbox.ts'; console.log(JSON.stringify(sandbox().missing))`,
    );
    expect(JSON.parse(missing)).toEqual([]);
  });

  test('ffmpeg behind it reaches neither Postgres nor Redis nor storage, which it would reach without', async () => {
    const all = await pods();
    for (const [part, port] of [
      ['postgres', 5432],
      ['redis', 6379],
      ['seaweedfs', 8333],
    ] as const) {
      const address = all.find(({ metadata }) => metadata.labels['component'] === part)?.status.podIP ?? '';
      // Neither Postgres nor Redis speaks HTTP: they hang up, which is told from a connection that does not come about.
      const url = `http://${address}:${port}/`;
      const [behind, without] = [await inWorker(ffmpegAt(url, true)), await inWorker(ffmpegAt(url, false))];
      say(`ffmpeg at ${part}, behind the wall: ${behind}; without: ${without}`);
      expect(behind).toMatch(/Permission denied|Operation not permitted/);
      expect(without).not.toMatch(/Permission denied|Operation not permitted|refused|unreachable|timed out/);
    }
  });
}
