import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { kubectl, NAMESPACE, pods } from './cluster.ts';
import { HOUSE } from './house.ts';
import { ffmpegAt, inWorker } from './in-worker.ts';
import { people } from './people.ts';
import { say } from './say.ts';

const run = promisify(execFile);

/**
 * In each worker's own pod, on loopback, where no policy has a say: who connects is counted. And a file that the worker's user may read, whose
 * time of reading is looked at.
 */
const PORT = 45_454;
const CANARY_URL = `http://127.0.0.1:${PORT}/canary.mp4`;
const CANARY_FILE = '/tmp/canary.txt';
const CALLS = '/tmp/canary.calls';
const AT_ONCE = 4;
/** What damage that nobody planned may be called. */
const DAMAGE = /^source_(unreadable|unrecognised|codec_unknown|has_no_video|too_large)$/;

const LISTENER = `
  const { createServer } = require('node:net');
  const { appendFileSync, writeFileSync } = require('node:fs');
  writeFileSync('${CALLS}', '');
  createServer((socket) => {
    appendFileSync('${CALLS}', 'called\\n');
    socket.on('error', () => {});
    socket.end('HTTP/1.0 200 OK\\r\\n\\r\\n#EXTM3U\\n');
  }).listen(${PORT}, '127.0.0.1');
`;

const inPod = (pod: string, ...command: readonly string[]): Promise<string> =>
  kubectl('exec', '--namespace', NAMESPACE, pod, '--container', 'worker', '--', ...command);

/** Long ago, so that any reading is later: the kernel notes one where it knows of none since the last writing. */
const layCanary = (pod: string): Promise<string> =>
  inPod(
    pod,
    'sh',
    '-c',
    `echo 'What nobody may read.' > ${CANARY_FILE}; touch -a -d '2 days ago' ${CANARY_FILE}; : > ${CALLS}`,
  );

interface Canary {
  readonly calls: number;
  readonly wasRead: boolean;
}

async function canaryOf(pod: string): Promise<Canary> {
  const said = await inPod(pod, 'sh', '-c', `wc -l < ${CALLS}; stat -c '%X %Y' ${CANARY_FILE}`);
  const [calls = 0, read = 0, written = 0] = said.split(/\s+/).map(Number);
  return { calls, wasRead: read >= written };
}

interface Case {
  readonly name: string;
  readonly fileName: string;
  readonly file: string;
  readonly ends: 'either' | 'failed' | 'ready' | 'refused';
  readonly code?: string;
  readonly says?: string;
}

/** The corpus of e2e, as far as it names something elsewhere. */
async function corpus(folder: string): Promise<Case[]> {
  const script = join(HOUSE, 'e2e/src/hostile/write-corpus.ts');
  const args = [script, folder, join(HOUSE, '.tools/bin'), CANARY_URL, CANARY_FILE];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 16 * 1024 ** 2 });
  return JSON.parse(stdout) as Case[];
}

/** What is not as it should be. */
async function judge({ name, fileName, file, ends, code, says = '' }: Case): Promise<string[]> {
  const { id } = await people.upload(fileName, await readFile(file));
  const { state, failure } = await people.ended(id);
  const told = `${failure?.sentence ?? ''} ${failure?.detail ?? ''}`;
  const seen = `${name}: ${state} ${failure?.code ?? ''} ${told}`;
  if (ends === 'either') return state === 'ready' || DAMAGE.test(failure?.code ?? '') ? [] : [seen];
  return state === ends && failure?.code === code && new RegExp(says).test(told) ? [] : [seen];
}

export function hostile(): void {
  test('files that name addresses and other files reach neither, in a pod whose canary would be reached without the wall', async () => {
    const workers = await pods('component=worker-cpu');
    const names = workers.map(({ metadata }) => metadata.name);
    for (const pod of names) {
      await inPod(pod, 'sh', '-c', 'node -e "$0" > /dev/null 2>&1 & echo $! > /tmp/canary.pid; sleep 1', LISTENER);
      // What a canary tells when there is something to tell.
      await layCanary(pod);
      expect(await canaryOf(pod)).toEqual({ calls: 0, wasRead: false });
      await inWorker(ffmpegAt(CANARY_URL, true), pod);
      expect(await canaryOf(pod)).toEqual({ calls: 0, wasRead: false });
      await inWorker(ffmpegAt(CANARY_URL, false), pod);
      await inPod(pod, 'cat', CANARY_FILE);
      const { calls, wasRead } = await canaryOf(pod);
      expect({ called: calls > 0, wasRead }).toEqual({ called: true, wasRead: true });
      await layCanary(pod);
    }
    const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    try {
      const cases = await corpus(folder);
      const wrong: string[] = [];
      const turn = async (first: number): Promise<void> => {
        for (const one of cases.filter((_, number) => number % AT_ONCE === first)) wrong.push(...(await judge(one)));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => turn(first)));
      say(`${cases.length} files that name a canary: ${cases.map(({ name }) => name).join('; ')}.`);
      expect(wrong).toEqual([]);
      expect(cases.length).toBeGreaterThanOrEqual(15);
    } finally {
      await rm(folder, { recursive: true });
    }
    for (const pod of names) {
      expect(await canaryOf(pod)).toEqual({ calls: 0, wasRead: false });
      await inPod(pod, 'sh', '-c', `kill "$(cat /tmp/canary.pid)"; rm /tmp/canary.*`);
    }
    const after = await pods('component=worker-cpu');
    const restarts = (all: typeof workers): (string | number)[][] =>
      all.map(({ metadata, status }) => [metadata.uid, status.containerStatuses?.[0]?.restartCount ?? 0]);
    expect(restarts(after)).toEqual(restarts(workers));
  });
}
