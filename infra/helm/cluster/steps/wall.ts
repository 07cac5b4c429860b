import { expect, test } from 'vitest';
import { NAMESPACE, pods, tryInside } from './cluster.ts';
import { say } from './say.ts';

/** In the worker's own pod, with the worker's own code. */
const inWorker = async (program: string): Promise<string> => {
  const { stdout, stderr } = await tryInside([
    ...['kubectl', 'exec', '--namespace', NAMESPACE, 'deployment/worker-cpu', '--container', 'worker', '--'],
    ...['node', '--input-type=module-typescript', '--eval', program],
  ]);
  if (stdout === '') throw new Error(stderr);
  return stdout.trim();
};

/**
 * What ffmpeg says of an address when it is started as the worker starts it, for a source that is behind one port of loopback, and when it is
 * started without a wall.
 */
const ffmpegAt = (address: string, walled: boolean): string => `
  import { spawnSync } from 'node:child_process';
  import { sandbox } from '/app/apps/worker/src/ffmpeg/sandbox.ts';
  const ffmpeg = [process.env.TRANSCODE_FFMPEG, '-nostdin', '-v', 'error', '-rw_timeout', '3000000', '-i', '${address}', '-f', 'null', '-'];
  const command = ${walled} ? sandbox().wrap(ffmpeg, { seconds: 20, fileBytes: 1e6, network: { port: 40000 } }) : ffmpeg;
  const { stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  console.log(stderr.trim().split('\\n').at(-1));
`;

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
