import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDataDirectory, type DataDirectoryLock } from './data-directory-lock.ts';
import { freePorts } from './free-port.ts';
import { privateDirectory } from './private-directory.ts';
import { runningServer } from './running-server.ts';
import { launch, type RunningServer } from './server-process.ts';
import { untilReady } from './until-ready.ts';
import { withFreePort } from './with-free-port.ts';

export interface S3Options {
  /** SeaweedFS' executable. */
  weed: string;
  dataDir: string;
  accessKeyId: string;
  secretAccessKey: string;
  bucket: string;
  port?: number;
  log?: (line: string) => void;
}

const READY_MS = 60_000;
const EXISTS = 409;
const NAMES = ['master', 'masterGrpc', 'volume', 'volumeGrpc', 'filer', 'filerGrpc', 's3Grpc'] as const;

/** Starts SeaweedFS as an S3 server with one bucket, on loopback and on free ports throughout. */
export async function startS3(options: S3Options): Promise<RunningServer> {
  const dataDir = await privateDirectory(options.dataDir);
  const lock = await lockDataDirectory('SeaweedFS', dataDir);
  try {
    return await withFreePort(options.port, (port) => startOn(port, dataDir, lock, options));
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startOn(
  port: number,
  dataDir: string,
  lock: DataDirectoryLock,
  options: S3Options,
): Promise<RunningServer> {
  const free = await freePorts(NAMES.length);
  const ports = Object.fromEntries(NAMES.map((name, i) => [name, free[i] ?? 0])) as Record<
    (typeof NAMES)[number],
    number
  >;
  await writeCredentials(join(dataDir, 's3.json'), options);
  const server = await launch({
    name: 'SeaweedFS',
    command: options.weed,
    args: [
      'server',
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      // Relative to its working directory: it splits this list at commas, which a path may have.
      '-dir=.',
      '-master.telemetry=false',
      `-master.port=${ports.master}`,
      `-master.port.grpc=${ports.masterGrpc}`,
      '-master.volumeSizeLimitMB=1024',
      `-volume.port=${ports.volume}`,
      `-volume.port.grpc=${ports.volumeGrpc}`,
      '-volume.max=0',
      '-filer',
      `-filer.port=${ports.filer}`,
      `-filer.port.grpc=${ports.filerGrpc}`,
      '-filer.localSocket=filer.sock',
      '-s3',
      `-s3.port=${port}`,
      `-s3.port.grpc=${ports.s3Grpc}`,
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      '-s3.localSocket=s3.sock',
      '-s3.config=s3.json',
    ],
    cwd: dataDir,
    // Its own grace is 15 s of waiting for streams between its parts; what it acknowledged is written by then.
    ending: [['SIGTERM', 2_000]],
    log: options.log,
  });
  await lock.handTo(server.pid);
  const isReady = async (): Promise<void> => {
    await ensureBucket(ports.filer, port, options.bucket);
    await knowsVolumes(ports.master);
  };
  await untilReady(server, isReady, READY_MS);
  const grpcPorts = [ports.masterGrpc, ports.volumeGrpc, ports.filerGrpc, ports.s3Grpc];
  const release = async (): Promise<void> => {
    await removeSockets(grpcPorts);
    await lock.release();
  };
  return runningServer(server, { port, url: `http://127.0.0.1:${port}`, lock: { ...lock, release } });
}

/** Its parts find each other within some seconds. Until then it lists objects, and answers whoever reads one that something is wrong. */
async function knowsVolumes(masterPort: number): Promise<void> {
  const status = (await (await fetch(`http://127.0.0.1:${masterPort}/dir/status`)).json()) as {
    Topology?: { DataCenters?: readonly unknown[] | null };
  };
  if (!status.Topology?.DataCenters?.length) throw new Error('The master knows no server with volumes.');
}

/** It leaves the sockets by which its parts talk to each other in /tmp. */
async function removeSockets(grpcPorts: readonly number[]): Promise<void> {
  const parts = ['master', 'volume', 'filer', 's3'];
  const paths = parts.flatMap((part) => grpcPorts.map((port) => `/tmp/seaweedfs-${part}-grpc-${port}.sock`));
  await Promise.all(paths.map((path) => rm(path, { force: true })));
}

async function writeCredentials(path: string, options: S3Options): Promise<void> {
  const { accessKeyId: accessKey, secretAccessKey: secretKey } = options;
  const identity = {
    name: 'transcode',
    credentials: [{ accessKey, secretKey }],
    actions: ['Admin', 'Read', 'List', 'Tagging', 'Write'],
  };
  await writeFile(path, JSON.stringify({ identities: [identity] }), { mode: 0o600 });
  await chmod(path, 0o600);
}

/** To the filer a bucket is a folder; the S3 door is up when it answers a stranger with a refusal. */
async function ensureBucket(filerPort: number, s3Port: number, bucket: string): Promise<void> {
  const made = await fetch(`http://127.0.0.1:${filerPort}/buckets/${encodeURIComponent(bucket)}/`, { method: 'POST' });
  if (!made.ok && made.status !== EXISTS) throw new Error(`The filer answered ${made.status}.`);
  const refused = await fetch(`http://127.0.0.1:${s3Port}/${encodeURIComponent(bucket)}`);
  if (refused.status !== 403) throw new Error(`The S3 door answered ${refused.status}.`);
}
