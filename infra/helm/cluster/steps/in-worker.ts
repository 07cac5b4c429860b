import { NAMESPACE, tryInside } from './cluster.ts';

/** Runs a program in a worker's own pod, with the worker's own code, and gives what it prints. */
export async function inWorker(program: string, pod = 'deployment/worker-cpu'): Promise<string> {
  const { stdout, stderr } = await tryInside([
    ...['kubectl', 'exec', '--namespace', NAMESPACE, pod, '--container', 'worker', '--'],
    ...['node', '--input-type=module-typescript', '--eval', program],
  ]);
  if (stdout === '') throw new Error(stderr);
  return stdout.trim();
}

/**
 * What ffmpeg says of an address when it is started as the worker starts it, for a source that is behind one port of loopback, and when it is
 * started without a wall.
 */
export const ffmpegAt = (address: string, walled: boolean): string => `
  import { spawnSync } from 'node:child_process';
  import { sandbox } from '/app/apps/worker/src/ffmpeg/sandbox.ts';
  const ffmpeg = [process.env.TRANSCODE_FFMPEG, '-nostdin', '-v', 'error', '-rw_timeout', '3000000', '-i', '${address}', '-f', 'null', '-'];
  const command = ${walled} ? sandbox().wrap(ffmpeg, { seconds: 20, fileBytes: 1e6, network: { port: 40000 } }) : ffmpeg;
  const { stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  console.log(stderr.trim().split('\\n').at(-1));
`;
