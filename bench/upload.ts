import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createApiKey } from '@transcode/api/local';
import { freePort } from '@transcode/servers';
import { startBenchStack, type BenchStack } from './src/bench-stack.ts';
import { watchMemory } from './src/memory.ts';
import { median } from './src/rounds.ts';
import { sendBody } from './src/send-body.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const ROUND_BYTES = GIB;
const AIM = 0.8;

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/** Throughput of an upload by tus against a plain PUT to the same disk, interleaved, and the API's memory at 1 and 10 GiB. */
export async function benchUpload(argv: readonly string[], { root, print }: Context): Promise<number> {
  const rounds = Math.max(3, Number(argv[0] ?? 3));
  const stack = await startBenchStack(root);
  const plain = await startPlainServer(path.join(stack.folder, 'plain'));
  try {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
    const api = await stack.startProcess('api', { PORT: String(port), CONSOLE_URL: url, ...secrets });
    const key = await makeKey(stack);

    const ratios: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const put = await sendBody(plain.url, { method: 'PUT', headers: {}, bytes: ROUND_BYTES, accept: 204 });
      const tus = await upload(stack, url, key, ROUND_BYTES);
      const rate = (seconds: number) => `${(ROUND_BYTES / MIB / seconds).toFixed(0)} MiB/s`;
      const name = round === 0 ? 'warm-up' : `round ${round}`;
      print(`${name}: plain PUT ${rate(put)}, tus ${rate(tus)}, ratio ${(put / tus).toFixed(2)}`);
      if (round > 0) ratios.push(put / tus);
    }
    print(`upload throughput / plain PUT: ${median(ratios).toFixed(2)}, aim at least ${AIM.toFixed(2)}`);

    for (const bytes of [GIB, 10 * GIB]) {
      const watch = watchMemory(api.pid);
      await upload(stack, url, key, bytes);
      const { startMiB, peakMiB } = watch.stop();
      print(
        `memory of the API at ${bytes / GIB} GiB: ${startMiB.toFixed(0)} MiB before, ${peakMiB.toFixed(0)} MiB at its peak`,
      );
    }
    return median(ratios) >= AIM ? 0 : 1;
  } finally {
    await plain.stop();
    await stack.dispose();
  }
}

export { benchUpload as run };

async function makeKey({ db }: BenchStack): Promise<string> {
  await db.workspace.create({ data: { name: 'bench' } });
  const { key } = await createApiKey(db, { name: 'bench', role: 'editor' });
  return key;
}

/** One upload in one PATCH; what it left is removed at once, so that the disk holds one at a time. */
async function upload({ db, storage }: BenchStack, url: string, key: string, bytes: number): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${url}/api/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes),
      'upload-metadata': `filename ${Buffer.from('bench.mp4').toString('base64')}`,
    },
  });
  const location = created.headers.get('location');
  if (location === null) throw new Error(`The upload was not created: ${created.status} ${await created.text()}`);
  const seconds = await sendBody(new URL(location, url).href, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    bytes,
    accept: 204,
  });
  const video = await db.video.findFirstOrThrow({ orderBy: { id: 'desc' } });
  await storage.delete([video.sourceKey]);
  return seconds;
}

async function startPlainServer(file: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'src/plain-put-server.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}/`,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(file, { force: true });
    },
  };
}
