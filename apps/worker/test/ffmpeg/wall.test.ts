import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findWall, type Openings } from '../../src/ffmpeg/wall.ts';

const run = promisify(execFile);
const wall = findWall();
const PERL = '/usr/bin/perl';

/** One that may be spoken to, and one that may not, both on loopback; no network is taken away, as in a pod. */
let ours: Server;
let another: Server;
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  [ours, another] = [createServer().listen(0, '127.0.0.1'), createServer().listen(0, '127.0.0.1')];
  await Promise.all([ours, another].map((server) => once(server, 'listening')));
});
afterAll(() => {
  for (const server of [ours, another]) server.close();
});

/** What a program behind the wall says. */
async function said(program: string, network: Openings['network']): Promise<string> {
  const openings = { program: PERL, reads: [], writes: [], network };
  const [file = '', ...argv] = wall?.wrap([PERL, '-e', program], openings) ?? [];
  return (await run(file, argv)).stdout;
}

/** Opens a socket of a kind, and connects it where a port is told. */
const OPEN = (family: number, kind: number, protocol: number, port = 0): string =>
  `use Socket; unless (socket(S, ${family}, ${kind}, ${protocol})) { print "no socket"; exit }
   print ${port} && !connect(S, pack_sockaddr_in(${port}, inet_aton("127.0.0.1"))) ? "no connection" : "open";`;
const TCP = [2, 1, 6] as const;

test('no socket of any kind is opened where there is to be no network', async () => {
  const kinds = [TCP, [2, 2, 17], [10, 1, 6], [10, 2, 17], [1, 1, 0], [2, 1, 262], [2, 1, 132], [16, 3, 0], [40, 1, 0]];
  const heard = await Promise.all(
    kinds.map(([family = 0, kind = 0, protocol = 0]) => said(OPEN(family, kind, protocol), 'none')),
  );
  expect(new Set(heard)).toEqual(new Set(['no socket']));
});

test('one port of TCP is reached where that is named, and nothing else', async () => {
  const network = { port: portOf(ours) };
  expect(await said(OPEN(...TCP, portOf(ours)), network)).toBe('open');
  expect(await said(OPEN(2, 1, 0, portOf(ours)), network)).toBe('open');
  expect(await said(OPEN(...TCP, portOf(another)), network)).toBe('no connection');
  // UDP, IPv6, a socket of the machine, and kinds of which Landlock knows no ports.
  for (const [family, kind, protocol] of [
    [2, 2, 17],
    [10, 1, 6],
    [1, 1, 0],
    [2, 1, 262],
    [2, 1, 132],
  ] as const)
    expect([protocol, await said(OPEN(family, kind, protocol), network)]).toEqual([protocol, 'no socket']);
  const listen = `use Socket; socket(S, 2, 1, 6); print bind(S, pack_sockaddr_in(0, INADDR_LOOPBACK)) ? "bound" : "not";`;
  expect(await said(listen, network)).toBe('not');
});

test('a word to somebody by UDP does not leave', async () => {
  const heard: string[] = [];
  const server = createSocket('udp4', (message) => heard.push(message.toString()));
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const send = `use Socket; socket(S, 2, 2, 17) and send(S, "hello", 0, pack_sockaddr_in(${server.address().port}, INADDR_LOOPBACK));`;
  await said(send, { port: portOf(ours) });
  expect(heard).toEqual([]);
  server.close();
});

test('other processes of the same user are neither ended nor looked into', async () => {
  expect(await said(`print kill(0, ${process.pid}) ? "yes" : "no"`, 'none')).toBe('no');
  const look = `print open(my $file, "<", "/proc/${process.pid}/environ") ? "yes" : "no"`;
  expect(await said(look, 'any')).toBe('no');
});

test('a script leads to the programs that it names, and to no others', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'wall-'));
  const at = (name: string): string => path.join(folder, name);
  await Promise.all([copyFile('/bin/echo', at('named')), copyFile('/bin/echo', at('other'))]);
  await writeFile(at('script'), `#!/bin/sh\n'${at('named')}' one\ncd "\${0%/*}" && ./other two\n`, { mode: 0o755 });
  const openings = { program: at('script'), reads: [], writes: [], network: 'none' } as const;
  const [file = '', ...argv] = wall?.wrap([at('script')], openings) ?? [];
  await expect(run(file, argv)).rejects.toMatchObject({ stdout: 'one\n', stderr: expect.stringContaining('denied') });
  await rm(folder, { recursive: true });
});

test('a program that cannot be begun says so', async () => {
  const openings = { program: '/nowhere', reads: [], writes: [], network: 'none' } as const;
  const [file = '', ...argv] = wall?.wrap(['/nowhere'], openings) ?? [];
  await expect(run(file, argv)).rejects.toMatchObject({ code: 126, stderr: expect.stringContaining('/nowhere') });
});
